package org.tidewatch.text;

import com.ibm.icu.lang.UScript;

/**
 * The scripts whose letters stand in for each other, as far as a word's own script decides what a stranger among its
 * letters means.
 */
enum Script {
    LATIN(0),
    GREEK(1),
    CYRILLIC(2),
    ARABIC(3),
    HEBREW(4),
    /** Any other script that living languages are written in. */
    OTHER(5);

    /** Small capitals of Greek letters, which Greek is not written with. */
    private static final int FIRST_PHONETIC_GREEK = 0x1D26;

    private static final int LAST_PHONETIC_GREEK = 0x1D2A;

    private final int index;

    Script(int index) {
        this.index = index;
    }

    /** Place in tables by script, from 0 on; a script's bit is one shifted by as much. */
    int index() {
        return index;
    }

    /** One bit per script, for sets of them. */
    int bit() {
        return 1 << index;
    }

    /** The script of a letter; decorative and dead scripts, which only stand in for Latin, count as Latin. */
    static Script of(int letter) {
        if (letter >= FIRST_PHONETIC_GREEK && letter <= LAST_PHONETIC_GREEK) {
            return LATIN;
        }
        return switch (UScript.getScript(letter)) {
            case UScript.GREEK -> GREEK;
            case UScript.CYRILLIC -> CYRILLIC;
            case UScript.ARABIC -> ARABIC;
            case UScript.HEBREW -> HEBREW;
            case UScript.LATIN,
                    UScript.COMMON,
                    UScript.INHERITED,
                    UScript.CHEROKEE,
                    UScript.LISU,
                    UScript.COPTIC,
                    UScript.CANADIAN_ABORIGINAL,
                    UScript.DESERET,
                    UScript.CARIAN,
                    UScript.LYCIAN,
                    UScript.LYDIAN,
                    UScript.OLD_ITALIC,
                    UScript.RUNIC,
                    UScript.GOTHIC,
                    UScript.ELBASAN,
                    UScript.OSAGE,
                    UScript.TIFINAGH,
                    UScript.WARANG_CITI,
                    UScript.MIAO,
                    UScript.BAMUM,
                    UScript.NKO,
                    UScript.VAI -> LATIN;
            default -> OTHER;
        };
    }
}
