package org.tidewatch.search;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;

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

    public static Question of(Language language, String query) {
        return new Question(language, query, List.of(), Form.FOLDED, List.of(), List.of());
    }
}
