package org.tidewatch.match;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import org.apache.lucene.document.InetAddressPoint;
import org.tidewatch.index.Json;
import org.tidewatch.query.Clause;
import org.tidewatch.query.DateBound;
import org.tidewatch.query.Fields;

/** Random queries and documents over fields of every type, from few words, so that they meet. */
final class RandomClauses {

    static final Fields FIELDS = fields();

    private static final List<String> TEXTS = List.of("title", "body", "notes");
    private static final List<String> KEYWORDS = List.of("tag", "place");
    private static final List<String> WORDS = List.of(
            "falcon",
            "falcons",
            "facon",
            "purple",
            "front",
            "rise",
            "rises",
            "dawn",
            "flag",
            "flags",
            "a",
            "be",
            "harbour",
            "harbor",
            "сокол",
            "соколы",
            "рассвет",
            "صقر",
            "الصقر",
            "şahin",
            "ışık",
            "日本",
            "f4lcon",
            "faaalcon",
            "x",
            "xy",
            "velmora",
            "purplefalcon",
            "falconfront",
            "naïve");
    private static final List<String> ASIDES =
            List.of(" ", " ", " ", " ", ", ", "-", "\n", " 🦅 ", ". ", " f a l c o n ", " f.r.o.n.t ", "'");

    private final Random random;
    private final Map<String, Integer> counts = new TreeMap<>();

    RandomClauses(Random random) {
        this.random = random;
    }

