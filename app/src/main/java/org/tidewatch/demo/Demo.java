package org.tidewatch.demo;

import co.elastic.clients.elasticsearch._types.query_dsl.Query;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.tidewatch.alert.AlertSettings;
import org.tidewatch.config.Configuration;
import org.tidewatch.delivery.MailAddress;
import org.tidewatch.delivery.MailCatcher;
import org.tidewatch.delivery.MailSettings;
import org.tidewatch.delivery.Recipient;
import org.tidewatch.delivery.Retry;
import org.tidewatch.delivery.Smtp;
import org.tidewatch.fetch.HostAddress;
import org.tidewatch.filing.StoredItem;
import org.tidewatch.index.ElasticSettings;
import org.tidewatch.index.Indices;
import org.tidewatch.index.Room;
import org.tidewatch.item.Item;
import org.tidewatch.keeping.Retention;
import org.tidewatch.review.Review;
import org.tidewatch.sample.Manifest;
import org.tidewatch.sample.SampleWeb;
import org.tidewatch.search.Consent;
import org.tidewatch.supervise.Console;
import org.tidewatch.supervise.DataFolder;
import org.tidewatch.supervise.Home;
import org.tidewatch.supervise.Mailroom;
import org.tidewatch.supervise.StartRefused;
import org.tidewatch.supervise.Watch;

/**
 * Tidewatch at work on the sample web: a real run in every part, but for the web it crawls and the mail server, which are
 * local. The sample web stands where an earlier demo on the same data left it.
 */
public final class Demo implements AutoCloseable {

    private static final Duration CHANGE_EVERY = Duration.ofSeconds(20);
    /** Short, because a mail that a killed demo was sending waits for this before the next one sends it. */
    private static final Duration SMTP_TIMEOUT = Duration.ofSeconds(5);

    private static final Duration ONCE_BOUND = Duration.ofMinutes(10);
    private static final String DESK = "duty-desk";
    private static final String NIGHT = "night-desk";

    private final DataFolder folder;
    private final Console console;
    private final Clock clock;
    private final SampleWeb web;
    private final MailCatcher catcher;
    private final Watch watch;
    private final Manifest manifest;
    private final Instant startedAt;
    private final int mailsBefore;

    private Demo(
            DataFolder folder,
            Console console,
            Clock clock,
            SampleWeb web,
            MailCatcher catcher,
            Watch watch,
            Manifest manifest,
            Instant startedAt,
            int mailsBefore) {
        this.folder = folder;
        this.console = console;
        this.clock = clock;
        this.web = web;
        this.catcher = catcher;
        this.watch = watch;
        this.manifest = manifest;
        this.startedAt = startedAt;
        this.mailsBefore = mailsBefore;
    }

    /** The demo's configuration for commands that look at its data; the mail server and the web are not running then. */
    public static Configuration configuration(Home home, Optional<Path> data) {
        return configuration(
                home, data.orElse(home.path().resolve("data").resolve("demo")), Map.of(), Optional.empty());
    }

    private static Configuration configuration(
            Home home, Path data, Map<String, HostAddress> connectTo, Optional<MailCatcher> catcher) {
        return new Configuration(
                home.path(),
                data,
                home.sample().resolve("seeds"),
                new Configuration.Searches(home.sample().resolve("searches"), new Consent(true)),
                new Configuration.Elasticsearch(
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        ElasticSettings.DEFAULT_PREFIX,
                        ElasticSettings.DEFAULT_PATIENCE,
                        1L << 30,
                        Optional.empty()),
                new Configuration.Crawl(
                        Optional.of("tidewatch-demo"),
                        Optional.of("demo@unit.example"),
                        Duration.ofMillis(50),
                        20,
                        2,
                        Duration.ofSeconds(10),
                        20L << 20,
                        5_000,
                        768L << 20,
                        List.of(),
                        connectTo),
                catcher.map(Demo::alerts),
                Retention.Terms.DEFAULT,
                List.of());
    }

    private static AlertSettings alerts(MailCatcher catcher) {
        Smtp smtp = new Smtp(
                catcher.host(),
                catcher.port(),
                Smtp.Security.NONE,
                Optional.empty(),
                Optional.empty(),
                SMTP_TIMEOUT,
                SMTP_TIMEOUT);
        Map<String, Recipient> recipients = Map.of(
                DESK,
                recipient(DESK, "Duty desk", "duty@unit.example"),
                NIGHT,
                recipient(NIGHT, "Night desk", "night@unit.example"));
        MailSettings mail = new MailSettings(
                MailAddress.of("mail.from", "Tidewatch demo <tidewatch@unit.example>"),
                smtp,
                recipients,
                Optional.of(DESK),
                Optional.empty(),
                Retry.DEFAULT);
        return new AlertSettings(mail, AlertSettings.DEFAULT_IMMEDIATE_TIERS, Duration.ofMinutes(1));
    }

