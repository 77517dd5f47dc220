package org.tidewatch.text;

import com.ibm.icu.lang.UCharacter;
import com.ibm.icu.lang.UCharacterCategory;
import com.ibm.icu.lang.UProperty;
import com.ibm.icu.lang.UScript;
import com.ibm.icu.text.Normalizer2;

/**
 * The safe folds of one code point, worked out once for the {@link GlyphTable}: compatibility form, marks, case, letter
 * variants, lookalikes. Hangul and kana keep their composed form, since their marks tell letters apart, and so do the
 * vowel signs of the scripts of India and South-East Asia.
 */
final class LetterForm {

    private static final Normalizer2 FORM = Normalizer2.getNFKCInstance();
    private static final Normalizer2 PARTS = Normalizer2.getNFKDInstance();
    private static final Normalizer2 CASE = Normalizer2.getNFKCCasefoldInstance();

    /** Letters that no decomposition leads from, and what they are: small capitals, letters with strokes. */
    private static final String VARIANTS =
            "ĸk ƅb ᴀa ʙb ᴃb ᴄc ᴅd ᴇe ꜰf ɢg ʜh ɪi ᴊj ᴋk ʟl ᴌl ᴍm ɴn ᴎи ᴏo ᴘp ꞯq ʀr ᴙя ꜱs ᴛt ᴜu ᴠv ᴡw ʏy ᴢz ðd ᴆd ꟼp ʗc ↄc ᴐc ꝺd ꝼf ꝿg"
                    + " ٱا ٲا ٳا ٵا ٶو ٷو ٸي ىي یي ېي ۍي ےي ۓي ٮب ةه ۃه ہه ۂه ھه ەه ۀه ۿه کك ڪك ګگ ںن ڡف ٯق";

    private static final String APOSTROPHES = "'’‘‛`´′ʹʻʼʽˈ＇׳";
    private static final String HYPHENS = "-‐‑﹣－⁃";

    /** A sigma by name, which nobody who writes Greek uses for one. */
    private static final int LUNATE_SIGMA = 'ϲ';

    private static final int CAPITAL_LUNATE_SIGMA = 'Ϲ';

    private LetterForm() {}

    /** The glyph of a code point; never zero. */
    static long glyph(int c) {
        int layout = layout(c);
        if (layout != 0) {
            return Glyph.of(layout, 0);
        }
        if (isVoiceMark(c)) {
            return Glyph.letter(
                    Glyph.COMPOSING, FORM.normalize(Character.toString(c)).charAt(0), 0, 0, false);
        }
        if (isMark(c)) {
            return Glyph.letter(Glyph.MARK, 0, 0, Folds.MARKS, false);
        }
        if (c >= 0x1F1E6 && c <= 0x1F1FF) {
            return Glyph.letter(Glyph.REGIONAL, 'a' + c - 0x1F1E6, Script.LATIN.bit(), Folds.FORM, true);
        }
        int turned = Turned.upright(c);
        if (turned != 0) {
            long glyph = Glyph.letter(Glyph.LETTER, turned, Script.LATIN.bit(), Folds.LOOKALIKES, true);
            return Turned.isStrong(c) ? Glyph.turned(glyph) : glyph;
        }
        int symbol = Leet.symbol(c);
        if (symbol != 0) {
            return Glyph.letter(Glyph.SYMBOL, symbol, 0, 0, false);
        }
        return letters(c);
    }

    /** The kind of a code point that is no part of a word, or 0. */
    private static int layout(int c) {
        if (c == '\n' || c == 0x0B || c == 0x0C || c == 0x85 || c == 0x2028 || c == 0x2029) {
            return Glyph.NEWLINE;
        }
        if (c == '\t' || c == '\r' || c == 0x2800 || UCharacter.getType(c) == UCharacterCategory.SPACE_SEPARATOR) {
            return Glyph.SPACE;
        }
        if (HYPHENS.indexOf(c) >= 0) {
            return Glyph.HYPHEN;
        }
        if (c == 0xAD) {
            return Glyph.SOFT_HYPHEN;
        }
        if (APOSTROPHES.indexOf(c) >= 0) {
            return Glyph.APOSTROPHE;
        }
        int type = UCharacter.getType(c);
        boolean silent = type == UCharacterCategory.CONTROL
                || (type == UCharacterCategory.FORMAT && c != 0x6DD)
                || c == 0x640
                || UCharacter.hasBinaryProperty(c, UProperty.DEFAULT_IGNORABLE_CODE_POINT);
        return silent ? Glyph.INVISIBLE : 0;
    }