    private static Fields fields() {
        try {
            return Fields.of(Json.MAPPER.readTree("""
                            {"title": {"type": "text"}, "title_folded": {"type": "text", "analyzer": "whitespace"},
                             "body": {"type": "text"}, "body_folded": {"type": "text", "analyzer": "whitespace"},
                             "notes": {"type": "text"}, "tag": {"type": "keyword", "ignore_above": 8},
                             "place": {"type": "keyword"}, "flag": {"type": "boolean"}, "at": {"type": "date"},
                             "count": {"type": "long"}, "score": {"type": "double"}, "address": {"type": "ip"}}"""), List.of("title", "body"), Set.of());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** How many leaves of each kind were made so far. */
    Map<String, Integer> counts() {
        return counts;
    }

    Map<String, List<Object>> document() {
        Map<String, List<Object>> document = new HashMap<>();
        TEXTS.forEach(field -> maybe(document, field, 1 + random.nextInt(2), this::text));
        KEYWORDS.forEach(field -> maybe(document, field, 1 + random.nextInt(3), this::word));
        maybe(document, "flag", 1, random::nextBoolean);
        maybe(document, "at", 1, () -> Instant.parse("2026-11-24T10:00:00Z").plusSeconds(hours()));
        maybe(document, "count", 1 + random.nextInt(2), () -> (long) random.nextInt(20) - 10);
        maybe(document, "score", 1, () -> random.nextInt(9) / 4.0 + 0.5);
        maybe(document, "address", 1, this::address);
        return document;
    }

    private interface Maker {
        Object make();
    }

    private void maybe(Map<String, List<Object>> document, String field, int values, Maker maker) {
        if (random.nextInt(6) > 0) {
            List<Object> made = new ArrayList<>();
            for (int i = 0; i < values; i++) {
                made.add(maker.make());
            }
            document.put(field, made);
        }
    }

    private long hours() {
        return 3_600L * (random.nextInt(200) - 100);
    }

    private String text() {
        StringBuilder text = new StringBuilder();
        int words = random.nextInt(14);
        for (int i = 0; i < words; i++) {
            String word = word();
            text.append(random.nextInt(4) == 0 ? word.toUpperCase(Locale.ROOT) : word)
                    .append(pick(ASIDES));
        }
        return text.toString();
    }

    private InetAddress address() {
        try {
            return InetAddress.getByAddress(
                    random.nextBoolean()
                            ? new byte[] {10, 0, 0, (byte) random.nextInt(20)}
                            : HexFormat.of().parseHex("20010db800000000000000000000000" + random.nextInt(10)));
        } catch (UnknownHostException e) {
            throw new IllegalStateException(e);
        }
    }

    private String word() {
        return pick(WORDS);
    }

    private <T> T pick(List<T> of) {
        return of.get(random.nextInt(of.size()));
    }

    Clause clause(int depth) {
        int dice = random.nextInt(12);
        if (depth == 0 || dice < 4) {
            Clause leaf = leaf();
            counts.merge(leaf.getClass().getSimpleName(), 1, Integer::sum);
            return leaf;
        }
        if (dice < 7) {
            return new Clause.All(clauses(depth - 1));
        }
        if (dice < 10) {
            return new Clause.Any(clauses(depth - 1));
        }
        return new Clause.Not(clause(depth - 1));
    }

    private List<Clause> clauses(int depth) {
        List<Clause> clauses = new ArrayList<>();
        int count = 1 + random.nextInt(4);
        for (int i = 0; i < count; i++) {
            clauses.add(clause(depth));
        }
        return clauses;
    }

    private Clause leaf() {
        String field = random.nextInt(3) > 0 ? pick(TEXTS) : pick(KEYWORDS);
        return switch (random.nextInt(22)) {
            case 0 -> random.nextBoolean() ? new Clause.Everything() : new Clause.Nothing();
            case 1, 2, 3 -> words(1, 0);
            case 4, 5 -> words(2, 0);
            case 6 -> words(3 + random.nextInt(3), 0);
            case 7 -> words(2 + random.nextInt(2), 1 + random.nextInt(3));
            case 8 ->
                random.nextInt(3) > 0
                        ? new Clause.Value(pick(KEYWORDS), word())
                        : new Clause.Value("flag", Boolean.toString(random.nextBoolean()));
            case 9, 10 -> new Clause.Prefix(field, start(word()));
            case 11, 12 -> new Clause.Wildcard(field, wildcard());
            case 13 ->
                new Clause.Regexp(
                        field,
                        pick(List.of(
                                "f.*n", ".*r[io]se.?", "(purple|front)", "~(falcon)", "[a-f]{1,3}", ".{0,4}", "с.*")));
            case 14, 15 -> new Clause.Fuzzy(field, word(), random.nextInt(3));
            case 16 -> between(field);
            case 17 ->
                new Clause.Dates(
                        "at",
                        random.nextInt(3) == 0 ? Optional.empty() : Optional.of(bound(false)),
                        random.nextInt(3) == 0 ? Optional.empty() : Optional.of(bound(true)));
            case 18 ->
                new Clause.Integers(
                        "count",
                        random.nextInt(3) == 0 ? Clause.Integers.LEAST : BigInteger.valueOf(random.nextInt(20) - 12),
                        random.nextInt(3) == 0 ? Clause.Integers.MOST : BigInteger.valueOf(random.nextInt(20) - 8));
            case 19 -> new Clause.Decimals("score", random.nextInt(9) / 4.0, random.nextInt(9) / 4.0 + 1);
            case 20 -> addresses();
            default -> new Clause.Exists(pick(FIELDS.names()));
        };
    }

    private Clause words(int count, int slop) {
        List<String> words = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            words.add(word());
        }
        String source = String.join(random.nextInt(6) == 0 ? "-" : " ", words);
        List<String> tokens = new ArrayList<>();
        for (String word : words) {
            tokens.addAll(word.equals("日本") ? List.of("日", "本") : List.of(word));
        }
        return new Clause.Words(pick(TEXTS), source, tokens, slop);
    }

    private String start(String word) {
        return word.substring(0, 1 + random.nextInt(Math.min(4, word.length())));
    }

    private String wildcard() {
        String word = word();
        int at = random.nextInt(word.length());
        return switch (random.nextInt(5)) {
            case 0 -> "*" + word.substring(at);
            case 1 -> word.substring(0, at) + "?" + word.substring(at + 1);
            case 2 -> "*" + word.substring(at / 2, at / 2 + 1) + "*";
            case 3 -> "*" + word.substring(0, Math.min(word.length(), 4)) + "*";
            default -> word.substring(0, at) + "*" + word.substring(at);
        };
    }

    private Clause between(String field) {
        List<String> bounds = new ArrayList<>(List.of(word(), word()));
        bounds.sort(null);
        return new Clause.Between(
                field,
                random.nextInt(4) == 0 ? Optional.empty() : Optional.of(bounds.get(0)),
                random.nextBoolean(),
                random.nextInt(4) == 0 ? Optional.empty() : Optional.of(bounds.get(1)),
                random.nextBoolean());
    }

    private DateBound bound(boolean up) {
        return new DateBound(
                pick(List.of("now", "now-1d", "now+2d/d", "2026-11-24", "2026-11-23||-1d/d", "2026-11-26T12:00:00Z")),
                up,
                random.nextInt(3) - 1);
    }

    private Clause addresses() {
        byte[][] bounds = {InetAddressPoint.encode(address()), InetAddressPoint.encode(address())};
        Arrays.sort(bounds, Arrays::compareUnsigned);
        return new Clause.Addresses(
                "address", HexFormat.of().formatHex(bounds[0]), HexFormat.of().formatHex(bounds[1]));
    }
}
