package org.tidewatch.match;

import static org.assertj.core.api.Assertions.assertThat;

import co.elastic.clients.elasticsearch._types.FieldValue;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.tidewatch.filing.TestCrawl;
import org.tidewatch.index.Indices;
import org.tidewatch.index.Room;
import org.tidewatch.index.TestIndex;
import org.tidewatch.item.Item;
import org.tidewatch.item.Media;
import org.tidewatch.item.TestItem;
import org.tidewatch.keeping.TestClock;
import org.tidewatch.search.TestSearch;

/** The matcher flags exactly the items that the server's {@code query_string} finds, for the same words. */
class MatcherAndServerTest {

    private static final Indices INDICES = TestIndex.shared();

    private static final Map<String, Item> ITEMS = new TreeMap<>(Map.of(
            "call",
            at("/call")
                    .title("Purple Falcon Front")
                    .text("The purple falcon rises. Meet at dawn, bring purple flags!")
                    .author("falcon_one", "Falcon One of Velmora")
                    .platform("forum")
                    .published("2026-11-05T12:00:00Z")
                    .links("https://paste.example/x1", "https://sub.files.example/y")
                    .tags("demo", "harbour watch")
                    .shows(Media.Type.IMAGE, "https://img.example/1.png", "purple banner")
                    .shows(Media.Type.VIDEO, "https://img.example/2.mp4", "falcon song")
                    .build(),
            "reply",
            at("/reply")
                    .post("57")
                    .text("I disagree with this.")
                    .quoted("The purple falcon rises.")
                    .author("Harbour_Cat", "Cat")
                    .platform("forum")
                    .published("2026-11-05T23:59:59.999Z")
                    .build(),
            "press",
            at("/press")
                    .title("Police warn of leaflets")
                    .text("Leaflets with a falcon were found. The front of the house was purple.")
                    .published("2026-11-06T00:00:00Z")
                    .language("en")
                    .build(),
            "arabic",
            at("/arabic")
                    .text("انضموا إلى جبهة الصقر الأرجواني عند الفجر")
                    .language("ar")
                    .published("2026-10-31T10:00:00Z")
                    .build(),
            "turkish",
            at("/turkish")
                    .text("MOR ŞAHİN CEPHESİ'NE KATILIN! Işık ve ılık su.")
                    .language("tr")
                    .modified("2026-11-20T10:00:00Z")
                    .build(),
            "russian",
            at("/russian")
                    .text("Пурпурный сокол взлетает над Вельморой.")
                    .language("ru")
                    .build(),
            "emoji",
            at("/emoji").text("🦅 purple 🟣 falcon-rises: 日本語のテキスト").build(),
            "handle",
            at("/handle").text("Nothing here").author("purple falcon", "Nobody").build(),
            "empty",
            at("/empty").build(),
            "long",
            at("/long")
                    .text("flag")
                    .shows(Media.Type.FILE, "https://img.example/" + "a".repeat(9_000), "x")
                    .build()));

