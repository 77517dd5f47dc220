package org.tidewatch.sample;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** A post of a forum or a comment below a page, marked up as a schema.org Comment. */
record Post(String id, String author, String handle, String body, Life life) {

    static Post read(Entry entry) throws BrokenContent {
        entry.only(Stream.concat(Stream.of("id", "author", "handle", "body"), Stream.of(Life.KEYS))
                .toArray(String[]::new));
        return new Post(
                entry.text("id"), entry.text("author"), entry.text("handle"), entry.text("body"), Life.read(entry));
    }

    static List<Post> readAll(List<Entry> entries) throws BrokenContent {
        List<Post> posts = new ArrayList<>();
        for (Entry entry : entries) {
            posts.add(read(entry));
        }
        return posts;
    }

    /** As forums write it: a page of the author, a permalink of its own, and the body in {@code .post-body}. */
    String inThread(Timeline timeline) {
        return String.format(
                Locale.ROOT,
                """
                <article class="post" id="p%1$s" data-post-id="%1$s" itemscope itemtype="https://schema.org/Comment">
                <header class="post-head">
                <a class="permalink" itemprop="url" href="/post/%1$s">#%1$s</a>
                <time itemprop="dateCreated" datetime="%4$s">%5$s</time>
                <span class="post-author" itemprop="author" itemscope itemtype="https://schema.org/Person">\
                <a class="handle" itemprop="url" href="/u/%2$s"><span itemprop="name">%3$s</span></a> \
                <span class="username" itemprop="alternateName">@%2$s</span></span>
                </header>
                <div class="post-body" itemprop="text">
                %6$s</div>
                </article>
                """,
                id,
                handle,
                Prose.escape(author),
                life.published(timeline),
                Host.day(life.published(timeline), "en"),
                Prose.html(life.body(body, timeline)));
    }

    /** As blogs write it below an article: the permalink is the page's address with the fragment of the comment. */
    String below(String path, String language, Timeline timeline) {
        return String.format(
                Locale.ROOT,
                """
                <div class="comment" id="comment-%1$s" itemprop="comment" itemscope itemtype="https://schema.org/Comment">
                <span class="comment-author" itemprop="author" itemscope itemtype="https://schema.org/Person">\
                <b itemprop="name">%3$s</b> <span itemprop="alternateName">@%2$s</span></span>
                <a class="comment-permalink" itemprop="url" href="%7$s#comment-%1$s">\
                <time itemprop="dateCreated" datetime="%4$s">%5$s</time></a>
                <div class="comment-body" itemprop="text">
                %6$s</div>
                </div>
                """,
                id,
                handle,
                Prose.escape(author),
                life.published(timeline),
                Host.day(life.published(timeline), language),
                Prose.html(life.body(body, timeline)),
                path);
    }
}
