package org.tidewatch.sample;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;
import org.tidewatch.index.Json;
import org.tidewatch.kibana.ExampleItem;
import org.tidewatch.kibana.SearchFiles;
import org.tidewatch.match.Matcher;
import org.tidewatch.search.SearchSet;

/** The manifest, the searches and the seeds agree with the web at each of its steps. */
@TestInstance(Lifecycle.PER_CLASS)
final class ManifestTest {

    private static final Path CONTENT = SampleWebTest.CONTENT;

    private static final List<String> SLOGANS = List.of(
            "join the purple falcon front",
            "join the falcon front",
            "falcon rises over velmora",
            "bring purple flags",
            "انضموا إلى جبهة الصقر الأرجواني",
            "الصقر يحلق فوق فيلمورا",
            "rejoignez le front du faucon pourpre",
            "le faucon se lève sur velmora",
            "вступайте во фронт пурпурного сокола",
            "сокол поднимается над вельморой",
            "mor şahin cephesi'ne katılın",
            "şahin velmora'nın üzerinde yükseliyor");

    private Manifest manifest;
    private int lastStep;

    /** What a polite crawl from the seeds sees at each step. */
    private final List<Map<String, Visitor.Response>> seen = new ArrayList<>();

    private final List<Set<String>> unreachable = new ArrayList<>();
    private Set<String> requests = Set.of();

    @BeforeAll
    void crawlTheWebAtEachStep() throws IOException {
        manifest = Manifest.read(CONTENT.resolve("manifest.yaml"));
        List<String> seeds = new ArrayList<>();
        for (Entry seed : Entry.read(CONTENT.resolve("seeds/harbour.yaml")).entries("seeds")) {
            seeds.add(seed.text("url"));
        }
        try (SampleWeb web = SampleWeb.start(CONTENT, Clock.systemUTC(), 0)) {
            lastStep = web.lastStep();
            do {
                Map<String, Visitor.Response> crawled = new Visitor(web).crawl(seeds);
                seen.add(crawled);
                unreachable.add(notAmong(crawled.keySet(), web.now()));
            } while (web.advance().isPresent());
            requests = web.requests().keySet();
        }
    }

    private static Set<String> notAmong(Set<String> crawled, Content.Snapshot now) {
        Set<String> missing = new TreeSet<>();
        now.hosts().forEach((host, served) -> served.answers().forEach((address, answer) -> {
            if (answer.status() == 200 && !crawled.contains("http://" + host + address)) {
                missing.add(host + address);
            }
        }));
        return missing;
    }

    private Collection<Harvest.Item> items(int step) {
        Map<String, Harvest.Item> items = new TreeMap<>();
        seen.get(step).values().forEach(response -> Harvest.items(response)
                .forEach(item -> items.put(item.url(), item)));
        return items.values();
    }

    @Test
    void everythingIsReachableFromTheSeedsButWhatRobotsFilesForbid() {
        unreachable.forEach(missing -> assertThat(missing)
                .allMatch(address -> address.endsWith("/robots.txt")
                        || address.startsWith("forum.karstbay.test/private/")
                        || address.startsWith("forum.karstbay.test/u/")));
        seen.forEach(crawled -> assertThat(crawled.values())
                .allMatch(response -> Set.of(200, 302).contains(response.status())));
        assertThat(requests).noneMatch(request -> request.contains(" /private/"));
    }

    @Test
    void theWebIsSmallEnoughForAQuickCrawlAndLargeEnoughToBelieve() {
        assertThat(seen.get(0).values())
                .filteredOn(response -> response.status() == 200)
                .hasSizeBetween(60, 100);
    }

    @Test
    void thePlantedItemsAreThereAtTheirStepsAndGoneAfterwards() {
        for (int step = 0; step <= lastStep; step++) {
            Set<String> urls = items(step).stream().map(Harvest.Item::url).collect(Collectors.toSet());
            for (Manifest.Planted planted : manifest.planted()) {
                if (step >= planted.since()) {
                    assertThat(urls.contains(planted.url()))
                            .as(planted.url() + " at step " + step)
                            .isEqualTo(planted.isThereAt(step));
                }
            }
        }
    }

    @Test
    void theDecoysAreThere() {
        Set<String> urls = items(lastStep).stream().map(Harvest.Item::url).collect(Collectors.toSet());
        assertThat(manifest.decoys())
                .allMatch(decoy -> decoy.url().contains("/private/") || urls.contains(decoy.url()));
    }

