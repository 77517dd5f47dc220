package org.tidewatch.delivery;

import java.text.Normalizer;
import java.util.List;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** Finds what a mail program would make a link of in a text, more eagerly than any program does. */
final class Links {

    private static final List<Pattern> LINKS = List.of(
            Pattern.compile("(?i)https?:"),
            Pattern.compile("(?i)ftps?://"),
            Pattern.compile("(?i)(?<!hxxp|hxxps|fxp|fxps)://"),
            Pattern.compile("(?i)www\\."),
            Pattern.compile("(?i)(mailto|tel|tg|javascript|data|magnet):"),
            Pattern.compile("[\\p{L}\\p{N}\\p{M}_-][.\u3002\uff0e\uff61][\\p{L}\\p{N}]"),
            Pattern.compile("(?<!\\[)[@\uff20\ufe6b]|[@\uff20\ufe6b](?!\\])"),
            Pattern.compile("[\\p{Cc}\u2028\u2029\u202a-\u202e\u200e\u200f&&[^\\n]]"));

    private Links() {}

    /** The first link in the text as it is, without what is invisible, or with its letters and marks put together. */
    static Optional<String> first(String text) {
        String visible = text.replaceAll("[\\p{Cf}\\ufe00-\\ufe0f]", "");
        for (String form : List.of(text, visible, Normalizer.normalize(visible, Normalizer.Form.NFC))) {
            for (Pattern link : LINKS) {
                Optional<String> found = link.matcher(form)
                        .results()
                        .findFirst()
                        .map(MatchResult::start)
                        .map(at -> form.substring(Math.max(0, at - 20), Math.min(form.length(), at + 30)));
                if (found.isPresent()) {
                    return found;
                }
            }
        }
        return Optional.empty();
    }
}
