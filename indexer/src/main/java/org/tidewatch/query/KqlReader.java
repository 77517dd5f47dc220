package org.tidewatch.query;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The lexical half of KQL: white space, keywords and literals, at a place that moves on. What counts as white space,
 * where a word is a keyword, and which escapes there are is all as in Kibana's grammar:
 *
 * <pre>
 * space    = " " | tab | CR | LF | U+00A0
 * or, and  = space+ ("or" | "and", any case) space+
 * not      = "not" (any case) space+
 * quoted   = '"' ( "\t" | "\r" | "\n" | "\" u hex{4} | '\"' | "\\" | any but '"' )* '"'
 * unquoted = ( "\t" | "\r" | "\n" | "\" special | "\" u hex{4} | "\" (or | and | not) | "*"
 *            | any but special, where no keyword begins )+, trimmed
 * special  = one of \ ( ) : &lt; &gt; " * { }
 * </pre>
 *
 * <p>A {@code not} begins a keyword even inside a word: {@code knot it} ends after the {@code k}.
 */
final class KqlReader {

    private static final String SPACE = " \t\r\n\u00A0";
    private static final String SPECIAL = "\\():<>\"*{}";
    private static final int UNICODE_DIGITS = 4;

    /** What JavaScript's {@code trim()} takes off, beside Unicode's space separators. */
    private static final String TRIMMED = "\t\n\u000B\f\r\u2028\u2029\uFEFF";

    private final String query;
    private int place;

    KqlReader(String query) {
        this.query = query;
    }

    int place() {
        return place;
    }

    void backTo(int earlier) {
        place = earlier;
    }

    boolean atEnd() {
        return place == query.length();
    }

    void skipSpace() {
        place = afterSpace(place);
    }

    /** Moves behind {@code mark} when it comes next. */
    boolean take(String mark) {
        if (query.startsWith(mark, place)) {
            place += mark.length();
            return true;
        }
        return false;
    }

    /** Moves behind "and" or "or", with its white space, when it comes next. */
    boolean takeBetween(String keyword) {
        int end = keywordBetween(keyword, place);
        place = end < 0 ? place : end;
        return end >= 0;
    }

    boolean takeNot() {
        int end = keywordNot(place);
        place = end < 0 ? place : end;
        return end >= 0;
    }

    /** The character that comes next, for a message. */
    String next() {
        return atEnd() ? "the end" : "\"" + Character.toString(query.codePointAt(place)) + "\"";
    }

    /**
     * The literal that comes next; empty when none does.
     *
     * @throws QueryRefused if one begins and does not end
     */
    Optional<KqlLiteral> literal() throws QueryRefused {
        int start = place;
        return atEnd() ? Optional.empty() : query.charAt(start) == '"' ? quoted(start) : unquoted(start);
    }

    private Optional<KqlLiteral> quoted(int start) throws QueryRefused {
        StringBuilder text = new StringBuilder();
        int i = start + 1;
        while (i < query.length() && query.charAt(i) != '"') {
            int length = 1;
            if (query.charAt(i) == '\\') {
                length = escape(i, text, "\\\"");
            }
            if (length == 1) {
                text.append(query.charAt(i));
            }
            i += length;
        }
        if (i == query.length()) {
            throw new QueryRefused("The quote that begins here does not end: close it with \"", start);
        }
        place = i + 1;
        return Optional.of(new KqlLiteral(List.of(text.toString()), true, query.substring(start, place), start));
    }

    /** Within a run of white space no keyword begins where none began at its start. */
    private Optional<KqlLiteral> unquoted(int start) {
        List<String> pieces = new ArrayList<>();
        StringBuilder piece = new StringBuilder();
        int i = start;
        boolean afterSpace = false;
        while (i < query.length()) {
            char c = query.charAt(i);
            boolean space = SPACE.indexOf(c) >= 0;
            if (afterSpace && space) {
                piece.append(c);
                i++;
            } else if (c == '*') {
                pieces.add(piece.toString());
                piece.setLength(0);
                i++;
            } else if (c == '\\') {
                int length = unquotedEscape(i, piece);
                if (length == 1) {
                    break;
                }
                i += length;
            } else if (SPECIAL.indexOf(c) >= 0 || keywordAt(i)) {
                break;
            } else {
                piece.append(c);
                i++;
            }
            afterSpace = space;
        }
        if (i == start) {
            return Optional.empty();
        }
        pieces.add(piece.toString());
        pieces.set(0, trimmed(pieces.get(0), true, pieces.size() == 1));
        int last = pieces.size() - 1;
        pieces.set(last, trimmed(pieces.get(last), last == 0, true));
        place = i;
        return Optional.of(new KqlLiteral(pieces, false, query.substring(start, i), start));
    }

    private int unquotedEscape(int backslash, StringBuilder text) {
        int length = escape(backslash, text, SPECIAL);
        if (length > 1) {
            return length;
        }
        for (String keyword : List.of("or", "and", "not")) {
            if (query.regionMatches(true, backslash + 1, keyword, 0, keyword.length())) {
                int end = backslash + 1 + keyword.length();
                text.append(query, backslash + 1, end);
                return end - backslash;
            }
        }
        return 1;
    }

    /** Appends what an escape stands for and tells its length; 1 when the backslash escapes nothing. */
    private int escape(int backslash, StringBuilder text, String themselves) {
        int next = backslash + 1;
        if (next == query.length()) {
            return 1;
        }
        char c = query.charAt(next);
        int space = "trn".indexOf(c);
        if (space >= 0) {
            text.append("\t\r\n".charAt(space));
            return 2;
        }
        if (themselves.indexOf(c) >= 0) {
            text.append(c);
            return 2;
        }
        int end = next + 1 + UNICODE_DIGITS;
        if (c == 'u' && end <= query.length() && query.substring(next + 1, end).matches("[0-9a-fA-F]{4}")) {
            text.append((char) Integer.parseInt(query.substring(next + 1, end), 16));
            return end - backslash;
        }
        return 1;
    }

    private boolean keywordAt(int i) {
        return keywordBetween("or", i) >= 0 || keywordBetween("and", i) >= 0 || keywordNot(i) >= 0;
    }

    private int keywordBetween(String keyword, int i) {
        int word = afterSpace(i);
        return word > i ? endOf(keyword, word) : -1;
    }

    private int keywordNot(int i) {
        return endOf("not", i);
    }

    /** Where the white space after a keyword ends; -1 when it is none. */
    private int endOf(String keyword, int i) {
        int word = i + keyword.length();
        int end = query.regionMatches(true, i, keyword, 0, keyword.length()) ? afterSpace(word) : word;
        return end > word ? end : -1;
    }

    private int afterSpace(int from) {
        int i = from;
        while (i < query.length() && SPACE.indexOf(query.charAt(i)) >= 0) {
            i++;
        }
        return i;
    }

    private static String trimmed(String text, boolean front, boolean back) {
        int from = 0;
        int to = text.length();
        while (front && from < to && isTrimmed(text.charAt(from))) {
            from++;
        }
        while (back && from < to && isTrimmed(text.charAt(to - 1))) {
            to--;
        }
        return text.substring(from, to);
    }

    static boolean isTrimmed(char c) {
        return TRIMMED.indexOf(c) >= 0 || Character.getType(c) == Character.SPACE_SEPARATOR;
    }
}
