package org.tidewatch.search;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.lucene.analysis.Analyzer;
import org.apache.lucene.analysis.DelegatingAnalyzerWrapper;
import org.apache.lucene.analysis.core.KeywordAnalyzer;
import org.apache.lucene.analysis.core.WhitespaceAnalyzer;
import org.apache.lucene.analysis.standard.StandardAnalyzer;
import org.tidewatch.index.Room;
import org.tidewatch.index.Schema;

/** The fields of an item that a search can name, with the types and analyzers that the mapping gives them. */
public final class ItemFields {

    /** How a field's values are compared. */
    public enum Type {
        TEXT,
        KEYWORD,
        DATE,
        BOOLEAN
    }

    /** Longest keyword that the index searches by, in characters: the mapping's {@code ignore_above}. */
    public static final int MAX_KEYWORD = 8_191;

    private static final int GAP_BETWEEN_VALUES = 100;
    private static final Map<String, String> MAPPED = Schema.fields(Room.ITEMS);
    private static final Set<String> BOOKKEEPING = Set.of(
            "first_seen_at",
            "last_seen_at",
            "state",
            "gone_at",
            "version",
            "content_hash",
            "fold_version",
            "canonical_rules",
            "matched_revision",
            "candidate",
            "matches",
            "review",
            "retention",
            "schema");

    private ItemFields() {}

    /** Whether the field says where an item stands in the index, which is not known while it is matched. */
    public static boolean isBookkeeping(String field) {
        int dot = field.indexOf('.');
        return BOOKKEEPING.contains(dot < 0 ? field : field.substring(0, dot));
    }

    /** The type of a field that a search may name. */
    public static Optional<Type> type(String field) {
        return Optional.ofNullable(MAPPED.get(field))
                .filter(mapped -> !isBookkeeping(field))
                .map(mapped -> switch (mapped) {
                    case "text" -> Type.TEXT;
                    case "keyword" -> Type.KEYWORD;
                    case "date" -> Type.DATE;
                    case "boolean" -> Type.BOOLEAN;
                    default -> throw new IllegalStateException("No search by " + mapped + " is known: " + field);
                });
    }

    /** The known field nearest to a misspelt one, when one is near. */
    public static Optional<String> suggestion(String field) {
        return MAPPED.keySet().stream()
                .filter(known -> !isBookkeeping(known))
                .filter(known -> known.endsWith("." + field) || distance(known, field) <= 2)
                .min((a, b) -> Integer.compare(distance(a, field), distance(b, field)));
    }

    /** Analyses each field as the server does. */
    public static Analyzer analyzer() {
        KeywordAnalyzer keyword = new KeywordAnalyzer();
        Map<String, Analyzer> byField = new HashMap<>();
        MAPPED.forEach((field, type) -> {
            if (!type.equals("text")) {
                byField.put(field, keyword);
            }
        });
        byField.put("text_folded", new WhitespaceAnalyzer());
        return new ByField(byField, new StandardAnalyzer());
    }

    private static final class ByField extends DelegatingAnalyzerWrapper {

        private final Map<String, Analyzer> byField;
        private final Analyzer others;

        ByField(Map<String, Analyzer> byField, Analyzer others) {
            super(PER_FIELD_REUSE_STRATEGY);
            this.byField = Map.copyOf(byField);
            this.others = others;
        }

        @Override
        protected Analyzer getWrappedAnalyzer(String field) {
            return byField.getOrDefault(field, others);
        }

        /** The server's distance between two values of one field: no phrase reaches from one into the other. */
        @Override
        public int getPositionIncrementGap(String field) {
            return GAP_BETWEEN_VALUES;
        }
    }

    public static List<String> bareTermFields() {
        return Schema.DEFAULT_FIELDS;
    }

    private static int distance(String a, String b) {
        int[] previous = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            previous[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            int[] current = new int[b.length() + 1];
            current[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int change = a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1;
                current[j] = Math.min(Math.min(current[j - 1], previous[j]) + 1, previous[j - 1] + change);
            }
            previous = current;
        }
        return previous[b.length()];
    }
}
