package org.tidewatch.sample;

import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** A forum: boards, threads with numbered pages, a permalink that leads to each post's thread, pages of members. */
record Forum(Host host, List<Board> boards) implements Face {

    private static final int POSTS_PER_PAGE = 6;

    record Board(String id, String title, List<Topic> topics) {}

    record Topic(String id, String title, List<Post> posts) {

        List<Post> visible(Timeline timeline) {
            return posts.stream().filter(post -> post.life().visible(timeline)).toList();
        }

        Instant modified(Timeline timeline) {
            return Life.lastChange(posts.stream().map(Post::life), timeline);
        }
    }

    static Forum read(Host host) throws IOException {
        Entry forum = Entry.read(host.folder().resolve("forum.yaml")).only("boards");
        List<Board> boards = new ArrayList<>();
        for (Entry board : forum.entries("boards")) {
            board.only("id", "title", "threads");
            List<Topic> topics = new ArrayList<>();
            for (Entry topic : board.entries("threads")) {
                topic.only("id", "title", "posts");
                topics.add(new Topic(topic.text("id"), topic.text("title"), Post.readAll(topic.entries("posts"))));
            }
            boards.add(new Board(board.text("id"), board.text("title"), List.copyOf(topics)));
        }
        return new Forum(host, List.copyOf(boards));
    }

    @Override
    public Map<String, Answer> at(Timeline timeline) {
        Map<String, Answer> answers = new LinkedHashMap<>();
        answers.put("/", index(timeline));
        for (Board board : boards) {
            answers.put("/f/" + board.id(), list(board, timeline));
            for (Topic topic : board.topics()) {
                putThread(topic, timeline, answers);
            }
        }
        members(timeline).forEach((handle, posts) -> answers.put("/u/" + handle, member(handle, posts, timeline)));
        return answers;
    }

    private Answer index(Timeline timeline) {
        String body = boards.stream()
                .map(board -> String.format(
                        Locale.ROOT,
                        "<li class=\"board\"><a href=\"/f/%s\">%s</a> <span>%d threads</span></li>\n",
                        board.id(),
                        Prose.escape(board.title()),
                        board.topics().size()))
                .collect(Collectors.joining("", "<ul class=\"boards\">\n", "</ul>\n"));
        return host.ok("/", host.title(), "Boards of the forum", body, latest(boards, timeline));
    }

    private Answer list(Board board, Timeline timeline) {
        String body = board.topics().stream()
                .map(topic -> String.format(
                        Locale.ROOT,
                        "<li class=\"topic\"><a class=\"topic-title\" href=\"/t/%s\">%s</a> <span>%d posts</span></li>\n",
                        topic.id(),
                        Prose.escape(topic.title()),
                        topic.visible(timeline).size()))
                .collect(Collectors.joining("", "<ul class=\"topics\">\n", "</ul>\n"));
        return host.ok(
                "/f/" + board.id(), board.title(), "Threads of the board", body, latest(List.of(board), timeline));
    }

    private void putThread(Topic topic, Timeline timeline, Map<String, Answer> answers) {
        List<Post> posts = topic.visible(timeline);
        int pages = (posts.size() + POSTS_PER_PAGE - 1) / POSTS_PER_PAGE;
        for (int page = 1; page <= pages; page++) {
            String path = path(topic, page);
            List<Post> shown =
                    posts.subList((page - 1) * POSTS_PER_PAGE, Math.min(posts.size(), page * POSTS_PER_PAGE));
            shown.forEach(post -> answers.put("/post/" + post.id(), Answer.found(host.url(path))));
            String body = "<div class=\"thread\" data-thread-id=\"" + topic.id() + "\">\n"
                    + shown.stream().map(post -> post.inThread(timeline)).collect(Collectors.joining())
                    + "</div>\n"
                    + turner(topic, page, pages);
            answers.put(
                    path,
                    host.ok(path, topic.title(), "Thread of the forum, page " + page, body, topic.modified(timeline)));
        }
        topic.posts().stream()
                .filter(post -> post.life().gone(timeline))
                .forEach(post -> answers.put("/post/" + post.id(), host.gone()));
    }

    private static String turner(Topic topic, int page, int pages) {
        StringBuilder links = new StringBuilder("<nav class=\"pagination\">");
        if (page > 1) {
            links.append("<a rel=\"prev\" href=\"")
                    .append(path(topic, page - 1))
                    .append("\">Previous page</a> ");
        }
        if (page < pages) {
            links.append("<a rel=\"next\" href=\"")
                    .append(path(topic, page + 1))
                    .append("\">Next page</a>");
        }
        return links.append("</nav>\n").toString();
    }

    private static String path(Topic topic, int page) {
        return "/t/" + topic.id() + (page == 1 ? "" : "?page=" + page);
    }

    private Map<String, List<Post>> members(Timeline timeline) {
        return boards.stream()
                .flatMap(board -> board.topics().stream())
                .flatMap(topic -> topic.visible(timeline).stream())
                .collect(Collectors.groupingBy(Post::handle, TreeMap::new, Collectors.toList()));
    }

    private Answer member(String handle, List<Post> posts, Timeline timeline) {
        String name = posts.get(0).author();
        String body = String.format(
                Locale.ROOT,
                "<div class=\"member\"><p>%s (@%s), member of the forum, %d posts.</p></div>\n",
                Prose.escape(name),
                handle,
                posts.size());
        Instant modified = posts.stream()
                .map(post -> post.life().published(timeline))
                .max(Instant::compareTo)
                .orElseThrow();
        return host.ok("/u/" + handle, name, "Member of the forum", body, modified);
    }

    private static Instant latest(List<Board> boards, Timeline timeline) {
        return boards.stream()
                .flatMap(board -> board.topics().stream())
                .map(topic -> topic.modified(timeline))
                .max(Instant::compareTo)
                .orElse(Instant.EPOCH);
    }
}
