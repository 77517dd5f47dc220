package org.tidewatch.search;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import org.tidewatch.query.Clause;
import org.tidewatch.query.Fields;
import org.tidewatch.query.Judgement;
import org.tidewatch.query.KibanaFilters;
import org.tidewatch.query.KqlSyntax;
import org.tidewatch.query.LuceneSyntax;
import org.tidewatch.query.Parsed;
import org.tidewatch.query.QueryRefused;

/**
 * What a saved search looks for: all that decides which items it matches, and nothing else. Two equal questions match the
 * same items; approval is of a question.
 *
 * @param filters Kibana filters beside the query, as its saved objects hold them
 * @param exceptHosts hosts, with their subdomains, whose items are left out
 * @param exceptSeeds ids of seeds; an item that came by nothing else is left out
 */
public record Question(
        Language language,
        String query,
        List<JsonNode> filters,
        Form form,
        List<String> exceptHosts,
        List<String> exceptSeeds) {

    public enum Language {
        @JsonProperty("kuery")
        KUERY,
        @JsonProperty("lucene")
        LUCENE
    }

    /** How text is compared. */
    public enum Form {
        /** Disguised spellings are seen through, see {@link org.tidewatch.text.Folding}. */
        @JsonProperty("folded")
        FOLDED,
        /** As Kibana would. */
        @JsonProperty("exact")
        EXACT
    }

    public Question {
        filters = List.copyOf(filters);
        exceptHosts = List.copyOf(exceptHosts);
        exceptSeeds = List.copyOf(exceptSeeds);
    }

    /**
     * The question as one tree, with what its author should know.
     *
     * @throws QueryRefused if it cannot stand: a wrong query, a wrong filter, or see {@link Judgement}
     */
    public Parsed read(Fields fields) throws QueryRefused {
        if (query.isBlank() && filters.isEmpty()) {
            throw new QueryRefused("An empty query matches everything: write what to look for", -1);
        }
        Parsed typed =
                switch (language) {
                    case KUERY -> KqlSyntax.parse(query, fields);
                    case LUCENE -> LuceneSyntax.parse(query, fields);
                };
        Parsed beside = KibanaFilters.parse(filters, fields);
        List<Parsed.Remark> remarks = new ArrayList<>(typed.remarks());
        remarks.addAll(beside.remarks());
        Parsed judged =
                Judgement.of(new Parsed(new Clause.All(List.of(typed.clause(), beside.clause())), remarks), query);
        List<Clause> all = new ArrayList<>();
        all.add(judged.clause());
        if (!exceptHosts.isEmpty()) {
            all.add(Exclusions.hosts(exceptHosts));
        }
        if (!exceptSeeds.isEmpty()) {
            all.add(Exclusions.seeds(exceptSeeds));
        }
        return all.size() == 1 ? judged : new Parsed(new Clause.All(all), judged.remarks());
    }

    public static Question of(Language language, String query) {
        return new Question(language, query, List.of(), Form.FOLDED, List.of(), List.of());
    }
}
