package org.tidewatch.text;

import com.ibm.icu.lang.UCharacter;
import com.ibm.icu.text.Normalizer2;
import com.ibm.icu.text.SpoofChecker;
import java.util.Locale;

/**
 * Letters that look like letters of another script (Unicode Technical Standard 39, through ICU's skeletons, and what its
 * table leaves out because it tells capitals from small letters).
 *
 * <p>Two mappings work together. The <em>prototype</em> of a letter depends on nothing else: it is the Latin letter that
 * its capital or small form looks like, chosen so that no two letters of one living script share one. So a word written
 * wholly in strange letters meets the honest word. {@link #among} is for a word that mixes scripts, and reads a stranger
 * by its shape: Greek {@code ν} has the prototype n, because its capital is Ν, but among Latin letters it is a v.
 */
final class Lookalikes {

    /** What {@link #among} returns for an upright stroke, which may be an i as well as an l. */
    static final int STROKE = '|';

    private static final SpoofChecker CHECKER = new SpoofChecker.Builder().build();
    private static final Normalizer2 DECOMPOSE = Normalizer2.getNFKDInstance();

    private static final Pairs PROTOTYPES = new Pairs(
            "αa βb εe ζz ηh ιi κk μm νn οo ρp τt υy χx ωw" + " аa вb еe кk мm нh оo рp сc тt уy хx іi јj ѕs ԁd ԛq ԝw");

    private static final Pairs AMONG_LATIN = new Pairs("γy Γr δd Δa ζz ηn Ηh θo Θo λa Λa μu νv Νn ξe Ξe πn Πn σo ςc Σe"
            + " υu Υy φo Φo ψw Ψw Ωo гr Гr дa жx зe иu Иn йu Йn пn фo цu чy шw щw ъb ьb эe яr єe ґr әe өo үy һh қk ғf ңh ҳx ћh ђh"
            + " ٥o ۵o ٧v ۷v");

    private static final Pairs AMONG_CYRILLIC = new Pairs("rг nп Nи uи Uц wш Wш Rя bь Γг γг Πп πп Λл λл Φф φф ٥o ۵o");

    private static final Pairs AMONG_GREEK = new Pairs("nh vn uy yγ sσ cσ Гγ гγ Пπ пπ Лλ лλ Фφ фφ ٥o ۵o");

    private static final Pairs AMONG_ARABIC = new Pairs("lا Lا iا Iا |ا oه Oه");

    private static final Pairs AMONG_HEBREW = new Pairs("lו Lו iו Iו |ו oס Oס");

    private Lookalikes() {}

    /** What a letter, folded otherwise, is compared as, whatever stands beside it: one or more code points. */
    static String prototype(int letter) {
        int paired = PROTOTYPES.of(letter);
        if (paired != 0) {
            return Character.toString(paired);
        }
        if (letter < 0x80 || Script.of(letter) != Script.LATIN || "þƿ".indexOf(letter) >= 0) {
            return Character.toString(letter);
        }
        String shape = skeleton(letter);
        return isLatin(shape) ? shape : Character.toString(letter);
    }

    /**
     * What a letter or digit is compared as in a word whose script is {@code script}; {@code otherwise} when the
     * word's script has nothing that looks like it.
     */
    static int among(Script script, int letter, int otherwise) {
        String bare = withoutMarks(Character.toString(letter));
        int shape = bare.isEmpty() ? letter : bare.codePointAt(0);
        int paired =
                switch (script) {
                    case LATIN -> AMONG_LATIN.of(shape, UCharacter.toLowerCase(shape));
                    case CYRILLIC -> AMONG_CYRILLIC.of(shape);
                    case GREEK -> AMONG_GREEK.of(shape);
                    case ARABIC -> AMONG_ARABIC.of(shape);
                    case HEBREW -> AMONG_HEBREW.of(shape);
                    case OTHER -> 0;
                };
        if (paired != 0) {
            return paired;
        }
        if (script != Script.LATIN || otherwise < 0x80 || !UCharacter.isLetter(letter)) {
            return otherwise;
        }
        String skeleton = skeleton(letter);
        if (!isLatin(skeleton) || skeleton.length() > 1) {
            return otherwise;
        }
        return isStroke(skeleton, letter) ? STROKE : skeleton.charAt(0);
    }

    /** Whether the letter of a decorative script is an upright stroke, which may be an i as well as an l. */
    static boolean isStroke(int letter) {
        return letter >= 0x80 && Script.of(letter) == Script.LATIN && isStroke(skeleton(letter), letter);
    }

    /** ICU gives l for every upright stroke: a letter of a Latin name that is an l with something added is none. */
    private static boolean isStroke(String shape, int letter) {
        return shape.equals("l") && !UCharacter.getExtendedName(letter).contains("LETTER L");
    }

    /** The letter's skeleton without marks, in small letters; ICU writes m as rn. */
    private static String skeleton(int letter) {
        String skeleton = withoutMarks(CHECKER.getSkeleton(Character.toString(letter)));
        return skeleton.replace("rn", "m").toLowerCase(Locale.ROOT);
    }

    private static String withoutMarks(String text) {
        StringBuilder kept = new StringBuilder();
        DECOMPOSE
                .normalize(text)
                .codePoints()
                .filter(c -> !LetterForm.isMark(c))
                .forEach(kept::appendCodePoint);
        return kept.toString();
    }

    private static boolean isLatin(String shape) {
        return !shape.isEmpty() && shape.chars().allMatch(c -> c >= 'a' && c <= 'z');
    }

    /** A mapping, written as pairs of characters with a space between one pair and the next. */
    private static final class Pairs {

        private final StringBuilder from = new StringBuilder();
        private final StringBuilder to = new StringBuilder();

        Pairs(String pairs) {
            for (int i = 0; i < pairs.length(); i += 3) {
                from.append(pairs.charAt(i));
                to.append(pairs.charAt(i + 1));
            }
        }

        /** What the code point is mapped to, or 0. */
        int of(int codePoint) {
            int at = codePoint > Character.MAX_VALUE ? -1 : from.indexOf(Character.toString(codePoint));
            return at < 0 ? 0 : to.charAt(at);
        }

        /** What the first of the two that is mapped is mapped to, or 0. */
        int of(int codePoint, int second) {
            int first = of(codePoint);
            return first != 0 ? first : of(second);
        }
    }
}
