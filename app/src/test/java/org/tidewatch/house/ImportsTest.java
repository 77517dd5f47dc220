package org.tidewatch.house;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Imports point one way, and what is hard to move to a newer StormCrawler is not leaned on. */
class ImportsTest {

    /** The packages of each module. */
    private static final Map<String, List<String>> ROOMS = Map.of(
            "server",
            List.of("server"),
            "indexer",
            List.of(
                    "filing", "history", "index", "item", "keeping", "match", "novelty", "query", "review", "search",
                    "text", "trial", "url", "yaml"),
            "seeds",
            List.of("seed"),
            "crawler",
            List.of("extract", "fetch", "frontier", "topology"),
            "alerts",
            List.of("alert", "delivery"),
            "kibana",
            List.of("kibana"),
            "app",
            List.of("command", "config", "demo", "doctor", "sample", "supervise"));

    /** What each module may import of the others. */
    private static final Map<String, List<String>> MAY_IMPORT = Map.of(
            "server", List.of(),
            "indexer", List.of(),
            "seeds", List.of("indexer"),
            "crawler", List.of("indexer", "seeds"),
            "alerts", List.of("indexer"),
            "kibana", List.of("indexer"));

    /** Differ in org.apache.stormcrawler 3.x, or are gone there. */
    private static final List<String> NOT_EXTENDED = List.of(
            "com.digitalpebble.stormcrawler.filtering.URLFilter",
            "com.digitalpebble.stormcrawler.jsoup.JSoupFilter",
            "com.digitalpebble.stormcrawler.parse.ParseFilter",
            "com.digitalpebble.stormcrawler.parse.TextExtractor",
            "com.digitalpebble.stormcrawler.protocol.RobotRulesParser",
            "com.digitalpebble.stormcrawler.protocol.HttpRobotRulesParser",
            "com.digitalpebble.stormcrawler.protocol.selenium.NavigationFilter",
            "com.digitalpebble.stormcrawler.proxy.ProxyManager",
            "com.digitalpebble.stormcrawler.protocol.DelegatorProtocol");

    private static JavaClasses house;

    @BeforeAll
    static void read() {
        house = new ClassFileImporter()
                .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                .withImportOption(location -> !location.contains("-tests.jar") && !location.contains("/test-classes/"))
                .importPackages("org.tidewatch");
    }

    private static String[] packages(String room) {
        return ROOMS.getOrDefault(room, List.of()).stream()
                .map(name -> "org.tidewatch." + name + "..")
                .toArray(String[]::new);
    }

    @Test
    void everyPackageBelongsToARoom() {
        List<String> known = ROOMS.values().stream()
                .flatMap(List::stream)
                .map(name -> "org.tidewatch." + name)
                .toList();
        assertThat(house.stream().map(JavaClass::getPackageName).distinct())
                .isNotEmpty()
                .allMatch(name -> known.stream().anyMatch(room -> name.equals(room) || name.startsWith(room + ".")));
    }

    @Test
    void importsPointOneWay() {
        MAY_IMPORT.forEach((room, allowed) -> ROOMS.keySet().stream()
                .filter(other -> !other.equals(room) && !allowed.contains(other))
                .forEach(other -> {
                    ArchRule rule = noClasses()
                            .that()
                            .resideInAnyPackage(packages(room))
                            .should()
                            .dependOnClassesThat()
                            .resideInAnyPackage(packages(other))
                            .because("imports point from the app to the index, never back");
                    rule.check(house);
                }));
    }

    @Test
    void onlyTheTopologyAndTheFetcherKnowStorm() {
        noClasses()
                .that()
                .resideOutsideOfPackages("org.tidewatch.topology..", "org.tidewatch.fetch..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("org.apache.storm..", "com.digitalpebble..")
                .check(house);
    }

    @Test
    void onlyTheIndexRoomsKnowTheClientOfElasticsearch() {
        noClasses()
                .that()
                .resideInAnyPackage(
                        "org.tidewatch.extract..",
                        "org.tidewatch.fetch..",
                        "org.tidewatch.sample..",
                        "org.tidewatch.url..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("co.elastic..", "org.elasticsearch..")
                .check(house);
    }

    @Test
    void whatDiffersInStormCrawlerThreeIsNotUsed() {
        classes()
                .that()
                .resideInAPackage("org.tidewatch..")
                .should()
                .onlyDependOnClassesThat(
                        new com.tngtech.archunit.base.DescribedPredicate<>("move to StormCrawler 3 by renaming") {
                            @Override
                            public boolean test(JavaClass used) {
                                return !NOT_EXTENDED.contains(used.getName());
                            }
                        })
                .check(house);
    }
}
