package org.tidewatch.extract;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jsoup.nodes.Element;
import org.jsoup.nodes.Node;
import org.jsoup.nodes.TextNode;
import org.jsoup.select.NodeFilter;
import org.jsoup.select.NodeTraversor;
import org.tidewatch.item.Item;
import org.tidewatch.item.Media;
import org.tidewatch.url.CanonicalUrl;

/**
 * Reads what parts of a page show, in one walk: own and quoted words, links, media. Whatever is hidden, boilerplate or
 * somebody else's (a post within a page) is passed by. The walk does not recurse. Not thread-safe.
 */
final class Reading {

    /** Media kept of one item. */
    static final int MAX_MEDIA = 100;

    private static final Pattern BACKGROUND =
            Pattern.compile("(?i)background(?:-image)?\\s*:[^;]*?url\\(\\s*['\"]?([^'\")]+)");

    private final References references;
    private final Collection<Element> others;
    private final Flow own;
    private final Flow quoted;
    private final Flow lasting;
    private final Set<CanonicalUrl> links = new LinkedHashSet<>();
    private final Map<String, Media> media = new LinkedHashMap<>();

    /** @param others elements to pass by */
    Reading(References references, Collection<Element> others, int maxChars) {
        this.references = references;
        this.others = others;
        this.own = new Flow(maxChars);
        this.quoted = new Flow(maxChars);
        this.lasting = new Flow(maxChars);
    }

    Reading add(Element part) {
        walk(part, Voice.OWN, true);
        return this;
    }

    Reading addQuote(Element part) {
        walk(part, Voice.QUOTED, true);
        return this;
    }

    /** Takes up media and links of {@code part}, not its words. */
    Reading addShown(Element part) {
        walk(part, Voice.SILENT, true);
        return this;
    }

    Reading addPage(Element body) {
        walk(body, Voice.OWN, false);
        return this;
    }

    void link(CanonicalUrl url) {
        if (links.size() < Item.MAX_LINKS) {
            links.add(url);
        }
    }

    void medium(Media medium) {
        if (media.size() < MAX_MEDIA) {
            media.putIfAbsent(medium.url(), medium);
        }
    }

    Words words() {
        return new Words(own.toString(), quoted.toString(), lasting.toString(), own.isCut() || quoted.isCut());
    }

    List<String> links() {
        return links.stream().map(CanonicalUrl::value).toList();
    }

    List<Media> media() {
        return List.copyOf(media.values());
    }

    private void walk(Element part, Voice voice, boolean inArticle) {
        NodeTraversor.filter(new Walk(voice, inArticle), part);
    }

    private enum Voice {
        OWN,
        QUOTED,
        SILENT
    }

    /** One walk: how many quotes, times, articles and preformatted blocks are open around the current node. */
    private final class Walk implements NodeFilter {

        private final Voice voice;
        private int articles;
        private int quotes;
        private int times;
        private int preformatted;

        Walk(Voice voice, boolean inArticle) {
            this.voice = voice;
            this.articles = inArticle ? 1 : 0;
        }

        @Override
        public FilterResult head(Node node, int depth) {
            if (node instanceof TextNode text) {
                say(text.getWholeText());
                return FilterResult.CONTINUE;
            }
            if (!(node instanceof Element element)) {
                return FilterResult.SKIP_ENTIRELY;
            }
            boolean quote = Markup.isQuote(element);
            if (depth > 0 && (others.contains(element) || (quote ? Markup.isHidden(element) : isLeftOut(element)))) {
                part(element);
                return FilterResult.SKIP_ENTIRELY;
            }
            count(element, quote, 1);
            part(element);
            shows(element);
            return FilterResult.CONTINUE;
        }

        @Override
        public FilterResult tail(Node node, int depth) {
            if (node instanceof Element element) {
                part(element);
                count(element, Markup.isQuote(element), -1);
            }
            return FilterResult.CONTINUE;
        }

        private boolean isLeftOut(Element element) {
            boolean out = Markup.isLeftOut(element, articles > 0);
            if (out && element.normalName().equals("iframe") && !Markup.isHidden(element)) {
                references.resolve(element.attr("src")).ifPresent(Reading.this::link);
            }
            return out;
        }

        private void count(Element element, boolean quote, int by) {
            articles += Markup.isArticle(element) ? by : 0;
            quotes += quote ? by : 0;
            times += element.normalName().equals("time") ? by : 0;
            preformatted += element.normalName().equals("pre") ? by : 0;
        }

        private void part(Element element) {
            boolean inline = !Markup.parts(element);
            if (inline && element.normalName().equals("q")) {
                own.space();
                lasting.space();
                quoted.breakLine();
            } else if (!inline || Markup.isQuote(element)) {
                own.breakLine();
                lasting.breakLine();
                quoted.breakLine();
            }
        }

        private void say(String words) {
            if (voice == Voice.SILENT) {
                return;
            }
            if (voice == Voice.QUOTED || quotes > 0) {
                into(quoted, words);
                return;
            }
            into(own, words);
            if (times == 0) {
                into(lasting, words);
            }
        }

        private void into(Flow flow, String words) {
            if (preformatted > 0) {
                flow.appendAsIs(words);
            } else {
                flow.append(words);
            }
        }

        private void shows(Element element) {
            switch (element.normalName()) {
                case "a", "area" -> anchor(element);
                case "img" -> image(element);
                case "video", "audio" -> source(element, element.normalName());
                case "source" -> {
                    if (element.parent() != null) {
                        source(element, element.parent().normalName());
                    }
                }
                default -> {}
            }
            Matcher background = BACKGROUND.matcher(element.attr("style"));
            if (background.find()) {
                show(Media.Type.IMAGE, background.group(1), Optional.empty());
            }
        }

        private void anchor(Element element) {
            if (links.size() >= Item.MAX_LINKS) {
                return;
            }
            String reference = element.attr("href");
            Optional<CanonicalUrl> target = references.resolve(reference);
            target.ifPresent(url -> {
                Media.Type type = Markup.mediaType(url.path());
                if (type == Media.Type.FILE) {
                    link(url);
                } else {
                    show(type, reference, Optional.of(element.ownText()));
                }
            });
        }

        private void image(Element element) {
            if (isTrackingPixel(element)) {
                return;
            }
            String reference = element.attr("src");
            if (reference.isEmpty() || reference.startsWith("data:")) {
                reference = element.hasAttr("data-src") ? element.attr("data-src") : element.attr("data-original");
            }
            show(Media.Type.IMAGE, reference, Optional.of(element.attr("alt")));
        }

        private void source(Element element, String parent) {
            if (parent.equals("video") || parent.equals("audio")) {
                Media.Type type = parent.equals("video") ? Media.Type.VIDEO : Media.Type.AUDIO;
                show(type, element.attr("src"), Optional.of(element.attr("title")));
            }
        }

        private void show(Media.Type type, String reference, Optional<String> title) {
            references
                    .resolve(reference)
                    .ifPresent(url -> medium(new Media(type, url.value(), title.filter(name -> !name.isBlank()))));
        }

        private static boolean isTrackingPixel(Element element) {
            return element.attr("width").matches("[01]")
                    || element.attr("height").matches("[01]");
        }
    }
}
