package org.tidewatch.query;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.tidewatch.query.Parsed.Remark;

/**
 * Whether a query that was read can stand as a saved search, whatever the language. Refused: what matches every item or
 * all but a few, what can match none, more than {@value #MAX_CLAUSES} clauses, more than {@value #MAX_SLOW} of those that
 * no index helps with. Remarked upon: each of the latter, short beginnings, and characters that do not show.
 */
public final class Judgement {

    /** Most leaves of one query, filters included; below the server's own bound. */
    public static final int MAX_CLAUSES = 1_000;

    /** Most brackets, or groups of a filter, open at once. */
    public static final int MAX_DEPTH = 20;

    /** Longest query in characters. */
    public static final int MAX_LENGTH = 50_000;

    /** Most patterns that have to be tried on every item. */
    public static final int MAX_SLOW = 20;

    private static final int SHORTEST_LITERAL = 3;

    /** Fields that no item lacks. */
    private static final Set<String> ON_EVERY_ITEM = Set.of(
            "id", "kind", "url", "page", "host", "host_key", "platform", "title", "text", "fetched_at", "has_media");

    private final String query;
    private final List<Remark> remarks;
    private final Map<String, Boolean> patterns = new LinkedHashMap<>();
    private int leaves;

    private Judgement(String query, List<Remark> remarks) {
        this.query = query;
        this.remarks = new ArrayList<>(remarks);
    }

    /**
     * The query with all that its author should know.
     *
     * @param query as it was typed
     * @throws QueryRefused if it cannot stand
     */
    public static Parsed of(Parsed read, String query) throws QueryRefused {
        return new Judgement(query, read.remarks()).judge(Simplified.of(read.clause()));
    }

    static void refuseLength(String query) throws QueryRefused {
        if (query.length() > MAX_LENGTH) {
            throw new QueryRefused(
                    "A query of " + query.length() + " characters is longer than " + MAX_LENGTH + ": split the search",
                    -1);
        }
    }

    static QueryRefused tooDeep(int position) {
        return new QueryRefused("More than " + MAX_DEPTH + " brackets are open at once: take some away", position);
    }

    static QueryRefused tooManyClauses(Fields fields, int position) {
        return new QueryRefused(
                "More than " + MAX_CLAUSES + " clauses (a word without a field is one for each of "
                        + String.join(", ", fields.defaults()) + "): split the search",
                position);
    }

    private Parsed judge(Clause clause) throws QueryRefused {
        if (clause instanceof Clause.Nothing) {
            throw because(
                    "This query can match no item: no word is left to look for (marks and signs are not searched),"
                            + " or its conditions exclude each other");
        }
        if (isNearlyEverything(clause)) {
            throw because("This query matches every item, or all but a few: add what to look for (what is to be left"
                    + " out needs something to be left out of)");
        }
        eachLeaf(clause, this::look);
        if (leaves > MAX_CLAUSES) {
            throw new QueryRefused(
                    "More than " + MAX_CLAUSES + " clauses, those of the filters included: split the search", -1);
        }
        long slow = patterns.values().stream().filter(Boolean::booleanValue).count();
        if (slow > MAX_SLOW) {
            throw new QueryRefused(
                    slow + " patterns have to be tried on every item, more than " + MAX_SLOW
                            + ": begin patterns with three letters or more, or split the search",
                    -1);
        }
        patterns.forEach(this::remark);
        remarkInvisible();
        return new Parsed(clause, remarks);
    }

    /** The reason, with what was already found to come to nothing when that may be it. */
    private QueryRefused because(String reason) {
        return remarks.stream()
                .filter(remark -> remark.message().contains("nothing"))
                .findFirst()
                .map(remark -> new QueryRefused(reason + ". " + remark.message(), remark.position()))
                .orElseGet(() -> new QueryRefused(reason, -1));
    }