    private static Recipient recipient(String id, String name, String address) {
        return new Recipient(id, name, MailAddress.of("address", address), Recipient.Language.EN, Optional.empty());
    }

    /** @throws StartRefused when something stands in the way, with the remedy */
    public static Demo start(Home home, DataFolder folder, Console console, Clock clock)
            throws StartRefused, IOException, InterruptedException {
        Manifest manifest = Manifest.read(home.sample().resolve("manifest.yaml"));
        folder.create();
        console.line("Tidewatch demo: everything here runs on this machine, and every page is invented.");
        SampleWeb web = SampleWeb.start(home.sample(), clock, step(folder));
        MailCatcher catcher = null;
        Watch watch = null;
        boolean started = false;
        try {
            catcher = MailCatcher.start(folder.mail(), 0, clock);
            console.line("  sample web    " + web.hosts().size()
                    + " invented hosts; look at it in a browser: http://127.0.0.1:"
                    + web.address().getPort() + "/");
            console.line("  mail catcher  accepted mails are files in " + folder.mail());
            Map<String, HostAddress> connectTo = new TreeMap<>();
            for (String host : web.hosts()) {
                connectTo.put(host, HostAddress.of("127.0.0.1:" + web.address().getPort()));
            }
            Configuration configuration = configuration(home, folder.path(), connectTo, Optional.of(catcher));
            Instant startedAt = clock.instant();
            int mailsBefore = catcher.count();
            watch = Watch.start(
                    new Watch.Plan("demo", configuration, folder, home.elasticsearchZip(), true), console, clock);
            watch.frontier().recrawl();
            Demo demo = new Demo(folder, console, clock, web, catcher, watch, manifest, startedAt, mailsBefore);
            watch = null;
            started = true;
            return demo;
        } finally {
            if (watch != null) {
                watch.close();
            }
            if (!started) {
                if (catcher != null) {
                    catcher.close();
                }
                web.close();
            }
        }
    }

    private static int step(DataFolder folder) throws IOException {
        return Files.exists(folder.sampleStep())
                ? Integer.parseInt(Files.readString(folder.sampleStep(), StandardCharsets.UTF_8)
                        .strip())
                : 0;
    }

    /** Crawls the sample web as it stands and mails what is new; ends when nothing is due, or {@code asked} opens. */
    public Summary once(CountDownLatch asked) throws InterruptedException {
        Instant bound = startedAt.plus(ONCE_BOUND);
        int quiet = 0;
        while (quiet < 2 && clock.instant().isBefore(bound)) {
            if (asked.await(1, TimeUnit.SECONDS)) {
                break;
            }
            quiet = settled() ? quiet + 1 : 0;
            progress();
        }
        return summary();
    }

    private boolean settled() {
        if (watch.frontier().unvisitedSince(startedAt) > 0) {
            return false;
        }
        return watch.mailroom().map(Mailroom::flush).orElse(true);
    }

    /** Goes on until {@code asked} opens, while the sample web changes step by step. */
    public Summary watch(CountDownLatch asked) throws InterruptedException, IOException {
        Instant nextChange = clock.instant().plus(CHANGE_EVERY);
        boolean first = true;
        while (!asked.await(1, TimeUnit.SECONDS)) {
            progress();
            boolean crawled = watch.frontier().unvisitedSince(startedAt) == 0;
            if (first && crawled) {
                console.line("The whole sample web has been seen once. From now on it changes every "
                        + CHANGE_EVERY.toSeconds() + " s; Ctrl-C ends the demo.");
                nextChange = clock.instant().plus(CHANGE_EVERY);
                first = false;
            }
            if (!first && !clock.instant().isBefore(nextChange) && web.step() < web.lastStep()) {
                web.advance()
                        .ifPresent(change -> console.line(
                                "The sample web changed (" + change.kind() + "): " + change.description()));
                Files.writeString(folder.sampleStep(), Integer.toString(web.step()), StandardCharsets.UTF_8);
                nextChange = clock.instant().plus(CHANGE_EVERY);
                if (web.step() == web.lastStep()) {
                    console.line("That was the last change; the crawl goes on looking.");
                }
            }
        }
        return summary();
    }

