package org.tidewatch.match;

import org.apache.lucene.util.automaton.Automaton;
import org.apache.lucene.util.automaton.CharacterRunAutomaton;
import org.apache.lucene.util.automaton.Operations;
import org.apache.lucene.util.automaton.RegExp;
import org.jspecify.annotations.Nullable;

/**
 * What a word, or the whole value of a keyword field, may look like. Patterns are equal when they are written alike, so
 * that searches share them. Immutable and thread-safe.
 */
sealed interface Pattern permits Glob, Near, Pattern.Begins, Pattern.Expression, Pattern.Range {

    boolean takes(String word);

    /** What every word that the pattern takes has in it, by which {@link PatternIndex} finds the pattern. */
    Hold hold();

    /** A literal piece at the start, at the end or anywhere in a word; or none that is known. */
    record Hold(Where where, String literal) {
        enum Where {
            START,
            END,
            INSIDE,
            /** By the neighbourhood of {@link Near}. */
            AROUND,
            NOWHERE
        }

        static final Hold NONE = new Hold(Where.NOWHERE, "");
    }

    /** Words that begin so. */
    record Begins(String prefix) implements Pattern {
        @Override
        public boolean takes(String word) {
            return word.startsWith(prefix);
        }

        @Override
        public Hold hold() {
            return new Hold(Hold.Where.START, prefix);
        }
    }

    /** A pattern with {@code *} and {@code ?} in Lucene's syntax; {@link Begins} when nothing but its end is open. */
    static Pattern wildcard(String pattern) {
        Glob glob = Glob.of(pattern);
        return glob.prefix().map(prefix -> (Pattern) new Begins(prefix)).orElse(glob);
    }

    /** Words that a regular expression of Lucene, with all its flags, takes in whole. */
    final class Expression implements Pattern {

        private final String pattern;
        private final CharacterRunAutomaton automaton;
        private final Hold hold;

        /**
         * @throws IllegalArgumentException for what is no expression
         * @throws org.apache.lucene.util.automaton.TooComplexToDeterminizeException for one that the server refuses too
         */
        Expression(String pattern) {
            this.pattern = pattern;
            Automaton deterministic = Operations.determinize(
                    new RegExp(pattern, RegExp.ALL).toAutomaton(), Operations.DEFAULT_DETERMINIZE_WORK_LIMIT);
            this.automaton = new CharacterRunAutomaton(deterministic);
            this.hold = hold(Operations.removeDeadStates(deterministic));
        }

        private static Hold hold(Automaton automaton) {
            if (Operations.isEmpty(automaton)) {
                return Hold.NONE;
            }
            String start = Operations.getCommonPrefix(automaton);
            return start.isEmpty() ? Hold.NONE : new Hold(Hold.Where.START, start);
        }

        @Override
        public boolean takes(String word) {
            return automaton.run(word);
        }

        @Override
        public Hold hold() {
            return hold;
        }

        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof Expression expression && expression.pattern.equals(pattern);
        }

        @Override
        public int hashCode() {
            return pattern.hashCode();
        }

        @Override
        public String toString() {
            return "/" + pattern + "/";
        }
    }

    /**
     * Words between two others in the order of their UTF-8 bytes, which is that of their code points.
     *
     * @param low null for no lower bound
     * @param high null for no upper bound
     */
    record Range(
            @Nullable String low,
            boolean lowIncluded,
            @Nullable String high,
            boolean highIncluded) implements Pattern {
        @Override
        public boolean takes(String word) {
            if (low != null) {
                int order = compare(word, low);
                if (order < 0 || (order == 0 && !lowIncluded)) {
                    return false;
                }
            }
            if (high != null) {
                int order = compare(word, high);
                return order < 0 || (order == 0 && highIncluded);
            }
            return true;
        }

        @Override
        public Hold hold() {
            return Hold.NONE;
        }

        private static int compare(String a, String b) {
            int length = Math.min(a.length(), b.length());
            for (int i = 0; i < length; i++) {
                char left = a.charAt(i);
                char right = b.charAt(i);
                if (left != right) {
                    boolean beyond = Character.isSurrogate(left);
                    return beyond == Character.isSurrogate(right) ? Character.compare(left, right) : beyond ? 1 : -1;
                }
            }
            return Integer.compare(a.length(), b.length());
        }
    }
}