    private static boolean isNearlyEverything(Clause clause) {
        if (clause instanceof Clause.Not not) {
            return !isNearlyEverything(not.clause());
        }
        if (clause instanceof Clause.All all) {
            return all.clauses().stream().allMatch(Judgement::isNearlyEverything);
        }
        if (clause instanceof Clause.Any any) {
            return any.clauses().stream().anyMatch(Judgement::isNearlyEverything);
        }
        return clause instanceof Clause.Everything
                || (clause instanceof Clause.Leaf leaf && ON_EVERY_ITEM.contains(leaf.field()) && takesAny(leaf));
    }

    private static boolean takesAny(Clause.Leaf leaf) {
        if (leaf instanceof Clause.Wildcard wildcard) {
            return wildcard.pattern().chars().allMatch(c -> c == '*');
        }
        if (leaf instanceof Clause.Between between) {
            return between.low().isEmpty() && between.high().isEmpty();
        }
        if (leaf instanceof Clause.Dates dates) {
            return dates.from().isEmpty() && dates.to().isEmpty();
        }
        return leaf instanceof Clause.Exists;
    }

    private static void eachLeaf(Clause clause, Consumer<Clause.Leaf> visitor) {
        if (clause instanceof Clause.Not not) {
            eachLeaf(not.clause(), visitor);
        } else if (clause instanceof Clause.All all) {
            all.clauses().forEach(each -> eachLeaf(each, visitor));
        } else if (clause instanceof Clause.Any any) {
            any.clauses().forEach(each -> eachLeaf(each, visitor));
        } else if (clause instanceof Clause.Leaf leaf) {
            visitor.accept(leaf);
        }
    }

    /** Counts a leaf, and notes a pattern that costs much: true for one that has to be tried on every item. */
    private void look(Clause.Leaf leaf) {
        leaves++;
        if (leaf instanceof Clause.Prefix prefix) {
            note(prefix.prefix() + "*", prefix.prefix());
        } else if (leaf instanceof Clause.Wildcard wildcard) {
            note(wildcard.pattern(), wildcard.pattern().split("[*?]", 2)[0]);
        } else if (leaf instanceof Clause.Fuzzy fuzzy && fuzzy.edits() > 0) {
            patterns.put(fuzzy.token() + "~", true);
        } else if (leaf instanceof Clause.Regexp regexp
                && RegexpBounds.longestLiteral(regexp.pattern()) < SHORTEST_LITERAL) {
            patterns.put("/" + regexp.pattern() + "/", true);
        }
    }

    private void note(String pattern, String beginning) {
        if (beginning.codePointCount(0, beginning.length()) < SHORTEST_LITERAL) {
            patterns.put(pattern, beginning.isEmpty());
        }
    }

    private void remark(String pattern, boolean slow) {
        String typed = pattern.endsWith("~") ? pattern.substring(0, pattern.length() - 1) : pattern;
        remarks.add(new Remark(
                slow
                        ? pattern + " runs on every document: words that begin with three letters or more cost least"
                        : pattern + " begins with fewer than " + SHORTEST_LITERAL
                                + " letters and finds very many words: write a longer beginning",
                place(typed)));
    }

    private int place(String typed) {
        for (int i = 0; i + typed.length() <= query.length(); i++) {
            if (query.regionMatches(true, i, typed, 0, typed.length())) {
                return i;
            }
        }
        return -1;
    }

    /** Once for each such character, at its first place. */
    private void remarkInvisible() {
        Set<Integer> seen = new HashSet<>();
        for (int i = 0; i < query.length(); i += Character.charCount(query.codePointAt(i))) {
            int c = query.codePointAt(i);
            if (isInvisible(c) && seen.add(c)) {
                remarks.add(new Remark(
                        String.format(
                                Locale.ROOT,
                                "The character U+%04X (%s) does not show and is part of the query: take it out unless it"
                                        + " is meant",
                                c,
                                Character.getName(c)),
                        i));
            }
        }
    }

    /** Format and control characters, but for tabs, line breaks, and the joiners that words of some scripts are written with. */
    private static boolean isInvisible(int c) {
        int type = Character.getType(c);
        return (type == Character.CONTROL && "\t\r\n".indexOf(c) < 0)
                || (type == Character.FORMAT && c != '\u200C' && c != '\u200D');
    }
}
