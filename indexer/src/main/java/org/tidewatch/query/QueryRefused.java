package org.tidewatch.query;

/** A query that cannot stand as a saved search; the message says why and what to write instead. */
public final class QueryRefused extends Exception {

    private static final long serialVersionUID = 1L;

    private final int position;

    /** @param position index of the offending character in the query, or -1 when the query as a whole is refused */
    public QueryRefused(String message, int position) {
        super(message);
        this.position = position;
    }

    public int position() {
        return position;
    }

    /** The message, with the query and a caret under the place when there is one. */
    public String withCaret(String query) {
        if (position < 0 || position > query.length()) {
            return String.valueOf(getMessage());
        }
        int lineStart = query.lastIndexOf('\n', Math.max(0, position - 1)) + 1;
        int lineEnd = query.indexOf('\n', position);
        String line = query.substring(lineStart, lineEnd < 0 ? query.length() : lineEnd);
        return getMessage() + System.lineSeparator() + "    " + line + System.lineSeparator() + "    "
                + " ".repeat(Math.max(0, position - lineStart)) + "^";
    }
}
