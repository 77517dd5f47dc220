package org.tidewatch.text;

import com.ibm.icu.lang.UCharacter;
import com.ibm.icu.text.SpoofChecker;
import java.lang.Character.UnicodeScript;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What stands in for a letter: characters of other scripts that look like it, its Arabic forms, its entity, its leet. */
final class Similar {

    /** Scripts that evaders borrow letters from. */
    private static final Set<UnicodeScript> LENDERS = EnumSet.of(
            UnicodeScript.LATIN,
            UnicodeScript.GREEK,
            UnicodeScript.CYRILLIC,
            UnicodeScript.ARABIC,
            UnicodeScript.HEBREW,
            UnicodeScript.ARMENIAN,
            UnicodeScript.CHEROKEE,
            UnicodeScript.LISU,
            UnicodeScript.COPTIC,
            UnicodeScript.CANADIAN_ABORIGINAL,
            UnicodeScript.DESERET);

    /** Lookalikes that people use and UTS 39 doesn't have, since it tells small letters from capitals. */
    private static final String POPULAR = "nп nη kк mм tт tτ bЬ bв hһ hн uц vν wш wω rг yу yγ xх xχ aα eε iι pρ "
            + "BВ HН KК MМ TТ NИ RЯ NΝ HΗ "
            + "аa вB еe кk мm нH оo рp сc тT уy хx іi пn пπ гr лλ фφ шw нΗ "
            + "αa βB εe ιi κk μM οo πп ρp τT χx γy λл φф ωw νv υu "
            + "اl اI هo هO";

    /** Digits and symbols for letters, by the letter without marks. */
    static final Map<Integer, String> LEET = leet(
            "a4@ e3 i1! l1| o0 s5$ t7+ b86 g96 z2 c(< о0 з3 ч4 б6 в8 а@4 е3 т7 і1! α@4 ε3 ι1! ο0 τ7+ β8 ا1!| ه0 ع3 ح7 E3 O0 A4 I1 S5");

    private static final SpoofChecker CHECKER = new SpoofChecker.Builder().build();
    private static final Map<Integer, List<String>> LOOKALIKES = new HashMap<>();
    private static final Map<Integer, List<String>> PRESENTATIONS = new HashMap<>();
    private static final Map<Integer, String> ENTITIES = new HashMap<>();

    static {
        Map<String, List<Integer>> bySkeleton = new HashMap<>();
        for (int c = 'A'; c < 0x10450; c++) {
            if (Character.isLetter(c)
                    && Character.getType(c) != Character.MODIFIER_LETTER
                    && LENDERS.contains(UnicodeScript.of(c))
                    && bare(c) == c
                    && !isTurned(c)) {
                bySkeleton
                        .computeIfAbsent(CHECKER.getSkeleton(Character.toString(c)), skeleton -> new ArrayList<>())
                        .add(c);
            }
        }
        for (List<Integer> alike : bySkeleton.values()) {
            for (int one : alike) {
                for (int other : alike) {
                    if (UnicodeScript.of(one) != UnicodeScript.of(other) && isFor(one)) {
                        add(LOOKALIKES, one, Character.toString(other));
                    }
                }
            }
        }
        for (int i = 0; i < POPULAR.length(); i += 3) {
            add(LOOKALIKES, POPULAR.charAt(i), POPULAR.substring(i + 1, i + 2));
        }
        LOOKALIKES.forEach((letter, similar) -> similar.sort(Comparator.comparing(
                one -> Character.isUpperCase(letter) != Character.isUpperCase(one.codePointAt(0)))));
        for (int c = 0xFB50; c <= 0xFEFC; c++) {
            String form = Normalizer.normalize(Character.toString(c), Normalizer.Form.NFKC);
            if (Character.isLetter(c) && form.length() == 1) {
                add(PRESENTATIONS, form.charAt(0), Character.toString(c));
            }
        }
        for (String entity :
                ("é:eacute è:egrave à:agrave ç:ccedil ñ:ntilde ö:ouml ü:uuml ä:auml ó:oacute ß:szlig ø:oslash "
                                + "α:alpha β:beta γ:gamma ε:epsilon κ:kappa ρ:rho ο:omicron λ:lambda φ:phi ς:sigmaf σ:sigma μ:mu")
                        .split(" ", -1)) {
            ENTITIES.put((int) entity.charAt(0), "&" + entity.substring(2) + ";");
        }
    }

    private Similar() {}

    static List<String> to(int letter) {
        return LOOKALIKES.getOrDefault(letter, List.of());
    }

    static List<String> presentations(int letter) {
        return PRESENTATIONS.getOrDefault(letter, List.of());
    }

    static String entity(int letter) {
        return ENTITIES.getOrDefault(letter, Character.toString(letter));
    }

    /** The letter without its marks. */
    static int bare(int letter) {
        return Normalizer.normalize(Character.toString(letter), Normalizer.Form.NFD)
                .codePointAt(0);
    }

    /** Letters of the scripts that samples are in. Of Arabic, only what the popular list has: few of its shapes are shared. */
    private static boolean isFor(int letter) {
        UnicodeScript script = UnicodeScript.of(letter);
        return (script == UnicodeScript.LATIN && letter < 0x80)
                || (script == UnicodeScript.GREEK && letter < 0x400)
                || (script == UnicodeScript.CYRILLIC && letter < 0x460);
    }

    private static boolean isTurned(int c) {
        return UCharacter.getExtendedName(c).contains("TURNED");
    }

    private static void add(Map<Integer, List<String>> map, int letter, String similar) {
        map.computeIfAbsent(letter, c -> new ArrayList<>()).add(similar);
    }

    private static Map<Integer, String> leet(String table) {
        Map<Integer, String> signs = new HashMap<>();
        for (String entry : table.split(" ", -1)) {
            signs.put((int) entry.charAt(0), entry.substring(1));
        }
        return signs;
    }
}