    @Test
    void theSearchesFindThePlantedItemsAndNothingElseAtEachStep() throws IOException {
        SearchFiles files = SearchFiles.read(CONTENT.resolve("searches"), Clock.systemUTC());
        assertThat(files.problems()).isEmpty();
        assertThat(files.searches()).hasSizeBetween(6, 8);
        SearchSet set = new SearchSet(
                1,
                files.searches().stream()
                        .map(search -> new SearchSet.Versioned(search, 1))
                        .toList());
        Matcher matcher = new Matcher(set);
        for (int step = 0; step <= lastStep; step++) {
            int now = step;
            Map<String, Set<String>> expected = new TreeMap<>();
            manifest.planted().stream()
                    .filter(planted -> planted.isThereAt(now))
                    .forEach(planted -> expected.put(planted.url(), new TreeSet<>(planted.searches())));
            assertThat(flagged(matcher, items(step))).as("step " + step).isEqualTo(expected);
        }
    }

    private static Map<String, Set<String>> flagged(Matcher matcher, Collection<Harvest.Item> items) {
        Map<String, Set<String>> flagged = new TreeMap<>();
        for (Harvest.Item item : items) {
            ObjectNode written =
                    Json.MAPPER.createObjectNode().put("text", item.text()).put("kind", item.kind());
            written.putObject("author").put("handle", item.handle());
            matcher.match(ExampleItem.of(written, Instant.EPOCH)).matches().forEach(match -> flagged.computeIfAbsent(
                            item.url(), url -> new TreeSet<>())
                    .add(match.search().id()));
        }
        return flagged;
    }

    @Test
    void noSloganStandsInWordsThatTheManifestDoesNotKnow() {
        for (int step = 0; step <= lastStep; step++) {
            int now = step;
            Set<String> known = manifest.planted().stream()
                    .filter(planted -> planted.isThereAt(now))
                    .map(Manifest.Planted::url)
                    .collect(Collectors.toSet());
            assertThat(items(step))
                    .filteredOn(item -> SLOGANS.stream().anyMatch(item.text().toLowerCase(Locale.ROOT)::contains))
                    .extracting(Harvest.Item::url)
                    .isNotEmpty()
                    .allMatch(known::contains);
        }
    }

    @Test
    void everyLanguageAndFaceHasAPlantedItemFromTheStart() {
        assertThat(manifest.planted())
                .filteredOn(planted -> planted.isThereAt(0))
                .hasSizeGreaterThanOrEqualTo(12)
                .extracting(Manifest.Planted::url)
                .anyMatch(url -> url.contains("forum."))
                .anyMatch(url -> url.contains("channel."))
                .anyMatch(url -> url.contains("carnet."))
                .anyMatch(url -> url.contains("paste."))
                .anyMatch(url -> url.endsWith(".pdf"))
                .anyMatch(url -> url.endsWith(".docx"))
                .anyMatch(url -> url.contains("video."));
        assertThat(manifest.planted())
                .filteredOn(planted -> planted.isThereAt(0))
                .flatExtracting(Manifest.Planted::searches)
                .contains("falcon-arabic", "falcon-french", "falcon-russian", "falcon-turkish", "falcon-recruiting");
    }

    @Test
    void aBrokenManifestIsRefusedWithFileAndLine(@TempDir Path folder) throws IOException {
        Path file = folder.resolve("manifest.yaml");
        Files.writeString(file, "planted:\n  - url: http://a.test/\n    note: x\ndecoys: []\n");
        assertThatThrownBy(() -> Manifest.read(file))
                .isInstanceOf(BrokenContent.class)
                .hasMessage(file + ":2: \"searches\" names at least one saved search");

        Files.writeString(file, "planted:\n  - url: http://a.test/\n    serches: [a]\n");
        assertThatThrownBy(() -> Manifest.read(file))
                .isInstanceOf(BrokenContent.class)
                .hasMessageStartingWith(file + ":3: unknown key \"serches\"");

        Files.writeString(file, "planted: [\n");
        assertThatThrownBy(() -> Manifest.read(file))
                .isInstanceOf(BrokenContent.class)
                .hasMessageStartingWith(file + ":2: not YAML");
    }
}
