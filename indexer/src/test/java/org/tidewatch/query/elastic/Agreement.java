package org.tidewatch.query.elastic;

import co.elastic.clients.elasticsearch._types.query_dsl.Query;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.tidewatch.query.Clause;
import org.tidewatch.query.Fields;
import org.tidewatch.query.KibanaFilters;
import org.tidewatch.query.KqlSyntax;
import org.tidewatch.query.LuceneSyntax;
import org.tidewatch.query.Now;
import org.tidewatch.query.QueryRefused;
import org.tidewatch.search.Question;

/**
 * Asks queries of all who answer them: the live matcher, the server with our query in both forms and in the loose one, and
 * the server with the query that Kibana would send.
 */
final class Agreement implements AutoCloseable {

    private final List<ObjectNode> documents;
    private final LiveSide live;
    private final AgreementIndex index;

    /** A query with the tree that it was read into. */
    record Read(Asked asked, Clause tree) {}

    /**
     * How often they were asked, and where they did not agree.
     *
     * @param pairs of a query, in one form, and a document
     * @param matching pairs that match
     */
    record Outcome(long pairs, long matching, List<String> disagreements) {}

    Agreement(List<ObjectNode> documents) throws IOException {
        this.documents = documents;
        this.live = new LiveSide(documents);
        this.index = AgreementIndex.of(documents);
    }

    static Read read(Asked asked) throws QueryRefused {
        Fields fields = AgreementIndex.FIELDS;
        Clause typed = (asked.language() == Question.Language.KUERY
                        ? KqlSyntax.parse(asked.query(), fields)
                        : LuceneSyntax.parse(asked.query(), fields))
                .clause();
        return new Read(
                asked,
                asked.filters().isEmpty()
                        ? typed
                        : new Clause.All(List.of(
                                typed,
                                KibanaFilters.parse(asked.filters(), fields).clause())));
    }

    Outcome ask(List<Read> queries) throws IOException {
        List<String> disagreements = new ArrayList<>();
        long[] counts = {0, 0};
        Map<ZoneId, List<Read>> byZone = queries.stream()
                .collect(Collectors.groupingBy(query -> query.asked().zone()));
        for (Map.Entry<ZoneId, List<Read>> zone : byZone.entrySet()) {
            for (Question.Form form : Question.Form.values()) {
                ask(zone.getValue(), zone.getKey(), form, counts, disagreements);
            }
        }
        return new Outcome(counts[0], counts[1], disagreements);
    }

    private void ask(List<Read> queries, ZoneId zone, Question.Form form, long[] counts, List<String> disagreements)
            throws IOException {
        List<Clause> trees = queries.stream().map(Read::tree).toList();
        Fields fields = AgreementIndex.FIELDS;
        Now now = new Now(Instant.parse(Grammar.NOW), zone);
        List<BitSet> matched = live.find(trees, form, zone);
        List<String> ours = trees.stream()
                .map(tree -> AgreementIndex.json(ElasticQuery.of(tree, fields, form, now)))
                .toList();
        List<AgreementIndex.Answer> found = index.find(ours);
        List<String> looser = trees.stream()
                .map(tree -> AgreementIndex.json(ElasticQuery.loose(tree, fields, form, zone)))
                .toList();
        List<AgreementIndex.Answer> loose = looser.equals(ours) ? found : index.find(looser);
        List<AgreementIndex.Answer> raw = form == Question.Form.FOLDED
                ? found
                : index.find(queries.stream()
                        .map(query -> query.asked().raw().toString())
                        .toList());
        for (int i = 0; i < queries.size(); i++) {
            counts[0] += documents.size();
            counts[1] += matched.get(i).cardinality();
            Read query = queries.get(i);
            boolean agree = compare("live and server", form, query, matched.get(i), found.get(i), disagreements);
            if (!agree) {
                leaves(query, form, zone, disagreements);
            } else if (form == Question.Form.EXACT) {
                compare("live and Kibana", form, query, matched.get(i), raw.get(i), disagreements);
            }
            BitSet missed = (BitSet) matched.get(i).clone();
            missed.andNot(loose.get(i).found());
            if (!missed.isEmpty()) {
                disagreements.add("loose misses " + described(missed, matched.get(i), form, query));
            }
        }
    }

    /** Which leaves of a query are answered differently when they are asked alone. */
    private void leaves(Read query, Question.Form form, ZoneId zone, List<String> into) throws IOException {
        Set<Clause> leaves = new LinkedHashSet<>();
        collect(query.tree(), leaves);
        Now now = new Now(Instant.parse(Grammar.NOW), zone);
        for (Clause leaf : leaves) {
            Query ours = ElasticQuery.of(leaf, AgreementIndex.FIELDS, form, now);
            BitSet differing = live.find(List.of(leaf), form, zone).get(0);
            differing.xor(index.find(ours).found());
            if (!differing.isEmpty()) {
                into.add("leaf " + form + " " + leaf + "\n  documents " + differing + ", the first "
                        + documents.get(differing.nextSetBit(0)));
            }
        }
    }

    private static void collect(Clause clause, Set<Clause> leaves) {
        if (clause instanceof Clause.All all) {
            all.clauses().forEach(part -> collect(part, leaves));
        } else if (clause instanceof Clause.Any any) {
            any.clauses().forEach(part -> collect(part, leaves));
        } else if (clause instanceof Clause.Not not) {
            collect(not.clause(), leaves);
        } else {
            leaves.add(clause);
        }
    }

    private boolean compare(
            String who,
            Question.Form form,
            Read query,
            BitSet matched,
            AgreementIndex.Answer found,
            List<String> into) {
        BitSet differing = (BitSet) matched.clone();
        differing.xor(found.found());
        boolean agree = found.refusal().isEmpty() && differing.isEmpty();
        if (!agree) {
            into.add(who + ": " + found.refusal() + described(differing, matched, form, query));
        }
        return agree;
    }

    private String described(BitSet differing, BitSet live, Question.Form form, Read query) {
        int first = differing.nextSetBit(0);
        return form + " " + query.asked() + "\n  tree " + query.tree() + "\n  documents " + differing
                + (first < 0
                        ? ""
                        : ", the first " + (live.get(first) ? "only live " : "not live ") + documents.get(first));
    }

    @Override
    public void close() throws IOException {
        index.close();
    }
}