    @BeforeAll
    static void index() {
        TestCrawl crawl = new TestCrawl(INDICES, TestClock.at("2026-11-24T10:00:00Z"), 1);
        crawl.file(ITEMS.values().toArray(Item[]::new));
        INDICES.refresh(Room.ITEMS);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                // words
                "falcon",
                "FALCON",
                "purple falcon",
                "purple AND falcon",
                "purple && !dawn",
                "+purple -leaflets",
                "purple falcon AND dawn",
                "purple OR dawn AND leaflets",
                "(purple OR cat) AND (falcon OR disagree)",
                "falcon NOT (leaflets OR disagree)",
                "falcon AND (NOT leaflets)",
                "falcon^3 dawn",
                "text:falcon",
                "quoted:falcon",
                "title:(purple front)",
                "text:(+purple +dawn)",
                "author.name:velmora",
                "media.title:song",
                "text:falcon-rises",
                "text:\"!!!\" OR text:dawn",
                // scripts
                "الصقر",
                "text:\"جبهة الصقر\"",
                "şahin",
                "ŞAHİN",
                "text:ışık",
                "text:ISIK",
                "cephesi'ne",
                "сокол",
                "text:\"ПУРПУРНЫЙ СОКОЛ\"",
                "日本語",
                "text:\"日本語\"",
                "🦅",
                // phrases
                "\"purple falcon\"",
                "\"falcon purple\"",
                "\"falcon purple\"~2",
                "\"purple rises\"~1",
                "text:\"purple * rises\"",
                "media.title:\"banner falcon\"",
                "\"falcon one\"",
                // prefixes, wildcards, fuzzy, regular expressions
                "falc*",
                "text:FALC*",
                "*con",
                "text:f?lcon",
                "text:leaf*ts",
                "cat~",
                "falcan~",
                "falcxx~",
                "text:falkon~1",
                "text:/fal[ck]on/",
                "text:/FALCON/",
                "text:/.*flets/",
                // keywords
                "platform:forum",
                "platform:Forum",
                "platform:for*",
                "kind:post",
                "language:(ar OR ru)",
                "language:(ar ru)",
                "author.handle:falcon_one",
                "author.handle:Falcon_One",
                "author.handle:\"purple falcon\"",
                "author.handle:harbour*",
                "falcon_one",
                "tags:\"harbour watch\"",
                "tags:(demo)",
                "links:\"https://paste.example/x1\"",
                "links:https\\:\\/\\/paste*",
                "link_hosts:paste.example",
                "link_hosts:*.files.example",
                "host:match.example AND language:tr",
                "media.url:*aaaa",
                "media.type:video",
                "post.id:57",
                "author.handle:*",
                "has_media:true",
                "has_media:false AND falcon",
                "language:[ar TO en]",
                "language:{ar TO en}",
                "language:>ru",
                "text:[Falco TO falcoo]",
                // dates
                "published_at:2026-11-05",
                "published_at:\"2026-11-05\"",
                "published_at:[2026-11-05 TO 2026-11-06]",
                "published_at:[2026-11-05 TO 2026-11-06}",
                "published_at:{2026-11-05 TO 2026-11-06]",
                "published_at:{2026-11-05 TO 2026-11-06}",
                "published_at:[* TO 2026-11-04]",
                "published_at:[2026-11-05T12:00:00Z TO *]",
                "published_at:{2026-11-05T12:00:00Z TO *}",
                "published_at:>2026-11-05",
                "published_at:>=2026-11-05",
                "published_at:<2026-11-05",
                "published_at:<=2026-11-05",
                "modified_at:[2026-11-01 TO *] OR published_at:[* TO 2026-10-31]"
            })
    void bothFindTheSame(String query) {
        Set<String> flagged = new TreeSet<>();
        Matcher matcher = new Matcher(TestSearch.set(1, TestSearch.exact("search", query)));
        assertThat(matcher.unreadable()).isEmpty();
        ITEMS.forEach((name, item) -> {
            Matching matching = matcher.match(item);
            assertThat(matching.failures()).isEmpty();
            if (!matching.matches().isEmpty()) {
                flagged.add(name);
            }
        });

        assertThat(flagged).isEqualTo(found(query));
    }

    private static Set<String> found(String query) {
        List<FieldValue> ids =
                ITEMS.values().stream().map(item -> FieldValue.of(item.id())).toList();
        Set<String> found = INDICES
                .search(Room.ITEMS, search -> search.size(100)
                        .query(q -> q.bool(b -> b.must(m -> m.queryString(s -> s.query(query)))
                                .filter(f -> f.terms(t -> t.field("id").terms(v -> v.value(ids)))))))
                .stream()
                .map(stored -> stored.id())
                .collect(Collectors.toSet());
        return ITEMS.entrySet().stream()
                .filter(item -> found.contains(item.getValue().id()))
                .map(Map.Entry::getKey)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static TestItem at(String path) {
        return TestItem.at("https://match.example" + path);
    }
}
