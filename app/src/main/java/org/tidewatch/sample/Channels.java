package org.tidewatch.sample;

import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Public previews of messaging channels, with the paths and class names of {@code t.me/s/}: {@code /s/NAME} shows the
 * newest messages, {@code ?before=N} those before message N, {@code /NAME/N} leads to the page that shows message N.
 */
record Channels(Host host, List<Channel> channels) implements Face {

    /** The newest page shows at least this many messages and less than twice as many, so that older pages stay put. */
    private static final int PER_PAGE = 5;

    record Channel(String name, String title, String language, String description, List<Message> messages) {}

    static Channels read(Host host) throws IOException {
        Entry file = Entry.read(host.folder().resolve("channels.yaml")).only("channels");
        List<Channel> channels = new ArrayList<>();
        for (Entry entry : file.entries("channels")) {
            entry.only("name", "title", "language", "description", "messages");
            List<Message> messages = new ArrayList<>();
            for (Entry message : entry.entries("messages")) {
                messages.add(Message.read(message));
            }
            channels.add(new Channel(
                    entry.text("name"),
                    entry.text("title"),
                    entry.text("language"),
                    entry.text("description"),
                    List.copyOf(messages)));
        }
        return new Channels(host, List.copyOf(channels));
    }

    @Override
    public Map<String, Answer> at(Timeline timeline) {
        Map<String, Answer> answers = new LinkedHashMap<>();
        String list = channels.stream()
                .map(channel -> String.format(
                        Locale.ROOT,
                        "<li><a href=\"/s/%s\">%s</a></li>\n",
                        channel.name(),
                        Prose.escape(channel.title())))
                .collect(Collectors.joining("", "<ul>\n", "</ul>\n"));
        answers.put("/", host.ok("/", host.title(), "Public channels", list, Timeline.BASE));
        channels.forEach(channel -> putChannel(channel, timeline, answers));
        return answers;
    }

    private void putChannel(Channel channel, Timeline timeline, Map<String, Answer> answers) {
        List<Message> messages = channel.messages().stream()
                .filter(message -> message.life().visible(timeline))
                .toList();
        String newest = "/s/" + channel.name();
        answers.put("/" + channel.name(), Answer.found(host.url(newest)));
        int newestPage = Math.max(0, messages.size() / PER_PAGE - 1);
        for (int page = newestPage; page >= 0; page--) {
            int end = page == newestPage ? messages.size() : (page + 1) * PER_PAGE;
            List<Message> shown = messages.subList(page * PER_PAGE, end);
            String path = page == newestPage
                    ? newest
                    : newest + "?before=" + messages.get(end).id();
            answers.put(path, show(channel, path, shown, page > 0, timeline));
            shown.forEach(
                    message -> answers.put("/" + channel.name() + "/" + message.id(), Answer.found(host.url(path))));
        }
        channel.messages().stream()
                .filter(message -> message.life().gone(timeline))
                .forEach(message -> answers.put("/" + channel.name() + "/" + message.id(), host.gone()));
    }

    private Answer show(Channel channel, String path, List<Message> shown, boolean more, Timeline timeline) {
        String first = shown.get(0).id();
        String body = String.format(
                Locale.ROOT,
                """
                <div class="tgme_channel_info">
                <div class="tgme_channel_info_header">
                <div class="tgme_channel_info_header_title"><span dir="auto">%2$s</span></div>
                <div class="tgme_channel_info_header_username"><a href="/%1$s">@%1$s</a></div>
                </div>
                <div class="tgme_channel_info_description">%3$s</div>
                </div>
                <section class="tgme_channel_history js-message_history">
                %4$s%5$s</section>
                """,
                channel.name(),
                Prose.escape(channel.title()),
                Prose.escape(channel.description()),
                more
                        ? String.format(
                                Locale.ROOT,
                                ("<div class=\"tme_messages_more_wrap\"><a href=\"/s/%1$s?before=%2$s\""
                                        + " class=\"tme_messages_more js-messages_more\" data-before=\"%2$s\">"
                                        + "</a></div>\n"),
                                channel.name(),
                                first)
                        : "",
                shown.stream()
                        .map(message -> message.html(host, channel, timeline))
                        .collect(Collectors.joining()));
        Instant modified = Life.lastChange(channel.messages().stream().map(Message::life), timeline);
        String html = host.page(path, channel.title(), channel.language(), channel.description(), body);
        return Answer.ok(Answer.HTML, html, modified);
    }
}
