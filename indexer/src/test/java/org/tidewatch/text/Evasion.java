package org.tidewatch.text;

import java.lang.Character.UnicodeScript;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.function.IntFunction;
import java.util.stream.Collectors;

/**
 * Every way of hiding a word that the folding is to see through, as something that can be done to a text. Made from the
 * Unicode standard and from what people write, and not from the tables of the folding.
 */
enum Evasion {
    FULL_WIDTH(Kind.LETTERS) {
        @Override
        String change(String text, UnicodeScript script, Random random) {
            return letters(text, c -> c > ' ' && c < 0x7F && isLatin(c) ? point(c + 0xFEE0) : point(c));
        }
    },
    MATHEMATICAL(Kind.LETTERS) {
        @Override
        String change(String text, UnicodeScript script, Random random) {
            int[] capitals = {0x1D400, 0x1D434, 0x1D468, 0x1D4D0, 0x1D56C, 0x1D5A0, 0x1D5D4, 0x1D608, 0x1D63C, 0x1D670};
            int alphabet = capitals[random.nextInt(capitals.length)];
            return letters(text, c -> {
                if (c >= 'A' && c <= 'Z') {
                    return point(alphabet + c - 'A');
                }
                boolean hole = alphabet == 0x1D434 && c == 'h';
                return c >= 'a' && c <= 'z' && !hole ? point(alphabet + 26 + c - 'a') : point(c);
            });
        }
    },
    CIRCLED(Kind.LETTERS) {
        @Override
        String change(String text, UnicodeScript script, Random random) {
            return letters(text, c -> shifted(c, 0x24B6, 0x24D0));
        }
    },
    NEGATIVE_CIRCLED(Kind.LETTERS) {
        @Override
        String change(String text, UnicodeScript script, Random random) {
            return letters(text, c -> shifted(c, 0x1F150, 0x1F150));
        }
    },
    SQUARED(Kind.LETTERS) {
        @Override
        String change(String text, UnicodeScript script, Random random) {
            return letters(text, c -> shifted(c, 0x1F130, 0x1F130));
        }
    },
    NEGATIVE_SQUARED(Kind.LETTERS) {
        @Override
        String change(String text, UnicodeScript script, Random random) {
            return letters(text, c -> shifted(c, 0x1F170, 0x1F170));
        }
    },
    PARENTHESISED(Kind.LETTERS) {
        @Override
        String change(String text, UnicodeScript script, Random random) {
            return letters(text, c -> shifted(c, 0x1F110, 0x249C));
        }
    },
    REGIONAL(Kind.LETTERS) {
        @Override
        String change(String text, UnicodeScript script, Random random) {
            boolean latin = text.codePoints().filter(Character::isLetter).allMatch(c -> c < 0x80);
            return latin ? letters(text, c -> shifted(c, 0x1F1E6, 0x1F1E6)) : text;
        }
    },
    SMALL_CAPITALS(Kind.LETTERS) {
        @Override
        String change(String text, UnicodeScript script, Random random) {
            return mapped(text, "abcdefghijklmnopqrstuvwxyz", "ᴀʙᴄᴅᴇꜰɢʜɪᴊᴋʟᴍɴᴏᴘꞯʀꜱᴛᴜᴠᴡxʏᴢ");
        }
    },
    RAISED(Kind.LETTERS) {
        @Override
        String change(String text, UnicodeScript script, Random random) {
            return mapped(text, "abcdefghijklmnoprstuvwxyz", "ᵃᵇᶜᵈᵉᶠᵍʰⁱʲᵏˡᵐⁿᵒᵖʳˢᵗᵘᵛʷˣʸᶻ");
        }
    },
    CASE(Kind.LETTERS) {
        @Override
        String change(String text, UnicodeScript script, Random random) {
            return letters(text, c -> {
                boolean own = UnicodeScript.of(c) == script && c < 0x530;
                int other = Character.isUpperCase(c) ? Character.toLowerCase(c) : Character.toUpperCase(c);
                return point(own && random.nextBoolean() ? other : c);
            });
        }
    },
    TURKISH_I(Kind.LETTERS) {
        @Override
        String change(String text, UnicodeScript script, Random random) {
            String[] forms = {"ı", "İ", "I", "I\u0307", "i\u0307"};
            return letters(text, c -> c == 'i' || c == 'I' ? forms[random.nextInt(forms.length)] : point(c));
        }
    },
    LOOKALIKES(Kind.LETTERS) {
        @Override
        String change(String text, UnicodeScript script, Random random) {
            return some(text, random, 0.35, c -> {
                List<String> similar = Similar.to(c);
                return similar.isEmpty() ? point(c) : similar.get(random.nextInt(similar.size()));
            });
        }
    },
    LOOKALIKES_OF_ONE_SCRIPT(Kind.LETTERS) {
        @Override
        String change(String text, UnicodeScript script, Random random) {
            List<UnicodeScript> lenders = List.of(
                    UnicodeScript.CYRILLIC,
                    UnicodeScript.GREEK,
                    UnicodeScript.LATIN,
                    UnicodeScript.CHEROKEE,
                    UnicodeScript.LISU);
            UnicodeScript lender = lenders.get(random.nextInt(lenders.size()));
            return some(text, random, 0.5, c -> Similar.to(c).stream()
                    .filter(similar -> UnicodeScript.of(similar.codePointAt(0)) == lender)
                    .findFirst()
                    .orElse(point(c)));
        }
    },
    ZERO_WIDTH(Kind.ADDS) {
        @Override
        String change(String text, UnicodeScript script, Random random) {
            return behind(text, random, 0.7, "\u200B\u200C\u200D\u2060\uFEFF\u2062\u180E");
        }
    },
    BIDI(Kind.ADDS) {
        @Override
        String change(String text, UnicodeScript script, Random random) {
            return behind(text, random, 0.5, "\u200E\u200F\u061C\u202A\u202B\u202C\u202D\u2066\u2067\u2068\u2069");
        }
    },
    VARIATION(Kind.ADDS) {
        @Override
        String change(String text, UnicodeScript script, Random random) {
            return behind(text, random, 0.6, "\uFE00\uFE0E\uFE0F\uDB40\uDD00\uDB40\uDDEF");
        }
    },
    TAGS(Kind.ADDS) {
        @Override
        String change(String text, UnicodeScript script, Random random) {
            return behind(text, random, 0.6, point(0xE0061) + point(0xE007A) + point(0xE0020) + point(0xE007F));
        }
    },
    MARKS(Kind.ADDS) {
        @Override
        String change(String text, UnicodeScript script, Random random) {
            return behind(text, random, 0.8, "\u0300\u0301\u0308\u0323\u0327\u0332\u0336\u0338\u20DD\u20E3\u034F");
        }
    },
    ZALGO(Kind.ADDS) {
        @Override
        String change(String text, UnicodeScript script, Random random) {
            return letters(text, c -> {
                StringBuilder marked = new StringBuilder(point(c));
                for (int i = Character.isLetter(c) ? 5 + random.nextInt(40) : 0; i > 0; i--) {
                    marked.append((char) (0x300 + random.nextInt(0x45)));
                }
                return marked.toString();
            });
        }
    },
    ACCENTS_ADDED(Kind.LETTERS) {
        @Override
        String change(String text, UnicodeScript script, Random random) {
            String accents = "\u0300\u0301\u0302\u0303\u0304\u0306\u0308\u030A\u030C\u0328";
            return some(text, random, 0.7, c -> {
                String accented = point(c) + accents.charAt(random.nextInt(accents.length()));
                String one = Normalizer.normalize(accented, Normalizer.Form.NFC);
                return Character.isLetter(c) && one.length() == 1 ? one : point(c);
            });
        }
    },
    ACCENTS_STRIPPED(Kind.LETTERS) {
        @Override
        String change(String text, UnicodeScript script, Random random) {
            if (script == UnicodeScript.ARABIC) {
                return text;
            }
            String parts = Normalizer.normalize(text, Normalizer.Form.NFD);
            return parts.replaceAll("\\p{M}", "")
                    .replace('ł', 'l')
                    .replace('ø', 'o')
                    .replace('đ', 'd');
        }
    },
    TATWEEL(Kind.ADDS) {
        @Override
        String change(String text, UnicodeScript script, Random random) {
            return isArabic(text) ? behind(text, random, 0.6, "ـ") : text;
        }
    },
    HARAKAT(Kind.ADDS) {
        @Override
        String change(String text, UnicodeScript script, Random random) {
            return isArabic(text)
                    ? behind(text, random, 0.7, "\u064B\u064C\u064D\u064E\u064F\u0650\u0651\u0652\u0670")
                    : text;
        }
    },
    PRESENTATION_FORMS(Kind.LETTERS) {
        @Override
        String change(String text, UnicodeScript script, Random random) {
            return letters(text, c -> {
                List<String> forms = Similar.presentations(c);
                return forms.isEmpty() ? point(c) : forms.get(random.nextInt(forms.size()));
            });
        }
    },
    LETTER_VARIANTS(Kind.LETTERS) {
        @Override
        String change(String text, UnicodeScript script, Random random) {
            return some(text, random, 0.8, c -> pick(c, random, "اأإآٱ", "يىئ", "هة", "وؤ"));
        }
    },
    PERSIAN_AND_URDU(Kind.LETTERS) {
        @Override
        String change(String text, UnicodeScript script, Random random) {
            return some(text, random, 0.9, c -> pick(c, random, "كکڪ", "يیے", "هہھە"));
        }
    },
    ARABIC_DIGITS(Kind.LETTERS) {
        @Override
        String change(String text, UnicodeScript script, Random random) {
            int zero = random.nextBoolean() ? 0x660 : 0x6F0;
            return letters(text, c -> c >= '0' && c <= '9' ? point(zero + c - '0') : point(c));
        }
    },
    SOFT_HYPHENS(Kind.ADDS) {
        @Override
        String change(String text, UnicodeScript script, Random random) {
            return behind(text, random, 0.5, "\u00AD");
        }
    },
    HYPHENATION(Kind.BREAKS) {
        @Override
        String change(String text, UnicodeScript script, Random random) {
            List<Integer> places = new ArrayList<>();
            for (int i = 2; i < text.length() - 1; i++) {
                if (inWord(text, i - 2) && inWord(text, i - 1) && inWord(text, i) && inWord(text, i + 1)) {
                    places.add(i);
                }
            }
            if (places.isEmpty()) {
                return text;
            }
            int place = places.get(random.nextInt(places.size()));
            String[] breaks = {"-\n", "\u2010\n", "-\r\n", "- \n  ", "\u00AD\n"};
            return text.substring(0, place) + breaks[random.nextInt(breaks.length)] + text.substring(place);
        }

        private boolean inWord(String text, int at) {
            return Character.isLetter(text.charAt(at)) && text.charAt(at) != 'ـ';
        }
    },
    ENTITIES_BY_NAME(Kind.MARKUP) {
        @Override
        String change(String text, UnicodeScript script, Random random) {
            return letters(text, Similar::entity);
        }
    },
    ENTITIES_BY_NUMBER(Kind.MARKUP) {
        @Override
        String change(String text, UnicodeScript script, Random random) {
            return some(text, random, 0.7, c -> random.nextBoolean() ? "&#" + c + ";" : "&#0" + c + ";");
        }
    },
    ENTITIES_IN_HEX(Kind.MARKUP) {
        @Override
        String change(String text, UnicodeScript script, Random random) {
            return some(text, random, 0.7, c -> "&#x" + Integer.toHexString(c).toUpperCase(Locale.ROOT) + ";");
        }
    },
    ENTITIES_TWICE(Kind.MARKUP) {
        @Override
        String change(String text, UnicodeScript script, Random random) {
            return some(text, random, 0.7, c -> "&amp;#" + c + ";");
        }
    },
    UPSIDE_DOWN(Kind.TURNS) {
        @Override
        String change(String text, UnicodeScript script, Random random) {
            String from = "abcdefghijklmnopqrstuvwxyz 0689.-/*_";
            String to = "ɐqɔpǝɟƃɥᴉɾʞlɯuodbɹsʇnʌʍxʎz 0986.-/*_";
            StringBuilder turned = new StringBuilder();
            for (char c : text.toLowerCase(Locale.ROOT).toCharArray()) {
                int at = from.indexOf(c);
                if (at < 0) {
                    return text;
                }
                turned.append(to.charAt(at));
            }
            boolean shows = turned.chars().anyMatch(c -> "ɐɔǝɟƃɥᴉɾʞɯɹʇʌʍʎ".indexOf(c) >= 0);
            return shows ? turned.reverse().toString() : text;
        }
    },
    JOINED(Kind.JOINS) {
        @Override
        String change(String text, UnicodeScript script, Random random) {
            return text.replace(" ", "");
        }
    },
    HASHTAG(Kind.JOINS) {
        @Override
        String change(String text, UnicodeScript script, Random random) {
            return "#" + text.replace(" ", random.nextInt(4) == 0 ? "_" : "");
        }
    },
    LEET(Kind.LETTERS) {
        @Override
        String change(String text, UnicodeScript script, Random random) {
            Map<Integer, String> signs = Similar.LEET;
            StringBuilder changed = new StringBuilder();
            int[] points = text.codePoints().toArray();
            for (int i = 0; i < points.length; i++) {
                int bare = Similar.bare(points[i]);
                boolean inside = isLetterBeside(points, i, -1) && isLetterBeside(points, i, 1);
                String sign = signs.getOrDefault(bare, "");
                boolean replaced = inside && !sign.isEmpty() && random.nextInt(10) < 8;
                changed.append(replaced ? point(sign.charAt(random.nextInt(sign.length()))) : point(points[i]));
            }
            return changed.toString();
        }

        private boolean isLetterBeside(int[] points, int at, int step) {
            int beside = at + step;
            while (beside >= 0 && beside < points.length && points[beside] == 'ـ') {
                beside += step;
            }
            return beside >= 0 && beside < points.length && Character.isLetter(points[beside]);
        }
    },
    REPEATS(Kind.REPEATS) {
        @Override
        String change(String text, UnicodeScript script, Random random) {
            return some(text, random, 0.3, c -> point(c).repeat(Character.isLetter(c) ? 3 + random.nextInt(4) : 1));
        }
    },
    SPACED(Kind.APART) {
        @Override
        String change(String text, UnicodeScript script, Random random) {
            return apart(text, () -> " ", random.nextBoolean() ? "   " : "  ");
        }
    },
    SPACED_EVENLY(Kind.APART) {
        @Override
        String change(String text, UnicodeScript script, Random random) {
            return apart(text, () -> " ", " ");
        }
    },
    DOTTED(Kind.APART) {
        @Override
        String change(String text, UnicodeScript script, Random random) {
            return apart(text, () -> ".", " ");
        }
    },
    DASHED(Kind.APART) {
        @Override
        String change(String text, UnicodeScript script, Random random) {
            return apart(text, () -> "-", " ");
        }
    },
    SLASHED(Kind.APART) {
        @Override
        String change(String text, UnicodeScript script, Random random) {
            return apart(text, () -> "/", " ");
        }
    },
    STARRED(Kind.APART) {
        @Override
        String change(String text, UnicodeScript script, Random random) {
            return apart(text, () -> "*", " ");
        }
    },
    UNDERSCORED(Kind.APART) {
        @Override
        String change(String text, UnicodeScript script, Random random) {
            return apart(text, () -> "_", " ");
        }
    },
    SPLIT_BY_EMOJI(Kind.APART) {
        @Override
        String change(String text, UnicodeScript script, Random random) {
            String[] pictures = {"🔥", "✊🏽", "❤️", "👨‍👩‍👧", "🦅", "⭐", "☠️"};
            return apart(text, () -> pictures[random.nextInt(pictures.length)], " ");
        }
    };

