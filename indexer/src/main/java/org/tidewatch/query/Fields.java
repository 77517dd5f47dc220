package org.tidewatch.query;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.apache.lucene.analysis.Analyzer;
import org.apache.lucene.analysis.DelegatingAnalyzerWrapper;
import org.apache.lucene.analysis.core.KeywordAnalyzer;
import org.apache.lucene.analysis.core.WhitespaceAnalyzer;
import org.apache.lucene.analysis.standard.StandardAnalyzer;
import org.tidewatch.index.Room;
import org.tidewatch.index.Schema;

/**
 * The fields that a query can name, with the types and analyzers that the mapping gives them. Every text field may have a
 * folded twin, named with {@value #FOLDED_SUFFIX}, which holds its folded stream and is not itself searched by name.
 *
 * <p>Immutable and thread-safe.
 */
public final class Fields {

    /** How a field's values are compared. */
    public enum Type {
        TEXT,
        KEYWORD,
        DATE,
        BOOLEAN,
        INTEGER,
        DECIMAL,
        ADDRESS
    }

    /** Ends the name of a text field's folded twin. */
    public static final String FOLDED_SUFFIX = "_folded";

    /** The server's distance between two values of one text field: no phrase reaches from one into the other. */
    public static final int POSITION_GAP = 100;

    /** Longest token of a text field in characters (UTF-16 units); the standard analyzer splits what is longer. */
    public static final int MAX_TOKEN = StandardAnalyzer.DEFAULT_MAX_TOKEN_LENGTH;

    private static final Fields ITEMS = of(
            Schema.properties(Room.ITEMS),
            Schema.DEFAULT_FIELDS,
            Set.of(
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
                    "schema"));

    private record Field(Type type, int ignoreAbove) {}

    private final NavigableMap<String, Field> byName;
    private final Set<String> folded;
    private final Set<String> bookkeeping;
    private final List<String> defaults;

    private Fields(
            NavigableMap<String, Field> byName, Set<String> folded, Set<String> bookkeeping, List<String> defaults) {
        this.byName = byName;
        this.folded = Set.copyOf(folded);
        this.bookkeeping = Set.copyOf(bookkeeping);
        this.defaults = List.copyOf(defaults);
    }

    /** Those of the {@code items} index. */
    public static Fields ofItems() {
        return ITEMS;
    }

    /**
     * Those of a mapping.
     *
     * @param properties the mapping's {@code properties}
     * @param defaults what a bare term searches
     * @param bookkeeping fields and objects that are written after an item was matched, so that no search can ask for them
     */
    public static Fields of(JsonNode properties, List<String> defaults, Set<String> bookkeeping) {
        NavigableMap<String, Field> all = new TreeMap<>();
        collect("", properties, bookkeeping, all);
        NavigableMap<String, Field> named = new TreeMap<>();
        Set<String> folded = new java.util.TreeSet<>();
        all.forEach((name, field) -> {
            String plain =
                    name.endsWith(FOLDED_SUFFIX) ? name.substring(0, name.length() - FOLDED_SUFFIX.length()) : name;
            if (!plain.equals(name) && all.containsKey(plain)) {
                folded.add(name);
            } else {
                named.put(name, field);
            }
        });
        return new Fields(named, folded, bookkeeping, defaults);
    }

    private static void collect(
            String prefix, JsonNode properties, Set<String> bookkeeping, Map<String, Field> fields) {
        properties.properties().forEach(entry -> {
            String name = prefix + entry.getKey();
            if (bookkeeping.contains(name)) {
                return;
            }
            JsonNode inner = entry.getValue().get("properties");
            if (inner != null) {
                collect(name + ".", inner, bookkeeping, fields);
                return;
            }
            fields.put(
                    name,
                    new Field(
                            type(name, entry.getValue().path("type").asText()),
                            entry.getValue().path("ignore_above").asInt(Integer.MAX_VALUE)));
        });
    }

    private static Type type(String field, String mapped) {
        return switch (mapped) {
            case "text" -> Type.TEXT;
            case "keyword" -> Type.KEYWORD;
            case "date" -> Type.DATE;
            case "boolean" -> Type.BOOLEAN;
            case "long" -> Type.INTEGER;
            case "double" -> Type.DECIMAL;
            case "ip" -> Type.ADDRESS;
            default -> throw new IllegalStateException("No search by " + mapped + " is known: " + field);
        };
    }

    /** The type of a field that a query may name; empty for one that does not exist, an object, or a folded twin. */
    public Optional<Type> type(String field) {
        return Optional.ofNullable(byName.get(field)).map(Field::type);
    }

    /** Longest value of a keyword field that is searched by, in characters; what is longer is kept, not found. */
    public int ignoreAbove(String field) {
        Field known = byName.get(field);
        return known == null ? Integer.MAX_VALUE : known.ignoreAbove();
    }

    /** Whether the field, or the object it is in, is written only after an item was matched. */
    public boolean isBookkeeping(String field) {
        for (int end = field.length(); end > 0; end = field.lastIndexOf('.', end - 1)) {
            if (bookkeeping.contains(field.substring(0, end))) {
                return true;
            }
        }
        return false;
    }

    /** All fields, sorted. */
    public List<String> names() {
        return List.copyOf(byName.keySet());
    }

    /** Fields under an object, sorted; empty when there is no such object. */
    public List<String> under(String object) {
        return List.copyOf(byName.subMap(object + ".", object + "/").keySet());
    }

    /** Fields whose names a pattern takes in, sorted; {@code *} stands for any characters. */
    public List<String> matching(String pattern) {
        StringBuilder expression = new StringBuilder();
        for (String piece : pattern.split("\\*", -1)) {
            expression.append(expression.length() == 0 ? "" : ".*").append(Pattern.quote(piece));
        }
        Pattern compiled = Pattern.compile(expression.toString());
        return byName.keySet().stream()
                .filter(name -> compiled.matcher(name).matches())
                .toList();
    }

    /** What a bare term searches, in the matcher as in Kibana. */
    public List<String> defaults() {
        return defaults;
    }

    /** The twin that holds a text field's folded stream, when it has one. */
    public Optional<String> folded(String field) {
        return Optional.of(field + FOLDED_SUFFIX).filter(folded::contains);
    }

    /** The known field nearest to a misspelt one, when one is near. */
    public Optional<String> suggestion(String field) {
        return byName.keySet().stream()
                .filter(known -> known.endsWith("." + field) || distance(known, field) <= 2)
                .min((a, b) -> Integer.compare(distance(a, field), distance(b, field)));
    }

    /** Analyses each field as the server does. */
    public Analyzer analyzer() {
        Map<String, Analyzer> byField = new HashMap<>();
        KeywordAnalyzer keyword = new KeywordAnalyzer();
        byName.forEach((name, field) -> {
            if (field.type() != Type.TEXT) {
                byField.put(name, keyword);
            }
        });
        WhitespaceAnalyzer whitespace = new WhitespaceAnalyzer();
        folded.forEach(name -> byField.put(name, whitespace));
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

        @Override
        public int getPositionIncrementGap(String field) {
            return POSITION_GAP;
        }
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

    @Override
    public String toString() {
        return new ArrayList<>(byName.keySet()).toString();
    }
}
