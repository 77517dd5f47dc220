package org.tidewatch.text;

import com.ibm.icu.lang.UCharacter;
import com.ibm.icu.lang.UScript;
import com.ibm.icu.text.Normalizer2;
import com.ibm.icu.text.SpoofChecker;
import java.util.Locale;

/**
 * Letters that look like letters of another script (Unicode Technical Standard 39, through ICU's skeletons, and what its
 * table leaves out because it tells capitals from small letters).
 *
 * <p>Two mappings work together. The <em>prototype</em> of a letter depends on nothing else: it is the Latin letter that
 * its small form looks like, or else its capital, chosen so that no two letters of one living script share one. So a word written
 * wholly in strange letters meets the honest word. {@link #among} is for a word that mixes scripts, and reads a stranger
 * by its shape: Greek {@code Ν} has the prototype v, like its small form ν, but among Latin letters it is an n.
 */
final class Lookalikes {

    /** What {@link #among} returns for an upright stroke, which may be an i as well as an l. */
    static final int STROKE = '|';

    private static final String CYRILLIC = "абвгдежзийклмнопрстуфхцчшщъыьэюяєґ";
    private static final String GREEK = "αβγδεζηικλμνξοθπρστυφχψω";

    /** Letters of the Cyrillic alphabet that are seldom proof of a Cyrillic word, as they are popular in Latin ones. */
    private static final String POPULAR = "внэяє";

    private static final SpoofChecker CHECKER = new SpoofChecker.Builder().build();
    private static final Normalizer2 DECOMPOSE = Normalizer2.getNFKDInstance();

    private static final Pairs PROTOTYPES = new Pairs("αa βb γy εe ζz ηn ιi κk μm νv οo ρp τt υu χx ωw ⲋσ"
            + " аa гr еe кk мm һh оo пn рp сc тt уy хx цu шw ьb іi ӏl јj ѕs ѵv ԁd ԛq");

    private static final Pairs AMONG_LATIN = new Pairs("δd Δa Ηh Ι| І| θo Θo Λa Νn ξe Ξe πn Πn σo ςc Σe Υy Φo ψw Ψw Ωo"
            + " вb нh дa жx зe Иn Йn фo чy щw ъb эe яr єe әe өo үy қk ғf ңh ҳx ԝw ћh ђh ᴎn ٥o ۵o ٧v ۷v");

    private static final Pairs AMONG_CYRILLIC =
            new Pairs("Bв Hн Nи Uц Rя Яя γг Γг πп Πп λл Λл φф Φф ωш ٥o ۵o").comparedAs(PROTOTYPES);

    private static final Pairs AMONG_GREEK =
            new Pairs("Hη Nν Yυ ßβ ẞβ sσ cσ гγ Гγ пπ Пπ лλ Лλ фφ Фφ ٥o ۵o").comparedAs(PROTOTYPES);

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
        return isLatin(shape) ? shape : Character.toString(livingPrototype(letter));
    }

    /**
     * What a letter that only stands in for others is compared as if it has a shape of Greek or Cyrillic: {@code ⲙ} is an m,
     * as м is.
     */
    private static int livingPrototype(int letter) {
        int greek = sameShape(GREEK, letter, letter);
        return greek != letter ? greek : sameShape(CYRILLIC, letter, letter);
    }

    /** Whether a Greek or Cyrillic letter, compared as itself, shows that its word is in that script. */
    static boolean isProof(int code) {
        return GREEK.indexOf(code) >= 0 || (CYRILLIC.indexOf(code) >= 0 && POPULAR.indexOf(code) < 0);
    }

    /** Whether a letter is of a script that is only used to stand in for Latin. */
    static boolean isDecorative(int letter) {
        int script = UScript.getScript(letter);
        return Script.of(letter) == Script.LATIN && script != UScript.LATIN && script != UScript.COMMON;
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
                    case CYRILLIC -> AMONG_CYRILLIC.of(shape, otherwise);
                    case GREEK -> AMONG_GREEK.of(shape, otherwise);
                    case ARABIC -> AMONG_ARABIC.of(shape, otherwise);
                    case HEBREW -> AMONG_HEBREW.of(shape, otherwise);
                    case OTHER -> 0;
                };
        if (paired != 0) {
            return paired;
        }
        return switch (script) {
            case LATIN -> amongLatin(letter, otherwise);
            case CYRILLIC -> sameShape(CYRILLIC, letter, otherwise);
            case GREEK -> sameShape(GREEK, letter, otherwise);
            default -> otherwise;
        };
    }

    private static int amongLatin(int letter, int otherwise) {
        if (otherwise < 0x80 || !UCharacter.isLetter(letter)) {
            return otherwise;
        }
        String skeleton = skeleton(letter);
        if (!isLatin(skeleton) || skeleton.length() > 1) {
            return otherwise;
        }
        return isStroke(letter) ? STROKE : skeleton.charAt(0);
    }

    /** What the letter of an alphabet is compared as that has the same skeleton. */
    private static int sameShape(String alphabet, int letter, int otherwise) {
        String shape = shape(letter);
        for (int i = 0; i < alphabet.length(); i++) {
            int own = alphabet.charAt(i);
            if (shape(own).equals(shape) || shape(UCharacter.toUpperCase(own)).equals(shape)) {
                return prototype(own).codePointAt(0);
            }
        }
        return otherwise;
    }

    /**
     * Whether a letter of another script, as it stands in the text, is an upright stroke. ICU has l for each of them, as it
     * has for capital I, and L for what is an L.
     */
    static boolean isStroke(int letter) {
        return letter >= 0x80
                && (UScript.getScript(letter) != UScript.LATIN || letter == 'ǀ')
                && DECOMPOSE.isNormalized(Character.toString(letter))
                && shape(letter).equals("l");
    }

    /** The letter's skeleton without marks; ICU writes m as rn. */
    private static String shape(int letter) {
        return withoutMarks(CHECKER.getSkeleton(Character.toString(letter))).replace("rn", "m");
    }

    private static String skeleton(int letter) {
        return shape(letter).toLowerCase(Locale.ROOT);
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

        /** Maps to what {@code prototypes} has for what this maps to. */
        Pairs comparedAs(Pairs prototypes) {
            for (int i = 0; i < to.length(); i++) {
                int prototype = prototypes.of(to.charAt(i));
                to.setCharAt(i, prototype == 0 ? to.charAt(i) : (char) prototype);
            }
            return this;
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
