package org.tidewatch.query.elastic;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.tidewatch.match.AnalysedDocument;
import org.tidewatch.match.Analysis;
import org.tidewatch.match.StandingQueries;
import org.tidewatch.match.StandingQuery;
import org.tidewatch.query.Clause;
import org.tidewatch.search.Question;

/** The documents of an {@link AgreementIndex} as the live matcher meets them: one after the other, in memory. */
final class LiveSide {

    private static final Analysis ANALYSIS = new Analysis(AgreementIndex.FIELDS);

    private final List<AnalysedDocument> documents;

    LiveSide(List<ObjectNode> documents) {
        this.documents = documents.stream()
                .map(document -> ANALYSIS.of(values(document)))
                .toList();
    }

    /** The numbers of the documents that each of the queries matches, in the order of the queries. */
    List<BitSet> find(List<Clause> queries, Question.Form form, ZoneId zone) {
        List<StandingQuery> standing = new ArrayList<>();
        List<BitSet> found = new ArrayList<>();
        for (Clause query : queries) {
            standing.add(new StandingQuery(String.valueOf(found.size()), query, form));
            found.add(new BitSet());
        }
        StandingQueries matcher = new StandingQueries(ANALYSIS, zone, standing);
        if (!matcher.broken().isEmpty()) {
            throw new IllegalStateException("Queries that the matcher cannot try: " + matcher.broken());
        }
        for (int number = 0; number < documents.size(); number++) {
            StandingQueries.Found match = matcher.match(documents.get(number), Instant.parse(Grammar.NOW));
            if (!match.failures().isEmpty()) {
                throw new IllegalStateException("Queries that failed: " + match.failures());
            }
            for (String id : match.ids()) {
                found.get(Integer.parseInt(id)).set(number);
            }
        }
        return found;
    }

    private static Map<String, List<?>> values(ObjectNode document) {
        Map<String, List<?>> values = new TreeMap<>();
        collect("", document, values);
        return values;
    }

    private static void collect(String prefix, ObjectNode object, Map<String, List<?>> values) {
        object.properties().forEach(field -> {
            String name = prefix + field.getKey();
            if (field.getValue() instanceof ObjectNode inner) {
                collect(name + ".", inner, values);
                return;
            }
            List<Object> all = new ArrayList<>();
            for (JsonNode value : field.getValue().isArray() ? field.getValue() : List.of(field.getValue())) {
                if (!value.isNull()) {
                    all.add(value(name, value));
                }
            }
            values.put(name, all);
        });
    }

    private static Object value(String field, JsonNode value) {
        return switch (AgreementIndex.FIELDS.type(field).orElseThrow()) {
            case TEXT, KEYWORD -> value.asText();
            case DATE -> instant(value.asText());
            case BOOLEAN -> value.asBoolean();
            case INTEGER -> value.asLong();
            case DECIMAL -> value.asDouble();
            case ADDRESS -> address(value.asText());
        };
    }

    private static Instant instant(String text) {
        if (text.matches("[0-9]{5,}")) {
            return Instant.ofEpochMilli(Long.parseLong(text));
        }
        return text.contains("T")
                ? OffsetDateTime.parse(text).toInstant()
                : LocalDate.parse(text).atStartOfDay(ZoneOffset.UTC).toInstant();
    }

    private static InetAddress address(String text) {
        try {
            return InetAddress.getByName(text);
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException("No address: " + text, e);
        }
    }
}
