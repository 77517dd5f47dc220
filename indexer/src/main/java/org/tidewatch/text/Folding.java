package org.tidewatch.text;

import com.ibm.icu.lang.UCharacter;
import com.ibm.icu.lang.UProperty;
import com.ibm.icu.text.Normalizer2;
import java.util.regex.Pattern;

/**
 * Turns text into the form in which tricks and accidents of spelling no longer show: NFKC with case folding (Unicode
 * Standard, section 3.13, toNFKC_Casefold), then without combining marks and default-ignorable code points, everything
 * that is neither letter nor digit as one space.
 *
 * <p>Thread-safe. {@link #VERSION} is stored beside every fingerprint made from folded text.
 */
public final class Folding {

    /** Grows whenever the same text would fold to something else. */
    public static final int VERSION = 1;

    private static final Normalizer2 CASEFOLD = Normalizer2.getNFKCCasefoldInstance();
    private static final Normalizer2 DECOMPOSE = Normalizer2.getNFDInstance();
    private static final Pattern SPACES = Pattern.compile(" +");

    private Folding() {}

    /** Folded tokens of {@code text}, joined by single spaces. */
    public static String fold(String text) {
        String decomposed = DECOMPOSE.normalize(CASEFOLD.normalize(text));
        StringBuilder folded = new StringBuilder(decomposed.length());
        decomposed.codePoints().forEach(codePoint -> {
            if (UCharacter.isLetterOrDigit(codePoint)) {
                folded.appendCodePoint(codePoint);
            } else if (!isMark(codePoint)
                    && !UCharacter.hasBinaryProperty(codePoint, UProperty.DEFAULT_IGNORABLE_CODE_POINT)) {
                folded.append(' ');
            }
        });
        return SPACES.matcher(folded).replaceAll(" ").strip();
    }

    private static boolean isMark(int codePoint) {
        int type = UCharacter.getType(codePoint);
        return type == Character.NON_SPACING_MARK
                || type == Character.ENCLOSING_MARK
                || type == Character.COMBINING_SPACING_MARK;
    }
}
