package org.tidewatch.text;

import com.ibm.icu.lang.UCharacter;
import com.ibm.icu.lang.UProperty;
import com.ibm.icu.text.Normalizer2;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Turns text into the form in which tricks and accidents of spelling no longer show: NFKC with case folding (Unicode
 * Standard, section 3.13, toNFKC_Casefold), then without combining marks and default-ignorable code points, everything
 * that is neither letter nor digit as one space.
 *
 * <p>Thread-safe. {@link #VERSION} is stored beside every fingerprint made from folded text.
 */
public final class Folding {

    /** Grows whenever the same text would fold to something else. */
    public static final int VERSION = 2;

    private static final Normalizer2 CASEFOLD = Normalizer2.getNFKCCasefoldInstance();
    private static final Normalizer2 DECOMPOSE = Normalizer2.getNFDInstance();

    private Folding() {}

    /** The folded stream of a text, in its order; every word stands one position after the one before. */
    public static List<FoldedToken> tokens(String text) {
        List<FoldedToken> tokens = new ArrayList<>();
        StringBuilder word = new StringBuilder();
        int start = 0;
        int end = 0;
        for (int i = 0; i < text.length(); ) {
            int codePoint = text.codePointAt(i);
            int next = i + Character.charCount(codePoint);
            String folded = DECOMPOSE.normalize(CASEFOLD.normalize(Character.toString(codePoint)));
            for (int c : folded.codePoints().toArray()) {
                if (UCharacter.isLetterOrDigit(c)) {
                    start = word.length() == 0 ? i : start;
                    end = next;
                    word.appendCodePoint(c);
                } else if (!isMark(c) && !UCharacter.hasBinaryProperty(c, UProperty.DEFAULT_IGNORABLE_CODE_POINT)) {
                    flush(word, start, end, tokens);
                }
            }
            i = next;
        }
        flush(word, start, end, tokens);
        return tokens;
    }

    private static void flush(StringBuilder word, int start, int end, List<FoldedToken> tokens) {
        if (word.length() > 0) {
            tokens.add(new FoldedToken(word.toString(), start, end, Set.of()));
            word.setLength(0);
        }
    }

    /** Folded words of {@code text}, joined by single spaces: what a folded field holds. */
    public static String fold(String text) {
        return tokens(text).stream().map(FoldedToken::word).collect(Collectors.joining(" "));
    }

    /** The words of {@code source} as something to look for. */
    public static FoldedPhrase phrase(String source) {
        return new FoldedPhrase(
                tokens(source).stream().map(token -> word(token.word())).toList());
    }

    /**
     * Patterns of a folded stream that a wildcard pattern means: what stands between the wildcards is folded, by the safe
     * folds and by the risky ones. Empty when nothing is left of it.
     *
     * @param pattern in Lucene's syntax, with {@code *}, {@code ?} and {@code \}
     */
    public static List<String> patterns(String pattern) {
        StringBuilder folded = new StringBuilder();
        for (int i = 0; i < pattern.length(); i++) {
            char c = pattern.charAt(i);
            folded.append(c == '*' || c == '?' ? String.valueOf(c) : fold(String.valueOf(c)));
        }
        return List.of(folded.toString(), FoldedWord.RISKY + folded.toString());
    }

    /** A word to look for, from its plain folded form. */
    static FoldedWord word(String plain) {
        return new FoldedWord(plain, FoldedWord.RISKY + plain);
    }

    private static boolean isMark(int codePoint) {
        int type = UCharacter.getType(codePoint);
        return type == Character.NON_SPACING_MARK
                || type == Character.ENCLOSING_MARK
                || type == Character.COMBINING_SPACING_MARK;
    }
}