    private static long letters(int c) {
        String form = Lookalikes.isDecorative(c) ? Lookalikes.prototype(c) : form(c);
        form = form.equals(Character.toString(c)) ? form(c) : form;
        StringBuilder folded = new StringBuilder();
        for (int letter : form.codePoints().toArray()) {
            if (UCharacter.isDigit(letter)) {
                folded.append((char) ('0' + UCharacter.digit(letter)));
            } else if (UCharacter.isLetter(letter) || isVowelSign(letter)) {
                folded.append(Lookalikes.prototype(letter));
            } else if (!isMark(letter) && folded.length() > 0) {
                folded.append(' ');
            }
        }
        String letters = folded.toString().strip();
        if (letters.isEmpty()) {
            return Glyph.of(isEmoji(c) ? Glyph.EMOJI : Glyph.BREAK, 0);
        }
        int code = letters.codePointAt(0);
        int scripts = isArabicDigit(c) ? Script.ARABIC.bit() : scripts(form);
        int folds = folds(c, form, letters);
        if ((letters.equals("l") || letters.equals("i")) && Script.of(c) == Script.LATIN && Lookalikes.isStroke(c)) {
            return Glyph.letter(Glyph.LETTER, Lookalikes.STROKE, Script.LATIN.bit(), Folds.LOOKALIKES, true);
        }
        if (letters.length() > Character.charCount(code)) {
            return Glyph.letter(Glyph.EXPANSION, GlyphTable.expansion(letters), scripts, folds, isAlphabetic(code));
        }
        if (code >= '0' && code <= '9') {
            return Glyph.letter(Glyph.DIGIT, code, scripts, folds, true);
        }
        if (isJamo(code)) {
            return Glyph.letter(Glyph.COMPOSING, code, scripts, folds, false);
        }
        return Glyph.letter(
                isIdeograph(code) ? Glyph.IDEOGRAPH : Glyph.LETTER, code, scripts, folds, isAlphabetic(code));
    }

    /** Letters and digits of a code point, in small letters and without marks, and what stands between them. */
    private static String form(int c) {
        if (c >= 0x1F150 && c <= 0x1F169) {
            return Character.toString('a' + c - 0x1F150);
        }
        if (c >= 0x1F170 && c <= 0x1F189) {
            return Character.toString('a' + c - 0x1F170);
        }
        if (c >= 0x2776 && c <= 0x2793) {
            return Integer.toString((c - 0x2776) % 10 + 1);
        }
        if (c >= 0x24EB && c <= 0x24FF) {
            return Integer.toString(c <= 0x24F4 ? c - 0x24E0 : (c - 0x24F4) % 11);
        }
        if (c == LUNATE_SIGMA || c == CAPITAL_LUNATE_SIGMA) {
            return "c";
        }
        if ((UCharacter.getType(c) == UCharacterCategory.OTHER_NUMBER && isRaised(c)) || c == 0x2122 || c == 0x2120) {
            return "";
        }
        int script = UScript.getScript(c);
        if (script == UScript.HANGUL || script == UScript.KATAKANA || script == UScript.HIRAGANA || isVowelSign(c)) {
            return FORM.normalize(Character.toString(c));
        }
        String bare = bare(PARTS.normalize(Character.toString(c)));
        return unboxed(bare(PARTS.normalize(CASE.normalize(bare))));
    }

    private static String bare(String parts) {
        StringBuilder bare = new StringBuilder(parts.length());
        parts.codePoints().filter(c -> !isMark(c)).map(LetterForm::variant).forEach(bare::appendCodePoint);
        return bare.toString();
    }

    /** The letter in {@code (a)}, {@code a.} or {@code 1,}, which one code point can be. */
    private static String unboxed(String form) {
        if (form.length() == 3 && "(〔".indexOf(form.charAt(0)) >= 0) {
            return form.substring(1, 2);
        }
        return form;
    }

    private static int variant(int c) {
        for (int i = 0; i < VARIANTS.length(); i += 3) {
            if (VARIANTS.charAt(i) == c) {
                return VARIANTS.charAt(i + 1);
            }
        }
        return c;
    }

