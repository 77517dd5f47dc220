package org.tidewatch.match;

import java.util.Arrays;
import java.util.Optional;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * A pattern in the syntax of Lucene's {@code WildcardQuery}: {@code *} for any characters, {@code ?} for one code point,
 * {@code \} before a character meant as it is (a last one stands for itself). Takes time proportional to the length of the
 * word times that of the pattern at most.
 */
final class Glob implements Pattern {

    private static final int MANY = -1;
    private static final int ONE = -2;

    /** Literals shorter than this are no hold within a word. */
    private static final int INSIDE = PatternIndex.GRAM;

    private final int[] pattern;
    private final Hold hold;

    private Glob(int[] pattern) {
        this.pattern = pattern;
        this.hold = holdOf(pattern);
    }

    static Glob of(String pattern) {
        int[] parsed = new int[pattern.length()];
        int length = 0;
        int[] source = pattern.codePoints().toArray();
        for (int i = 0; i < source.length; i++) {
            if (source[i] == '*') {
                if (length == 0 || parsed[length - 1] != MANY) {
                    parsed[length++] = MANY;
                }
            } else if (source[i] == '?') {
                parsed[length++] = ONE;
            } else if (source[i] == '\\' && i + 1 < source.length) {
                parsed[length++] = source[++i];
            } else {
                parsed[length++] = source[i];
            }
        }
        return new Glob(Arrays.copyOf(parsed, length));
    }

    /** What words must begin with, when that is all the pattern says. */
    Optional<String> prefix() {
        int last = pattern.length - 1;
        return last > 0 && pattern[last] == MANY && IntStream.range(0, last).allMatch(i -> pattern[i] >= 0)
                ? Optional.of(new String(pattern, 0, last))
                : Optional.empty();
    }

    @Override
    public boolean takes(String word) {
        int at = 0;
        int step = 0;
        int resumeAt = -1;
        int resumeStep = -1;
        while (at < word.length()) {
            int codePoint = word.codePointAt(at);
            if (step < pattern.length && pattern[step] == MANY) {
                resumeStep = ++step;
                resumeAt = at;
            } else if (step < pattern.length && (pattern[step] == ONE || pattern[step] == codePoint)) {
                step++;
                at += Character.charCount(codePoint);
            } else if (resumeStep >= 0) {
                resumeAt += Character.charCount(word.codePointAt(resumeAt));
                at = resumeAt;
                step = resumeStep;
            } else {
                return false;
            }
        }
        while (step < pattern.length && pattern[step] == MANY) {
            step++;
        }
        return step == pattern.length;
    }

    @Override
    public Hold hold() {
        return hold;
    }

    private static Hold holdOf(int[] pattern) {
        int start = 0;
        while (start < pattern.length && pattern[start] >= 0) {
            start++;
        }
        int end = pattern.length;
        while (end > start && pattern[end - 1] >= 0) {
            end--;
        }
        if (start >= INSIDE || (start > 0 && start >= pattern.length - end)) {
            return new Hold(Hold.Where.START, new String(pattern, 0, start));
        }
        if (end < pattern.length) {
            return new Hold(Hold.Where.END, new String(pattern, end, pattern.length - end));
        }
        String longest = "";
        for (int from = start; from < end; from++) {
            int to = from;
            while (to < end && pattern[to] >= 0) {
                to++;
            }
            if (to - from > longest.length()) {
                longest = new String(pattern, from, to - from);
            }
            from = to;
        }
        return longest.length() >= INSIDE ? new Hold(Hold.Where.INSIDE, longest) : Hold.NONE;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Glob glob && Arrays.equals(glob.pattern, pattern);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(pattern);
    }

    @Override
    public String toString() {
        StringBuilder text = new StringBuilder();
        for (int step : pattern) {
            text.append(step == MANY ? "*" : step == ONE ? "?" : Character.toString(step));
        }
        return text.toString();
    }
}
