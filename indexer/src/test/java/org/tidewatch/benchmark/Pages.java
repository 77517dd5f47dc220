package org.tidewatch.benchmark;

import java.util.List;
import java.util.Locale;
import java.util.Random;
import org.tidewatch.item.Item;
import org.tidewatch.item.TestItem;

/** Invented pages of 600 words in three scripts, as a crawl would bring them. */
final class Pages {

    static final int WORDS = 600;
    /** Set phrases on a page; the rest are words on their own. */
    static final int PHRASES = 30;

    static final int HOSTS = 2_000;
    static final List<String> PLATFORMS = List.of("web", "forum", "telegram", "paste", "video");

    private final Random random;
    private final List<Tongue> tongues;

    Pages(List<Tongue> tongues, Random random) {
        this.tongues = tongues;
        this.random = random;
    }

    /** Latin for 60 % of the pages, Cyrillic and Arabic script for a fifth each. */
    static List<Tongue> tongues(Random random) {
        return List.of(
                new Tongue("en", "bcdfghjklmnprstvwz", "aeiou", random),
                new Tongue("ru", "бвгджзклмнпрстфх", "аеиоуы", random),
                new Tongue("ar", "بتثجحخدذرزسشصضطظعغفقكلمنه", "اوي", random));
    }

    static Tongue tongue(List<Tongue> tongues, Random random) {
        int at = random.nextInt(5);
        return tongues.get(at < 3 ? 0 : at - 2);
    }

    /** One host in many has most of the pages. */
    static String host(Random random) {
        return "host" + (int) (HOSTS * Math.pow(random.nextDouble(), 3)) + ".example";
    }

    Item page(int number) {
        Tongue tongue = tongue(tongues, random);
        String url = "https://" + host(random) + "/page/" + number;
        return TestItem.at(url)
                .title(words(tongue, 8))
                .text(words(tongue, WORDS))
                .author(tongue.word(random) + random.nextInt(1_000), words(tongue, 2))
                .platform(PLATFORMS.get(random.nextInt(PLATFORMS.size())))
                .language(tongue.code())
                .links(
                        "https://" + host(random) + "/a/" + random.nextInt(1_000),
                        "https://" + host(random) + "/b/" + random.nextInt(1_000),
                        "https://" + host(random) + "/c/" + random.nextInt(1_000))
                .build();
    }

    private String words(Tongue tongue, int count) {
        StringBuilder text = new StringBuilder();
        boolean opening = true;
        for (int i = 0; i < count; i++) {
            boolean set = count == WORDS && random.nextInt(WORDS / PHRASES) == 0;
            String word = set ? tongue.phrase(random) : tongue.word(random);
            boolean capital = opening || random.nextInt(25) == 0;
            text.append(capital ? word.substring(0, 1).toUpperCase(Locale.ROOT) + word.substring(1) : word);
            opening = random.nextInt(14) == 0;
            boolean paragraph = opening && random.nextInt(6) == 0;
            text.append(paragraph ? ".\n" : opening ? ". " : random.nextInt(12) == 0 ? ", " : " ");
        }
        return text.toString().strip();
    }
}
