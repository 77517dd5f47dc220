package org.tidewatch.url;

import java.util.Map;
import java.util.Optional;

/** Recognises hosting platforms by their public addresses. A seed may name a platform for hosts not known here. */
public final class Platform {

    /** Platform of a host that nobody has named: an ordinary site of its own. */
    public static final String WEB = "web";

    private static final Map<String, String> BY_DOMAIN = Map.ofEntries(
            Map.entry("t.me", "telegram"),
            Map.entry("telegram.me", "telegram"),
            Map.entry("youtube.com", "youtube"),
            Map.entry("youtu.be", "youtube"),
            Map.entry("twitter.com", "x"),
            Map.entry("x.com", "x"),
            Map.entry("facebook.com", "facebook"),
            Map.entry("vk.com", "vk"),
            Map.entry("ok.ru", "ok"),
            Map.entry("reddit.com", "reddit"),
            Map.entry("tumblr.com", "tumblr"),
            Map.entry("pastebin.com", "pastebin"),
            Map.entry("justpaste.it", "justpaste"),
            Map.entry("archive.org", "archive"),
            Map.entry("dailymotion.com", "dailymotion"),
            Map.entry("vimeo.com", "vimeo"),
            Map.entry("soundcloud.com", "soundcloud"),
            Map.entry("mediafire.com", "mediafire"),
            Map.entry("wordpress.com", "wordpress"),
            Map.entry("blogspot.com", "blogspot"));

    private Platform() {}

    /** The platform that hosts {@code url}, when its domain is one of the known ones. */
    public static Optional<String> of(CanonicalUrl url) {
        String host = url.host();
        for (int dot = -1; ; ) {
            String known = BY_DOMAIN.get(host.substring(dot + 1));
            if (known != null) {
                return Optional.of(known);
            }
            dot = host.indexOf('.', dot + 1);
            if (dot < 0) {
                return Optional.empty();
            }
        }
    }
}