    private void progress() {
        Instant now = clock.instant();
        console.progress(
                Duration.between(startedAt, now).toSeconds() + " s: " + pages() + " pages fetched, "
                        + watch.indices().count(Room.ITEMS, all()) + " items, "
                        + watch.review().candidates(Review.Filter.ALL, 0).total() + " candidates, "
                        + mails() + " mails",
                now);
    }

    private Summary summary() {
        Indices indices = watch.indices();
        indices.refresh(Room.ITEMS);
        indices.refresh(Room.ALERTS);
        Map<String, Set<String>> flagged = new TreeMap<>();
        indices.scan(
                Room.ITEMS,
                Query.of(q -> q.exists(e -> e.field("matches.search"))),
                500,
                page -> page.forEach(stored -> {
                    StoredItem item = stored.as(StoredItem.class);
                    if (item.state() == StoredItem.State.PRESENT) {
                        flagged.put(
                                stored.as(Item.class).url(),
                                new TreeSet<>(item.matches().search()));
                    }
                }));
        List<String> missing = new ArrayList<>();
        int planted = 0;
        Map<String, Set<String>> expected = new TreeMap<>();
        for (Manifest.Planted plant : manifest.planted()) {
            if (plant.isThereAt(web.step())) {
                planted++;
                expected.put(plant.url(), new TreeSet<>(plant.searches()));
                Set<String> lacking = new TreeSet<>(plant.searches());
                lacking.removeAll(flagged.getOrDefault(plant.url(), Set.of()));
                if (!lacking.isEmpty()) {
                    missing.add(plant.url() + " not flagged by " + String.join(", ", lacking));
                }
            }
        }
        List<String> surprises = new ArrayList<>();
        flagged.forEach((url, searches) -> {
            Set<String> surplus = new TreeSet<>(searches);
            surplus.removeAll(expected.getOrDefault(url, Set.of()));
            if (!surplus.isEmpty()) {
                surprises.add(url + " flagged by " + String.join(", ", surplus));
            }
        });
        return new Summary(
                (int) pages(),
                (int) indices.count(Room.ITEMS, all()),
                (int) watch.review().candidates(Review.Filter.ALL, 0).total(),
                (int) indices.count(Room.ALERTS, since("alerted_at")),
                mails(),
                planted,
                planted - missing.size(),
                surprises.size(),
                Duration.between(startedAt, clock.instant()).toMillis() / 1000.0,
                missing,
                surprises);
    }

    private int mails() {
        return catcher.count() - mailsBefore;
    }

    private long pages() {
        return watch.indices().count(Room.FRONTIER, since("last_fetch_at"));
    }

    private Query since(String field) {
        return Query.of(q -> q.range(r -> r.date(d -> d.field(field).gte(startedAt.toString()))));
    }

    private static Query all() {
        return Query.of(q -> q.matchAll(m -> m));
    }

    /** Says in plain words what happened and where to look next. */
    public void explain(Summary summary, String options) {
        console.line("");
        console.line("In " + Math.round(summary.seconds()) + " s Tidewatch fetched " + summary.pages()
                + " pages of the sample web and knows " + summary.items() + " items: pages, posts and files.");
        console.line(summary.candidates()
                + " of them are candidates: a saved search matched, and no person has judged them yet.");
        console.line(summary.alerts() + " alerts were new in this run; " + summary.mails() + " mails went out.");
        console.line("Of " + summary.planted() + " planted items " + summary.found() + " were found, and "
                + summary.unexpected() + " others were flagged.");
        summary.missing().forEach(line -> console.line("  MISSED     " + line));
        summary.surprises().forEach(line -> console.line("  UNEXPECTED " + line));
        console.line("");
        console.line("Where to look next:");
        console.line("  ./tidewatch candidates " + options + "            what is flagged, newest first");
        console.line("  ./tidewatch show ID " + options + "               one item, with the reasons");
        console.line("  ./tidewatch decide ID dismissed --why TEXT " + options);
        console.line("  " + folder.mail() + "   the mails, one .eml file each");
        console.line("  app/sample/manifest.yaml   what was planted, and what must not be flagged");
    }

    @Override
    public void close() throws IOException {
        watch.close();
        catcher.close();
        web.close();
    }
}
