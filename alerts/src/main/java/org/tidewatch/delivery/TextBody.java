package org.tidewatch.delivery;

import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import org.tidewatch.match.Reason;
import org.tidewatch.novelty.Alert;

/**
 * A letter as plain text. Text that runs from right to left stands between a first strong isolate and its end (Unicode
 * Standard Annex 9), so that it does not turn the line around it.
 */
final class TextBody {

    private static final Pattern RIGHT_TO_LEFT = Pattern.compile("[\\u0590-\\u08ff\\ufb1d-\\ufdff\\ufe70-\\ufefc]");
    private static final char ISOLATE = '\u2068';
    private static final char END_ISOLATE = '\u2069';
    private static final String RULE = "-".repeat(72);
    private static final int LABEL = 11;

    private final StringBuilder out = new StringBuilder();
    private final Optional<URI> kibana;

    private TextBody(Optional<URI> kibana) {
        this.kibana = kibana;
    }

    static String of(Letter letter, Optional<URI> kibana) {
        return new TextBody(kibana).letter(letter);
    }

    private String letter(Letter letter) {
        line(letter.headline());
        line(letter.platforms());
        line("");
        line(Facts.CANDIDATE.toUpperCase(Locale.ROOT));
        line(Facts.CARE);
        int number = 1;
        for (Entry entry : letter.entries()) {
            entry(entry, number++, letter.entries().size() + letter.unshown());
        }
        line("");
        line(RULE);
        Facts.unshown(letter).ifPresent(this::line);
        Facts.ended(letter).ifPresent(this::line);
        Facts.why(letter).forEach(this::line);
        return out.toString();
    }

    private void entry(Entry entry, int number, int of) {
        line("");
        line(RULE);
        line("[T" + entry.tier() + "] " + number + " of " + of + " · " + Facts.kind(entry));
        line(isolated(Facts.title(entry)));
        line("");
        Facts.of(entry).forEach(this::fact);
        Facts.sameAs(entry).ifPresent(text -> {
            line("");
            line(isolated(text));
        });
        line("");
        line("Why");
        for (Alert.Search search : entry.searches()) {
            reasons(search, entry.reasons().getOrDefault(search.id(), List.of()));
        }
        line("");
        fact("See more", entry.show());
        fact("Decide", entry.decide());
        Facts.kibana(kibana, entry).ifPresent(link -> fact("Kibana", link));
    }

    private void reasons(Alert.Search search, List<Reason> reasons) {
        for (Reason reason : reasons.subList(0, Math.min(reasons.size(), Entry.MAX_REASONS))) {
            line("  * " + isolated(Facts.because(search, reason)));
            Excerpt excerpt = Excerpt.of(reason);
            String match = excerpt.match().isEmpty() ? "" : "**" + excerpt.match() + "**";
            String text = (excerpt.before() + match + excerpt.after()).strip();
            if (!text.isEmpty() && reason.end() > reason.start()) {
                line("    " + isolated(text));
            }
        }
        if (reasons.size() > Entry.MAX_REASONS) {
            line("    " + Facts.places(reasons.size() - Entry.MAX_REASONS));
        }
    }

    private void fact(String label, String value) {
        line(label + " ".repeat(LABEL - label.length()) + isolated(value));
    }

    private static String isolated(String text) {
        return RIGHT_TO_LEFT.matcher(text).find() ? ISOLATE + text + END_ISOLATE : text;
    }

    private void line(String text) {
        out.append(text).append('\n');
    }
}
