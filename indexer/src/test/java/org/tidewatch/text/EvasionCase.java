package org.tidewatch.text;

import java.lang.Character.UnicodeScript;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Collectors;

/**
 * A word or phrase that was hidden in a sentence.
 *
 * @param evasions what was done to it, in this order
 * @param source what is looked for
 * @param text the sentence that it is hidden in
 */
record EvasionCase(List<Evasion> evasions, String source, String text) {

    /** A word or phrase, the script it is written in, and sentences to hide it in. */
    private record Sample(String source, UnicodeScript script, List<String> contexts) {}

    private static final List<String> LATIN = List.of(
            "they saw %s today", "%s rises again", "about: %s.", "a %s was seen", "(\"%s\")", "and i say %s, i do");
    private static final List<String> ARABIC = List.of("رأيت %s اليوم", "%s من جديد", "قال: %s.", "و %s هنا");
    private static final List<String> CYRILLIC =
            List.of("мы видели %s вчера", "%s и снова", "о нём: %s.", "а %s здесь");
    private static final List<String> GREEK = List.of("είδαμε %s χθες", "%s και πάλι", "λένε: %s.", "ο %s εδώ");

    private static final List<Sample> SAMPLES = new ArrayList<>();

    static {
        samples(
                UnicodeScript.LATIN,
                LATIN,
                "falcon",
                "harbour",
                "lantern",
                "meeting",
                "kilometre",
                "visit",
                "army",
                "feel",
                "résistance",
                "größe",
                "łódź",
                "İstanbul",
                "1984 falcon",
                "purple falcon",
                "purple falcon front",
                "silver lantern rises",
                "blue harbour signal tower");
        samples(
                UnicodeScript.ARABIC,
                ARABIC,
                "الصقر",
                "منارة",
                "فالكون",
                "كتابي",
                "أهلها",
                "الصقر الأرجواني",
                "جبهة الصقر الأرجواني",
                "شاهین بنفش",
                "جامنی باز");
        samples(
                UnicodeScript.CYRILLIC,
                CYRILLIC,
                "сокол",
                "гавань",
                "маяк",
                "зайчик",
                "фиолетовый сокол",
                "фронт сокола",
                "їжак");
        samples(UnicodeScript.GREEK, GREEK, "γεράκι", "φάρος", "λιμάνι", "νερό", "μωβ γεράκι", "μέτωπο του γερακιού");
        samples(UnicodeScript.LATIN, LATIN, "purple сокол", "صقر falcon", "γεράκι falcon", "falcon ١٩٨٤");
    }

    private static void samples(UnicodeScript script, List<String> contexts, String... sources) {
        for (String source : sources) {
            SAMPLES.add(new Sample(source, script, contexts));
        }
    }

    /** Every evasion alone, in every sample and sentence in which it can be done, {@code times} times. */
    static List<EvasionCase> alone(long seed, int times) {
        Random random = new Random(seed);
        List<EvasionCase> cases = new ArrayList<>();
        for (Evasion evasion : Evasion.values()) {
            for (Sample sample : SAMPLES) {
                for (int i = 0; i < times * sample.contexts().size(); i++) {
                    make(List.of(evasion), sample, i, random).ifPresent(cases::add);
                }
            }
        }
        return cases;
    }

    /** Every two evasions one after the other, unless that is impossible, once in every sample. */
    static List<EvasionCase> pairs(long seed) {
        Random random = new Random(seed);
        List<EvasionCase> cases = new ArrayList<>();
        for (Evasion first : Evasion.values()) {
            for (Evasion second : Evasion.values()) {
                if (second.impossibleAfter(first).isEmpty()) {
                    for (Sample sample : SAMPLES) {
                        make(List.of(first, second), sample, random.nextInt(12), random)
                                .ifPresent(cases::add);
                    }
                }
            }
        }
        return cases;
    }

    private static Optional<EvasionCase> make(List<Evasion> evasions, Sample sample, int context, Random random) {
        Optional<String> hidden = Optional.of(sample.source());
        for (Evasion evasion : evasions) {
            hidden = hidden.flatMap(text -> evasion.apply(text, sample.script(), random));
        }
        String sentence = sample.contexts().get(context % sample.contexts().size());
        return hidden.map(text -> new EvasionCase(evasions, sample.source(), sentence.replace("%s", text)));
    }

    String name() {
        return evasions.stream().map(Evasion::name).collect(Collectors.joining(", then "));
    }

    /** Whether the folded stream of the text holds what is looked for. */
    boolean isFound() {
        return Found.in(source, text);
    }
}
