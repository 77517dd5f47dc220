package org.tidewatch.extract;

/**
 * Text as a browser would lay it out: white space collapsed within a block, one line break between blocks, none at the
 * ends. What exceeds the limit is left out. Not thread-safe.
 */
final class Flow {

    private final StringBuilder text = new StringBuilder();
    private final int maxChars;
    private boolean breakDue;
    private boolean spaceDue;
    private boolean cut;

    Flow(int maxChars) {
        this.maxChars = maxChars;
    }

    void breakLine() {
        breakDue = true;
    }

    void space() {
        spaceDue = true;
    }

    void append(String words) {
        for (int i = 0; i < words.length() && !cut; i++) {
            char c = words.charAt(i);
            if (Character.isWhitespace(c) || c == '\u00a0') {
                spaceDue = true;
            } else {
                put(c);
            }
        }
    }

    /** Appends text whose white space has a meaning, as in {@code <pre>}. */
    void appendAsIs(String words) {
        for (int i = 0; i < words.length() && !cut; i++) {
            char c = words.charAt(i);
            if (c == '\n') {
                if (breakDue || text.isEmpty()) {
                    breakDue = !text.isEmpty();
                } else {
                    room(c);
                }
            } else if (c != '\r') {
                put(c);
            }
        }
    }

    boolean isCut() {
        return cut;
    }

    @Override
    public String toString() {
        return cut ? cutAt(text.toString(), maxChars) : text.toString().stripTrailing();
    }

    /** The first characters of {@code text}, without half a surrogate pair at the end. */
    static String cutAt(String text, int maxChars) {
        if (text.length() <= maxChars) {
            return text;
        }
        boolean splits = Character.isHighSurrogate(text.charAt(maxChars - 1));
        return text.substring(0, splits ? maxChars - 1 : maxChars);
    }

    private void put(char c) {
        if (!text.isEmpty() && breakDue) {
            room('\n');
        } else if (!text.isEmpty() && spaceDue) {
            room(' ');
        }
        breakDue = false;
        spaceDue = false;
        room(c);
    }

    private void room(char c) {
        // One character more than allowed is kept, so that a cut through a surrogate pair can be seen.
        if (text.length() <= maxChars) {
            text.append(c);
        } else {
            cut = true;
        }
    }
}
