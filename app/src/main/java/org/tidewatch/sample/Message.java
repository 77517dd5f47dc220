package org.tidewatch.sample;

import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A message of a channel.
 *
 * @param forwarded channel on the same host that the message comes from
 * @param reply the message of the same channel that it answers, with the words shown of it
 * @param photo address of a picture; {@code video} address of a video, shown with the picture as its thumbnail
 */
record Message(
        String id,
        String text,
        Optional<String> forwarded,
        Optional<Reply> reply,
        Optional<String> photo,
        Optional<String> video,
        Life life) {

    record Reply(String id, String words) {}

    static Message read(Entry entry) throws BrokenContent {
        entry.only(Stream.concat(Stream.of("id", "text", "forwarded", "reply", "photo", "video"), Stream.of(Life.KEYS))
                .toArray(String[]::new));
        Optional<Reply> reply = Optional.empty();
        Optional<Entry> answered = entry.entry("reply");
        if (answered.isPresent()) {
            Entry what = answered.get().only("id", "words");
            reply = Optional.of(new Reply(what.text("id"), what.text("words")));
        }
        return new Message(
                entry.text("id"),
                entry.text("text"),
                entry.optional("forwarded"),
                reply,
                entry.optional("photo"),
                entry.optional("video"),
                Life.read(entry));
    }

    String html(Host host, Channels.Channel channel, Timeline timeline) {
        String permalink = host.url("/" + channel.name() + "/" + id);
        return String.format(
                Locale.ROOT,
                """
                <div class="tgme_widget_message_wrap js-widget_message_wrap">
                <div class="tgme_widget_message text_not_supported_wrap js-widget_message" data-post="%1$s/%2$s">
                <div class="tgme_widget_message_bubble">
                <div class="tgme_widget_message_author accent_color">\
                <a class="tgme_widget_message_owner_name" href="%3$s"><span dir="auto">%4$s</span></a></div>
                %5$s%6$s%7$s<div class="tgme_widget_message_text js-message_text" dir="auto">%8$s</div>
                <div class="tgme_widget_message_footer compact js-message_footer">
                <div class="tgme_widget_message_info short js-message_info">
                <span class="tgme_widget_message_views">%9$s</span><span class="copyonly"> views</span>
                <span class="tgme_widget_message_meta"><a class="tgme_widget_message_date" href="%10$s">\
                <time datetime="%11$s" class="time">%12$s</time></a></span>
                </div></div>
                </div></div></div>
                """,
                channel.name(),
                id,
                host.url("/s/" + channel.name()),
                Prose.escape(channel.title()),
                forwarded.map(from -> forwardedFrom(host, from)).orElse(""),
                reply.map(answered -> replyTo(host, channel, answered)).orElse(""),
                media(permalink),
                Prose.lines(life.body(text, timeline)),
                37 + 11 * id.length(),
                permalink,
                life.published(timeline).toString().replace("Z", "+00:00"),
                life.published(timeline).toString().substring(11, 16));
    }

    private static String forwardedFrom(Host host, String from) {
        return String.format(Locale.ROOT, """
                <div class="tgme_widget_message_forwarded_from accent_color">Forwarded from&nbsp;\
                <a class="tgme_widget_message_forwarded_from_name" href="%s"><span dir="auto">%s</span></a></div>
                """, host.url("/s/" + from), from);
    }

    private static String replyTo(Host host, Channels.Channel channel, Reply answered) {
        return String.format(
                Locale.ROOT,
                """
                <a class="tgme_widget_message_reply user-color-default" href="%s">
                <div class="tgme_widget_message_author accent_color">\
                <span class="tgme_widget_message_author_name" dir="auto">%s</span></div>
                <div class="tgme_widget_message_metatext js-message_reply_text" dir="auto">%s</div>
                </a>
                """,
                host.url("/" + channel.name() + "/" + answered.id()),
                Prose.escape(channel.title()),
                Prose.lines(answered.words()));
    }

    private String media(String permalink) {
        if (video.isPresent()) {
            return String.format(Locale.ROOT, """
                    <a class="tgme_widget_message_video_player blured js-message_video_player" href="%s">
                    <i class="tgme_widget_message_video_thumb" style="background-image:url('%s')"></i>
                    <div class="tgme_widget_message_video_wrap" style="width:640px;padding-top:56.25%%">\
                    <video src="%s" class="tgme_widget_message_video js-message_video" width="100%%"></video></div>
                    <time class="message_video_duration js-message_video_duration">0:31</time>
                    </a>
                    """, permalink, photo.orElse(""), video.get());
        }
        return photo.map(picture -> String.format(Locale.ROOT, """
                        <a class="tgme_widget_message_photo_wrap" href="%s" style="width:640px;background-image:url('%s')">\
                        <div class="tgme_widget_message_photo" style="padding-top:75%%"></div></a>
                        """, permalink, picture))
                .orElse("");
    }
}
