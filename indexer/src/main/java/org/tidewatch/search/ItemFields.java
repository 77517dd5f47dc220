package org.tidewatch.search;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.lucene.analysis.Analyzer;
import org.apache.lucene.analysis.core.KeywordAnalyzer;
import org.apache.lucene.analysis.core.WhitespaceAnalyzer;
import org.apache.lucene.analysis.miscellaneous.PerFieldAnalyzerWrapper;
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
        NUMBER,
        BOOLEAN
    }

    private static final Map<String, String> MAPPED = Schema.fields(Room.ITEMS);

    private ItemFields() {}

    public static Optional<Type> type(String field) {
        return Optional.ofNullable(MAPPED.get(field)).map(mapped -> switch (mapped) {
            case "text" -> Type.TEXT;
            case "keyword" -> Type.KEYWORD;
            case "date" -> Type.DATE;
            case "boolean" -> Type.BOOLEAN;
            default -> Type.NUMBER;
        });
    }

    /** The known field nearest to a misspelt one, when one is near. */
    public static Optional<String> suggestion(String field) {
        return MAPPED.keySet().stream()
                .filter(known -> known.endsWith("." + field) || distance(known, field) <= 2)
                .min((a, b) -> Integer.compare(distance(a, field), distance(b, field)));
    }

    /** Analyses each field as the server does. */
    public static Analyzer analyzer() {
        KeywordAnalyzer keyword = new KeywordAnalyzer();
        Map<String, Analyzer> byField = new java.util.HashMap<>();
        MAPPED.forEach((field, type) -> {
            if (!type.equals("text")) {
                byField.put(field, keyword);
            }
        });
        byField.put("text_folded", new WhitespaceAnalyzer());
        return new PerFieldAnalyzerWrapper(new StandardAnalyzer(), byField);
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