    /** What an evasion does to a text, which decides what can be done to it afterwards. */
    enum Kind {
        /** Puts other characters for letters, one for one. */
        LETTERS,
        /** Adds characters that don't show, or marks. */
        ADDS,
        /** Writes a letter more than once. */
        REPEATS,
        /** Breaks a word at a line's end. */
        BREAKS,
        /** Leaves out the spaces between words. */
        JOINS,
        /** Sets letters apart. */
        APART,
        /** Turns the whole upside down. */
        TURNS,
        /** Writes characters as markup. */
        MARKUP
    }

    private final Kind kind;

    Evasion(Kind kind) {
        this.kind = kind;
    }

    abstract String change(String text, UnicodeScript script, Random random);

    /** The text with this done to it; empty when there is nothing in it that it can be done to. */
    Optional<String> apply(String text, UnicodeScript script, Random random) {
        for (int attempt = 0; attempt < 20; attempt++) {
            String changed = change(text, script, random);
            if (!changed.equals(text)) {
                return Optional.of(changed);
            }
        }
        return Optional.empty();
    }

    /** Why this cannot be done to what {@code first} has been done to, if it can't. */
    Optional<String> impossibleAfter(Evasion first) {
        if (first == this) {
            return Optional.of("the same again");
        }
        if (first.kind == Kind.MARKUP) {
            return Optional.of("whatever changes a character of a reference makes it no reference");
        }
        if (kind == Kind.APART && (first.kind == Kind.APART || first.kind == Kind.BREAKS)) {
            return Optional.of("the letters stand apart, or the lines, already");
        }
        if (first.kind == Kind.APART && (kind == Kind.JOINS || kind == Kind.BREAKS || kind == Kind.REPEATS)) {
            return Optional.of("there is no word left to join, break or lengthen a letter in");
        }
        if (kind == Kind.JOINS && first.kind == Kind.BREAKS) {
            return Optional.of("the line's end is one of the spaces that are left out");
        }
        if (kind == Kind.TURNS && (first.kind == Kind.BREAKS || first.kind == Kind.ADDS)) {
            return Optional.of("turned line by line, and marks go with the letter before");
        }
        if (this == LEET && first.kind == Kind.TURNS) {
            return Optional.of("a digit looks like a letter the right way up only");
        }
        if (kind == Kind.JOINS && first.kind == Kind.JOINS) {
            return Optional.of("the words are joined already");
        }
        return Optional.empty();
    }

