package org.tidewatch.extract;

import java.util.Locale;
import java.util.Set;
import org.jsoup.nodes.Element;
import org.tidewatch.item.Media;

/** What elements mean for a reader: whether they show, whose words they hold, and whether they part sentences. */
final class Markup {

    private static final Set<String> NEVER_TEXT = Set.of(
            "script",
            "style",
            "template",
            "noscript",
            "head",
            "title",
            "select",
            "option",
            "datalist",
            "button",
            "textarea",
            "input",
            "svg",
            "math",
            "canvas",
            "object",
            "embed",
            "iframe",
            "frame",
            "map",
            "progress",
            "meter");
    private static final Set<String> BOILERPLATE = Set.of("nav", "aside", "footer");
    private static final Set<String> BOILERPLATE_ROLES =
            Set.of("navigation", "banner", "contentinfo", "complementary", "search", "menu", "menubar", "toolbar");
    private static final Set<String> BOILERPLATE_CLASSES = Set.of(
            "ad",
            "ads",
            "advert",
            "advertisement",
            "adsbygoogle",
            "sponsored",
            "breadcrumb",
            "breadcrumbs",
            "pagination",
            "pager",
            "cookie-banner",
            "cookie-consent",
            "cookie-notice");
    private static final Set<String> QUOTE_CLASSES = Set.of(
            "quote",
            "quotecontent",
            "quotetitle",
            "quoteheader",
            "bbcode_quote",
            "bbc_standard_quote",
            "quote_container",
            "bbcodeblock--quote",
            "bbquote",
            "citation",
            "cite",
            "tgme_widget_message_reply",
            "tgme_widget_message_forwarded_from",
            "tgme_widget_message_link_preview");
    private static final Set<String> INLINE_DESPITE_JSOUP = Set.of("ins", "del", "video", "audio", "canvas");

    private static final Set<String> IMAGES = Set.of("jpg", "jpeg", "png", "gif", "webp", "bmp", "svg", "avif", "heic");
    private static final Set<String> VIDEOS = Set.of("mp4", "webm", "mkv", "mov", "avi", "m4v", "3gp", "flv", "ogv");
    private static final Set<String> SOUNDS = Set.of("mp3", "ogg", "oga", "m4a", "wav", "opus", "flac", "aac");

    private Markup() {}

    static boolean isHidden(Element element) {
        if (element.hasAttr("hidden")) {
            return true;
        }
        String style = element.attr("style");
        if (style.isEmpty()) {
            return false;
        }
        String squeezed = style.replaceAll("\\s", "").toLowerCase(Locale.ROOT);
        return squeezed.contains("display:none") || squeezed.contains("visibility:hidden");
    }

    /** Whether nothing of the element belongs to the text. A page's own header counts, an article's does not. */
    static boolean isLeftOut(Element element, boolean inArticle) {
        String name = element.normalName();
        return NEVER_TEXT.contains(name)
                || BOILERPLATE.contains(name)
                || (name.equals("header") && !inArticle)
                || BOILERPLATE_ROLES.contains(element.attr("role").toLowerCase(Locale.ROOT))
                || hasClassOf(element, BOILERPLATE_CLASSES)
                || isHidden(element);
    }

    static boolean isQuote(Element element) {
        String name = element.normalName();
        return name.equals("blockquote") || name.equals("q") || hasClassOf(element, QUOTE_CLASSES);
    }

    static boolean parts(Element element) {
        return element.normalName().equals("br")
                || (element.isBlock() && !INLINE_DESPITE_JSOUP.contains(element.normalName()));
    }

    static boolean isArticle(Element element) {
        return element.normalName().equals("article") || element.normalName().equals("main");
    }

    /** The kind of media that an address names by its ending, or {@code FILE}. */
    static Media.Type mediaType(String path) {
        int query = path.indexOf('?');
        String plain = query < 0 ? path : path.substring(0, query);
        String ending = plain.substring(plain.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
        if (IMAGES.contains(ending)) {
            return Media.Type.IMAGE;
        }
        if (VIDEOS.contains(ending)) {
            return Media.Type.VIDEO;
        }
        return SOUNDS.contains(ending) ? Media.Type.AUDIO : Media.Type.FILE;
    }

    private static boolean hasClassOf(Element element, Set<String> names) {
        String classes = element.className();
        if (classes.isEmpty()) {
            return false;
        }
        for (String name : classes.toLowerCase(Locale.ROOT).split("\\s+", -1)) {
            if (names.contains(name)) {
                return true;
            }
        }
        return false;
    }
}
