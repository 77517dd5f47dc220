package org.tidewatch.query;

import java.util.Arrays;
import org.apache.lucene.util.automaton.Operations;
import org.apache.lucene.util.automaton.RegExp;
import org.apache.lucene.util.automaton.TooComplexToDeterminizeException;

/**
 * Whether a regular expression can be had at a bearable cost: no longer than the server's own {@code
 * index.max_regex_length}, with repetitions that multiply to no more than a bound, and determinizable within Lucene's
 * default work. Checking costs no more than the bounds allow.
 */
final class RegexpBounds {

    private static final int MAX_LENGTH = 1_000;
    private static final int MAX_NESTING = 50;

    /** Most states before determinization, by a rough estimate. */
    private static final long MAX_STATES = 10_000;

    private RegexpBounds() {}

    static void check(String expression) throws Unreadable {
        if (expression.length() > MAX_LENGTH || nesting(expression) > MAX_NESTING) {
            throw new Unreadable("A regular expression of more than " + MAX_LENGTH + " characters or " + MAX_NESTING
                    + " open brackets cannot be run: split it");
        }
        try {
            RegExp parsed = new RegExp(expression, RegExp.ALL);
            if (states(parsed) > MAX_STATES) {
                throw tooComplex();
            }
            Operations.determinize(
                    parsed.toAutomaton(Operations.DEFAULT_DETERMINIZE_WORK_LIMIT),
                    Operations.DEFAULT_DETERMINIZE_WORK_LIMIT);
        } catch (TooComplexToDeterminizeException e) {
            throw tooComplex();
        } catch (IllegalArgumentException e) {
            throw new Unreadable("The regular expression is broken: "
                    + String.valueOf(e.getMessage()).lines().findFirst().orElse(""));
        }
    }

    private static int nesting(String expression) {
        int[] depth = new int[expression.length() + 1];
        for (int i = 0; i < expression.length(); i++) {
            char c = expression.charAt(i);
            depth[i + 1] = depth[i] + (c == '(' ? 1 : c == ')' ? -1 : 0);
        }
        return Arrays.stream(depth).max().orElse(0);
    }

    private static long states(RegExp e) {
        long states =
                switch (e.kind) {
                    case REGEXP_UNION, REGEXP_CONCATENATION -> states(e.exp1) + states(e.exp2);
                    case REGEXP_INTERSECTION -> states(e.exp1) * states(e.exp2);
                    case REGEXP_REPEAT_MIN -> states(e.exp1) * (e.min + 1L);
                    case REGEXP_REPEAT_MINMAX -> states(e.exp1) * Math.max(1, e.max);
                    case REGEXP_OPTIONAL, REGEXP_REPEAT, REGEXP_COMPLEMENT -> states(e.exp1) + 1;
                    case REGEXP_STRING -> e.s.length();
                    case REGEXP_INTERVAL ->
                        1L + String.valueOf(Math.max(e.from, e.to)).length() * 10L;
                    default -> 1;
                };
        return Math.max(1, Math.min(states, MAX_STATES + 1));
    }

    /** Length of the longest run of characters that every match holds; of an expression that was checked. */
    static int longestLiteral(String expression) {
        Run run = new Run();
        run.over(new RegExp(expression, RegExp.ALL));
        return Math.max(run.longest, run.length);
    }

    private static final class Run {

        private int length;
        private int longest;

        void over(RegExp e) {
            switch (e.kind) {
                case REGEXP_CONCATENATION -> {
                    over(e.exp1);
                    over(e.exp2);
                }
                case REGEXP_CHAR -> length++;
                case REGEXP_STRING -> length += e.s.codePointCount(0, e.s.length());
                case REGEXP_REPEAT_MIN, REGEXP_REPEAT_MINMAX -> {
                    end();
                    if (e.min > 0) {
                        over(e.exp1);
                    }
                    end();
                }
                default -> end();
            }
        }

        private void end() {
            longest = Math.max(longest, length);
            length = 0;
        }
    }

    private static Unreadable tooComplex() {
        return new Unreadable("A regular expression is too complex: repeat and nest less");
    }
}