    private static String letters(String text, IntFunction<String> change) {
        return text.codePoints().mapToObj(change).collect(Collectors.joining());
    }

    private static String some(String text, Random random, double share, IntFunction<String> change) {
        return letters(text, c -> Character.isLetter(c) && random.nextDouble() < share ? change.apply(c) : point(c));
    }

    /** Adds one of {@code signs} behind some letters, of which another letter follows at least one. */
    private static String behind(String text, Random random, double share, String signs) {
        int[] points = signs.codePoints().toArray();
        return letters(
                text,
                c -> Character.isLetter(c) && random.nextDouble() < share
                        ? point(c) + point(points[random.nextInt(points.length)])
                        : point(c));
    }

    private static String mapped(String text, String from, String to) {
        int[] targets = to.codePoints().toArray();
        return letters(text, c -> {
            int at = from.indexOf(Character.toLowerCase(c));
            return at < 0 || c == ' ' ? point(c) : point(targets[at]);
        });
    }

    private static String shifted(int c, int capitals, int small) {
        if (c >= 'A' && c <= 'Z') {
            return point(capitals + c - 'A');
        }
        return c >= 'a' && c <= 'z' ? point(small + c - 'a') : point(c);
    }

    private static String pick(int c, Random random, String... classes) {
        for (String letters : classes) {
            if (letters.indexOf(c) >= 0) {
                return String.valueOf(letters.charAt(random.nextInt(letters.length())));
            }
        }
        return point(c);
    }

    /** Every letter, with what follows it and doesn't show, apart from the next; {@code wide} between words. */
    private static String apart(String text, java.util.function.Supplier<String> between, String wide) {
        StringBuilder apart = new StringBuilder();
        boolean letter = false;
        for (int c : text.codePoints().toArray()) {
            boolean visible = !isAttached(c);
            if (c == ' ') {
                apart.append(wide);
                letter = false;
                continue;
            }
            if (visible && letter) {
                apart.append(between.get());
            }
            apart.appendCodePoint(c);
            letter |= visible && c != '#';
        }
        return apart.toString();
    }

    private static boolean isAttached(int c) {
        int type = Character.getType(c);
        return type == Character.NON_SPACING_MARK
                || type == Character.ENCLOSING_MARK
                || type == Character.FORMAT
                || c == 'ـ';
    }

    private static boolean isLatin(int c) {
        return Character.isLetterOrDigit(c);
    }

    private static boolean isArabic(String text) {
        return text.codePoints().anyMatch(c -> UnicodeScript.of(c) == UnicodeScript.ARABIC);
    }

    private static String point(int c) {
        return Character.toString(c);
    }
}
