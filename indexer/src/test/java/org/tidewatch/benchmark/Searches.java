package org.tidewatch.benchmark;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.tidewatch.search.SavedSearch;
import org.tidewatch.search.SearchSet;
import org.tidewatch.search.TestSearch;

/**
 * Invented searches, folded, of 3 to 12 terms: alternatives that must all be met, phrases, filters, exceptions, trailing
 * wildcards in 5 % and leading ones in 0.1 %. Their words are as rare as it takes for each to match a given share of pages.
 */
final class Searches {

    /** A kind of set. */
    enum Kind {
        /** About three searches match a page, however many there are. */
        REALISTIC,
        /** One to two in a hundred searches match a page. */
        NOISY,
        /** As the realistic one, with a fuzzy word in one search of twenty. */
        FUZZY,
        /** Noisy, with a fuzzy word in one search of twenty. */
        NOISY_FUZZY
    }

    private static final double MATCHES = 2.5;
    private static final double NOISE = 0.015;

    private final Kind kind;
    private final double share;
    private final List<Tongue> tongues;
    private final Random random;

    Searches(Kind kind, int count, List<Tongue> tongues, Random random) {
        this.kind = kind;
        this.share = kind == Kind.NOISY || kind == Kind.NOISY_FUZZY ? NOISE : MATCHES / count;
        this.tongues = tongues;
        this.random = random;
    }

    static SearchSet set(Kind kind, int count, List<Tongue> tongues, Random random) {
        Searches searches = new Searches(kind, count, tongues, random);
        return TestSearch.set(
                1,
                IntStream.range(0, count)
                        .mapToObj(number -> TestSearch.approved("search-" + number, searches.query()))
                        .toArray(SavedSearch[]::new));
    }

    String query() {
        Tongue tongue = Pages.tongue(tongues, random);
        boolean latin = tongue == tongues.get(0);
        double ofTongue = latin ? 0.6 : 0.2;
        List<String> parts = new ArrayList<>();
        double left = share * (0.3 + 1.4 * random.nextDouble()) / ofTongue;
        if (random.nextInt(10) < 2) {
            parts.add("platform:" + Pages.PLATFORMS.get(random.nextInt(Pages.PLATFORMS.size())));
            left = Math.min(0.5, left * Pages.PLATFORMS.size());
        }
        if (random.nextInt(10) < 2) {
            parts.add("language:" + tongue.code());
        }
        if (random.nextInt(20) == 0) {
            parts.add("host:" + Pages.host(random));
            left = Math.min(0.5, left * 100);
        }
        if (random.nextInt(10) < 3) {
            parts.add(phrases(tongue, left));
        } else {
            int groups = 2 + random.nextInt(2);
            for (int i = 0; i < groups; i++) {
                parts.add(group(tongue, Math.pow(left, 1.0 / groups), 2 + random.nextInt(3)));
            }
        }
        if (random.nextInt(10) == 0) {
            parts.add("NOT " + tongue.wordOfShare(ofPage(0.05), random));
        }
        if (random.nextInt(1_000) == 0) {
            parts.add("text:*" + tongue.wordOfShare(ofPage(0.3), random));
        }
        return String.join(" AND ", parts);
    }

    /** Two to four phrases, one of which is enough. */
    private String phrases(Tongue tongue, double target) {
        int count = 2 + random.nextInt(3);
        List<String> phrases = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            double share = 1 - Math.pow(1 - Math.min(0.9, target / count), 1.0 / Pages.PHRASES);
            phrases.add('"' + tongue.phraseOfShare(share, random) + '"');
        }
        return "(" + String.join(" OR ", phrases) + ")";
    }

    /** Words one of which is enough, bare or of the text alone. */
    private String group(Tongue tongue, double target, int count) {
        List<String> words = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            String word = tongue.wordOfShare(ofPage(Math.min(0.9, target / count)), random);
            int dice = random.nextInt(1_000);
            if (dice < 7 && word.length() > 5) {
                word = word.substring(0, word.length() - 1) + "*";
            } else if (dice < 30 && (kind == Kind.FUZZY || kind == Kind.NOISY_FUZZY) && word.length() > 5 && i == 0) {
                word = word + "~1";
            }
            words.add((random.nextInt(5) == 0 ? "text:" : "") + word);
        }
        return "(" + String.join(" OR ", words) + ")";
    }

    /** Share of all words at which a word stands on this share of pages. */
    private static double ofPage(double ofPages) {
        return 1 - Math.pow(1 - ofPages, 1.0 / Pages.WORDS);
    }
}
