package org.tidewatch.extract;

import com.ibm.icu.lang.UScript;
import com.ibm.icu.util.ULocale;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import org.apache.tika.langdetect.optimaize.OptimaizeLangDetector;
import org.apache.tika.language.detect.LanguageResult;

/**
 * Names the language of a text, as an ISO 639 code: by the detector when the text is long enough for it to be certain,
 * else as the page declares it, if the declared language is written in the text's script at all. Absent when neither
 * holds. Thread-safe; the models are loaded once.
 *
 * <p>The detector knows no Pashto and takes it for Persian.
 */
final class Languages {

    /** Letters from which the detector's word counts. */
    private static final int ENOUGH_LETTERS = 40;

    private static final int PLENTY_LETTERS = 200;
    private static final float CERTAIN = 0.98f;
    private static final float LIKELY = 0.8f;

    /** Characters that the detector reads; more make it slower, not better. */
    private static final int SAMPLE = 1_500;

    private static final Pattern CODE = Pattern.compile("[A-Za-z]{2,3}(?=$|[-_])");

    private Languages() {}

    /** @param declared a language tag such as {@code ar} or {@code pt-BR}, as the page gives it */
    static Optional<String> of(String text, Optional<String> declared) {
        String sample = text.substring(0, Math.min(text.length(), SAMPLE));
        int letters = (int) sample.codePoints().filter(Character::isLetter).count();
        if (letters == 0) {
            return Optional.empty();
        }
        return detected(sample, letters).or(() -> declared.flatMap(tag -> declared(tag, sample)));
    }

    private static Optional<String> detected(String sample, int letters) {
        if (letters < ENOUGH_LETTERS) {
            return Optional.empty();
        }
        LanguageResult best = new OptimaizeLangDetector(SAMPLE).loadModels().detect(sample);
        float needed = letters < PLENTY_LETTERS ? CERTAIN : LIKELY;
        return best.isUnknown() || best.getRawScore() < needed
                ? Optional.empty()
                : Optional.of(new ULocale(best.getLanguage()).getLanguage());
    }

    private static Optional<String> declared(String tag, String sample) {
        var code = CODE.matcher(tag.strip());
        if (!code.lookingAt()) {
            return Optional.empty();
        }
        String language = code.group().toLowerCase(Locale.ROOT);
        int[] scripts = UScript.getCode(new ULocale(tag.strip().replace('_', '-')));
        if (scripts == null) {
            return Optional.empty();
        }
        long written = sample.codePoints()
                .filter(Character::isLetter)
                .filter(letter -> isIn(UScript.getScript(letter), scripts))
                .count();
        long letters = sample.codePoints().filter(Character::isLetter).count();
        return written * 2 >= letters ? Optional.of(language) : Optional.empty();
    }

    private static boolean isIn(int script, int[] scripts) {
        for (int known : scripts) {
            if (known == script) {
                return true;
            }
        }
        return false;
    }
}
