package org.tidewatch.extract;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jsoup.nodes.Element;
import org.jsoup.select.Evaluator;
import org.jsoup.select.QueryParser;
import org.tidewatch.item.Account;

/**
 * Messages in the public preview of a Telegram channel ({@code t.me/s/channel}), wherever a page of that make is found.
 * What a message forwards is a quote, with the name of its origin; so is the message it replies to and the preview of a
 * page it links to.
 */
final class TelegramFace implements PostFace {

    /** What a channel says about itself; it stands in a column that counts as boilerplate elsewhere. */
    static final Evaluator CHANNEL_DESCRIPTION = QueryParser.parse(".tgme_channel_info_description");

    private static final Pattern MESSAGE = Pattern.compile("([\\w-]+)/(\\d+)");
    private static final Evaluator TEXT =
            QueryParser.parse(".tgme_widget_message_text, .tgme_widget_message_poll_question,"
                    + " .tgme_widget_message_poll_option_text, .tgme_widget_message_document_title");
    private static final Evaluator FORWARDED = QueryParser.parse(".tgme_widget_message_forwarded_from");
    private static final Evaluator OTHERS =
            QueryParser.parse(".tgme_widget_message_reply, .tgme_widget_message_link_preview");
    private static final Evaluator REPLY = QueryParser.parse("a.tgme_widget_message_reply[href]");
    private static final Evaluator OWNER = QueryParser.parse(".tgme_widget_message_owner_name");
    private static final Evaluator SIGNED = QueryParser.parse(".tgme_widget_message_from_author");
    private static final Evaluator TIME = QueryParser.parse("time[datetime]");
    private static final Evaluator PERMALINK = QueryParser.parse("a.tgme_widget_message_date[href]");
    private static final Evaluator SHOWN = QueryParser.parse(
            ".tgme_widget_message_photo_wrap, .tgme_widget_message_video_player, .tgme_widget_message_roundvideo_player,"
                    + " .tgme_widget_message_voice_player, .tgme_widget_message_document_wrap,"
                    + " .tgme_widget_message_inline_keyboard, video, audio");

    @Override
    public Optional<String> mark(Element element) {
        String post = element.attr("data-post");
        return !post.isEmpty()
                        && element.hasClass("tgme_widget_message")
                        && MESSAGE.matcher(post).matches()
                ? Optional.of(post)
                : Optional.empty();
    }

    @Override
    public Optional<PostId> claim(Element candidate, Posts posts) {
        return mark(candidate).map(post -> new PostId(post, true));
    }

    @Override
    public FoundPost read(Element root, PostId id, Posts posts) {
        String channel = id.value().substring(0, id.value().indexOf('/'));
        List<Element> text = posts.all(root, TEXT);
        List<Element> forwarded = posts.all(root, FORWARDED);
        List<Element> quoted = new ArrayList<>(posts.all(root, OTHERS));
        quoted.addAll(forwarded);
        if (!forwarded.isEmpty()) {
            quoted.addAll(text);
        }
        return new FoundPost(
                root,
                id.value(),
                posts.first(root, PERMALINK)
                        .flatMap(link -> posts.references().withFragment(link.attr("href")))
                        .or(() -> posts.references().withFragment("/" + id.value()))
                        .orElseThrow(),
                Account.of(
                        Optional.of(channel),
                        posts.first(root, SIGNED)
                                .or(() -> posts.first(root, OWNER))
                                .map(Element::text)),
                posts.first(root, TIME).map(time -> time.attr("datetime")),
                Optional.empty(),
                posts.first(root, REPLY).flatMap(TelegramFace::answered),
                "",
                forwarded.isEmpty() ? text : List.of(),
                quoted,
                posts.all(root, SHOWN),
                List.of());
    }

    private static Optional<String> answered(Element reply) {
        String href = reply.attr("href");
        Matcher message = MESSAGE.matcher(href);
        String last = "";
        while (message.find()) {
            last = message.group();
        }
        return last.isEmpty() ? Optional.empty() : Optional.of(last);
    }
}
