package org.tidewatch.text;

import java.util.List;

/** What a saved search does with a folded stream, without an index: the reference for tests of the folding alone. */
final class Found {

    private Found() {}

    /** Whether any reading of {@code source} stands in {@code text}, its words at positions next to each other. */
    static boolean in(String source, String text) {
        List<String> stream =
                Folding.tokens(text).stream().map(FoldedToken::word).toList();
        return Folding.phrase(source).readings().stream().anyMatch(reading -> stands(reading, stream));
    }

    private static boolean stands(List<FoldedWord> reading, List<String> stream) {
        for (int at = 0; at + reading.size() <= stream.size(); at++) {
            int word = 0;
            while (word < reading.size() && isForm(reading.get(word), stream.get(at + word))) {
                word++;
            }
            if (word == reading.size()) {
                return true;
            }
        }
        return false;
    }

    private static boolean isForm(FoldedWord word, String token) {
        return token.equals(word.plain()) || token.equals(word.risky());
    }
}
