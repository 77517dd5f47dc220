package org.tidewatch.item;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import org.tidewatch.url.CanonicalUrl;

/** An invented item, put together by what a test cares about; the rest is plain. */
public final class TestItem {

    private final CanonicalUrl page;
    private Kind kind = Kind.PAGE;
    private String platform = "web";
    private Optional<Account> author = Optional.empty();
    private Optional<Post> post = Optional.empty();
    private String title = "";
    private String text = "";
    private String quoted = "";
    private Optional<Instant> publishedAt = Optional.empty();
    private Optional<Instant> modifiedAt = Optional.empty();
    private Instant fetchedAt = Instant.parse("2026-11-24T10:00:00Z");
    private Optional<String> language = Optional.of("en");
    private final List<Media> media = new ArrayList<>();
    private final List<String> links = new ArrayList<>();
    private final SortedSet<String> seeds = new TreeSet<>(List.of("harbour/forum"));
    private final SortedSet<String> tags = new TreeSet<>();

    private TestItem(String url) {
        this.page = CanonicalUrl.require(url);
    }

    public static TestItem at(String url) {
        return new TestItem(url);
    }

    public static Item page(String url, String text) {
        return at(url).text(text).build();
    }

    public TestItem platform(String name) {
        platform = name;
        return this;
    }

    public TestItem author(String handle, String name) {
        author = Optional.of(new Account(Optional.of(handle), Optional.of(name)));
        return this;
    }

    /** Makes it a post of a thread that answers another post. */
    public TestItem post(String id) {
        kind = Kind.POST;
        post = Optional.of(new Post(id, Optional.of(page.value()), Optional.of("0")));
        return this;
    }

    public TestItem title(String words) {
        title = words;
        return this;
    }

    public TestItem text(String words) {
        text = words;
        return this;
    }

    public TestItem quoted(String words) {
        quoted = words;
        return this;
    }

    public TestItem published(String instant) {
        publishedAt = Optional.of(Instant.parse(instant));
        return this;
    }

    public TestItem modified(String instant) {
        modifiedAt = Optional.of(Instant.parse(instant));
        return this;
    }

    public TestItem fetched(Instant at) {
        fetchedAt = at;
        return this;
    }

    public TestItem language(String code) {
        language = Optional.of(code);
        return this;
    }

    public TestItem shows(Media.Type type, String url, String name) {
        media.add(new Media(type, url, Optional.of(name)));
        return this;
    }

    public TestItem links(String... urls) {
        links.addAll(Arrays.asList(urls));
        return this;
    }

    public TestItem seeds(String... names) {
        seeds.clear();
        seeds.addAll(Arrays.asList(names));
        return this;
    }

    public TestItem tags(String... names) {
        tags.addAll(Arrays.asList(names));
        return this;
    }

    public Item build() {
        String id = post.map(shown -> Item.idOfPost(platform, page.host(), shown.id()))
                .orElseGet(() -> Item.idOfPage(page));
        String url = post.map(shown -> page.value() + "#p" + shown.id()).orElse(page.value());
        return new Item(
                id,
                kind,
                url,
                page,
                page.host(),
                page.hostKey(),
                platform,
                author,
                post,
                title,
                text,
                quoted,
                publishedAt,
                modifiedAt,
                fetchedAt,
                language,
                "text/html",
                List.copyOf(media),
                List.copyOf(links),
                new TreeSet<>(seeds),
                new TreeSet<>(tags));
    }
}