    private static int scripts(String form) {
        return form.codePoints()
                .filter(UCharacter::isLetter)
                .map(letter -> Script.of(letter).bit())
                .reduce(0, (one, other) -> one | other);
    }

    /**
     * What was done to {@code c} to make {@code form} and, by lookalikes, {@code letters} of it. The prototypes of a living
     * script are left out: every one of its words goes that way.
     */
    private static int folds(int c, String form, String letters) {
        String itself = Character.toString(c);
        String parts = PARTS.normalize(itself);
        boolean arabic = isArabicDigit(c) || (scripts(form) & Script.ARABIC.bit()) != 0;
        boolean marked = parts.codePoints().anyMatch(LetterForm::isMark);
        int folds = 0;
        if (arabic) {
            return letters.equals(itself) ? 0 : Folds.ARABIC;
        }
        if (!Normalizer2.getNFDInstance().normalize(itself).equals(parts) || (UCharacter.isDigit(c) && c >= 0x80)) {
            folds |= Folds.FORM;
        }
        if (!PARTS.normalize(CASE.normalize(parts)).equals(parts)) {
            folds |= Folds.CASE;
        }
        if (marked || (c < 0x180 && !letters.equals(form))) {
            folds |= Folds.MARKS;
        } else if (Script.of(c) == Script.LATIN
                && (!letters.equals(form) || variant(c) != c || Lookalikes.isDecorative(c))) {
            folds |= Folds.LOOKALIKES;
        }
        return folds == 0 && UCharacter.getType(c) == UCharacterCategory.OTHER_SYMBOL ? Folds.FORM : folds;
    }

    /** A mark that is laid over a letter and leaves it the same; not a vowel sign. */
    static boolean isMark(int c) {
        return isCombining(c) && !isVoiceMark(c) && !isVowelSign(c);
    }

    private static boolean isCombining(int c) {
        int type = UCharacter.getType(c);
        return type == UCharacterCategory.NON_SPACING_MARK
                || type == UCharacterCategory.ENCLOSING_MARK
                || type == UCharacterCategory.COMBINING_SPACING_MARK;
    }

    /** Marks of scripts in which they are part of the spelling. */
    private static boolean isVowelSign(int c) {
        if (!isCombining(c)) {
            return false;
        }
        return switch (UScript.getScript(c)) {
            case UScript.INHERITED,
                    UScript.COMMON,
                    UScript.LATIN,
                    UScript.GREEK,
                    UScript.CYRILLIC,
                    UScript.ARABIC,
                    UScript.HEBREW,
                    UScript.SYRIAC,
                    UScript.COPTIC -> false;
            default -> true;
        };
    }

    /** A mark that makes another kana of the one before it. */
    static boolean isVoiceMark(int c) {
        return c == 0x3099 || c == 0x309A || c == 0xFF9E || c == 0xFF9F;
    }

    private static boolean isArabicDigit(int c) {
        return (c >= 0x660 && c <= 0x669) || (c >= 0x6F0 && c <= 0x6F9);
    }

    private static boolean isJamo(int c) {
        return (c >= 0x1161 && c <= 0x1175) || (c >= 0x11A8 && c <= 0x11C2);
    }

    /** Superscript numbers, which point to a note more often than they belong to a word. */
    private static boolean isRaised(int c) {
        return c == 0xB2 || c == 0xB3 || c == 0xB9 || (c >= 0x2070 && c <= 0x2079);
    }

    private static boolean isIdeograph(int c) {
        int script = UScript.getScript(c);
        return script == UScript.HAN || script == UScript.HIRAGANA || c == 0x3005 || c == 0x3007;
    }

    private static boolean isAlphabetic(int c) {
        return switch (UScript.getScript(c)) {
            case UScript.LATIN,
                    UScript.GREEK,
                    UScript.CYRILLIC,
                    UScript.ARABIC,
                    UScript.HEBREW,
                    UScript.ARMENIAN,
                    UScript.GEORGIAN,
                    UScript.COPTIC -> true;
            default -> false;
        };
    }

    private static boolean isEmoji(int c) {
        int type = UCharacter.getType(c);
        return type == UCharacterCategory.OTHER_SYMBOL
                || (type == UCharacterCategory.MODIFIER_SYMBOL && c >= 0x1F3FB)
                || UCharacter.hasBinaryProperty(c, UProperty.EXTENDED_PICTOGRAPHIC);
    }
}
