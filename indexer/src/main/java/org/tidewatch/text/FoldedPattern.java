package org.tidewatch.text;

import java.util.List;

/** A wildcard pattern, folded piece by piece between its wildcards. */
final class FoldedPattern {

    private final StringBuilder plain = new StringBuilder();
    private final StringBuilder risky = new StringBuilder().append(FoldedWord.RISKY);
    private boolean hasLetters;

    private FoldedPattern() {}

    /** The pattern for plain words and that for marked ones; none if the pattern has no letters or digits. */
    static List<String> of(String pattern) {
        FoldedPattern folded = new FoldedPattern();
        StringBuilder piece = new StringBuilder();
        for (int i = 0; i < pattern.length(); i++) {
            char c = pattern.charAt(i);
            if (c == '*' || c == '?') {
                folded.piece(piece.toString());
                folded.wildcard(c);
                piece.setLength(0);
            } else if (c == '\\' && i + 1 < pattern.length()) {
                piece.append(pattern.charAt(++i));
            } else {
                piece.append(c);
            }
        }
        folded.piece(piece.toString());
        return folded.hasLetters ? List.of(folded.plain.toString(), folded.risky.toString()) : List.of();
    }

    private void wildcard(char c) {
        plain.append(c);
        risky.append(c);
    }

    private void piece(String text) {
        StringBuilder letters = new StringBuilder();
        Folding.phrase(text).words().forEach(word -> letters.append(word.plain()));
        if (letters.length() == 0) {
            return;
        }
        hasLetters = true;
        plain.append(letters);
        risky.append(skeletonOf(letters.toString()));
    }

    /**
     * The marked form without its mark. A star may stand for nothing, and then what is before and behind it is one row of
     * letters, which a skeleton holds once: the letter behind is left to the star.
     */
    private String skeletonOf(String letters) {
        String skeleton = Leet.risky(letters).substring(1);
        int star = risky.length() - 1;
        int first = skeleton.codePointAt(0);
        boolean same = risky.charAt(star) == '*' && risky.codePointBefore(star) == first;
        return same ? skeleton.substring(Character.charCount(first)) : skeleton;
    }
}
