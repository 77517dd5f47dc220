package org.tidewatch.supervise;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tidewatch.config.Configuration;
import org.tidewatch.frontier.Frontier;
import org.tidewatch.index.IndexUnavailable;
import org.tidewatch.index.Indices;
import org.tidewatch.keeping.Lease;
import org.tidewatch.keeping.Metrics;
import org.tidewatch.keeping.Sweep;
import org.tidewatch.review.Review;
import org.tidewatch.server.ServerException;

/**
 * Tidewatch at work: the embedded Elasticsearch (unless the configuration names a cluster) and the crawl as child
 * processes, the mailer and the periodic jobs in this one. Children that end are started again, later each time they
 * fail in a row. {@link #close} ends everything in order; killing this process ends it too.
 */
public final class Watch implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Watch.class);
    private static final Duration LOOK = Duration.ofSeconds(1);
    private static final Duration MAIL = Duration.ofSeconds(2);
    private static final Duration PROJECT = Duration.ofSeconds(5);
    private static final Duration SWEEP = Duration.ofHours(1);
    private static final Duration LEASE = Duration.ofSeconds(30);

    private final Configuration configuration;
    private final DataFolder folder;
    private final Console console;
    private final Clock clock;
    private final String mode;
    private final Instant startedAt;
    private final DataFolder.Lock lock;
    private final ElasticChild elastic;
    private final Indices indices;
    private final Frontier frontier;
    private final Definitions definitions;
    private final Optional<CrawlChild> crawl;
    private final Optional<Mailroom> mailroom;
    private final Retrospect retrospect;
    private final Jobs jobs;
    private final String owner = ProcessHandle.current().pid() + "-" + UUID.randomUUID();
    private final List<Lease> leases = new ArrayList<>();
    private final AtomicBoolean closed = new AtomicBoolean();

    /**
     * What to start.
     *
     * @param mode {@code run} or {@code demo}, for the status
     * @param crawl whether this process has a crawl of its own, or one runs on a Storm cluster
     */
    public record Plan(
            String mode, Configuration configuration, DataFolder folder, Path elasticsearchZip, boolean crawl) {}

    private Watch(Plan plan, Console console, Clock clock, DataFolder.Lock lock, ElasticChild elastic)
            throws IOException {
        this.configuration = plan.configuration();
        this.folder = plan.folder();
        this.mode = plan.mode();
        this.console = console;
        this.clock = clock;
        this.lock = lock;
        this.elastic = elastic;
        this.startedAt = clock.instant();
        this.jobs = new Jobs(clock);
        this.indices = Indices.open(elastic.access().settings(System.getenv()));
        indices.ensure();
        this.frontier = new Frontier(
                indices, configuration.retention(), clock, configuration.crawl().maxUrlsPerHost());
        this.definitions = new Definitions(configuration, indices, frontier, clock);
        this.crawl = plan.crawl()
                ? Optional.of(new CrawlChild(
                        folder,
                        configuration.crawlSettings(elastic.access()),
                        configuration.crawl().heapBytes(),
                        clock))
                : Optional.empty();
        this.mailroom = configuration
                .alerts()
                .map(settings -> new Mailroom(indices, settings, configuration.retention(), clock, owner, jobs::error));
        this.retrospect = new Retrospect(indices, configuration.retention(), clock, lease("history"));
    }

    /**
     * Starts everything and returns when the crawl has begun.
     *
     * @throws StartRefused when something stands in the way, with the remedy
     */
    public static Watch start(Plan plan, Console console, Clock clock) throws StartRefused, InterruptedException {
        DataFolder.Lock lock;
        try {
            lock = plan.folder()
                    .lock()
                    .orElseThrow(() -> new StartRefused("Another Tidewatch works on "
                            + plan.folder().path() + ". End it first, or name another data folder with --data."));
        } catch (IOException e) {
            throw new StartRefused("The data folder " + plan.folder().path() + " cannot be used: " + e.getMessage(), e);
        }
        ElasticChild elastic = null;
        Watch watch = null;
        try {
            elastic = ElasticChild.start(plan, console, clock);
            watch = new Watch(plan, console, clock, lock, elastic);
            watch.begin();
            Watch started = watch;
            watch = null;
            elastic = null;
            lock = null;
            return started;
        } catch (ServerException e) {
            throw new StartRefused(String.valueOf(e.getMessage()), e);
        } catch (IOException e) {
            throw new StartRefused("Could not start: " + e.getMessage(), e);
        } finally {
            if (watch != null) {
                watch.close();
            } else if (elastic != null) {
                elastic.close();
            }
            if (lock != null) {
                release(lock);
            }
        }
    }

    private void begin() throws IOException {
        apply();
        if (crawl.isPresent()) {
            crawl.get().look();
        }
        writeStatus();
        jobs.every(LOOK, "supervision", this::supervise);
        jobs.every(LOOK, "files", this::applyWhenChanged);
        mailroom.ifPresent(room -> jobs.every(MAIL, "mail", room::pass));
        jobs.every(LOOK, "history", retrospect::pass);
        jobs.every(PROJECT, "decisions", leased("decisions", review()::project));
        Sweep sweep = new Sweep(indices, configuration.retention(), clock);
        jobs.every(SWEEP, "retention", leased("retention", sweep::run));
        Metrics metrics = new Metrics(indices, configuration.retention(), clock, "watch", List.of("due", "restarts"));
        jobs.every(PROJECT, "metrics", () -> {
            metrics.set("due", (double) frontier.dueCount());
            metrics.set(
                    "restarts",
                    elastic.restarts() + crawl.map(CrawlChild::restarts).orElse(0));
            metrics.flush();
        });
    }

    /** The job, done only while this process and no other has the lease for it. */
    private Jobs.Job leased(String name, Jobs.Job job) {
        Lease lease = lease(name);
        return () -> {
            if (lease.take()) {
                job.run();
            }
        };
    }

    private Lease lease(String job) {
        Lease lease = new Lease(indices, clock, job, owner, LEASE);
        leases.add(lease);
        return lease;
    }

    private void apply() throws IOException {
        Definitions.Applied applied = definitions.apply();
        applied.problems().forEach(problem -> {
            console.line("Skipped: " + problem);
            jobs.error(problem.toString());
        });
        applied.warnings().forEach(warning -> console.line("Note: " + warning));
        applied.changes().forEach(change -> LOG.info("Applied: {}", change));
        console.line(applied.seeds() + " seeds are crawled, " + applied.active() + " saved searches are active, "
                + applied.proposed() + " are only proposed.");
    }

    private void applyWhenChanged() throws IOException {
        if (definitions.changed()) {
            apply();
        }
    }

    private void supervise() throws IOException, InterruptedException {
        elastic.look(jobs::error);
        if (crawl.isPresent()) {
            crawl.get().look().ifPresent(jobs::error);
        }
        writeStatus();
    }

    private void writeStatus() throws IOException {
        List<Status.Part> parts = new ArrayList<>();
        parts.add(elastic.part());
        crawl.ifPresent(child -> parts.add(child.part()));
        parts.add(mailroom.map(Mailroom::part)
                .orElseGet(() -> new Status.Part(
                        "mailer",
                        "off",
                        Optional.empty(),
                        0,
                        Optional.of("mail.smtp.host, mail.from and mail.recipients are not all set"))));
        parts.add(retrospect.part());
        parts.addAll(jobs.parts());
        new Status(
                        mode,
                        ProcessHandle.current().pid(),
                        startedAt,
                        clock.instant(),
                        Optional.of(elastic.access()),
                        parts,
                        jobs.errors())
                .write(folder);
    }

    public Indices indices() {
        return indices;
    }

    public Frontier frontier() {
        return frontier;
    }

    public Review review() {
        return new Review(indices, configuration.retention(), clock);
    }

    /** The mailer, unless the configuration names no server, sender or recipient. */
    public Optional<Mailroom> mailroom() {
        return mailroom;
    }

    /** Ends the crawl first, then the jobs, then the index; what was under way is taken up at the next start. */
    @Override
    public void close() {
        if (!closed.compareAndSet(false, true)) {
            return;
        }
        jobs.close();
        giveBackLeases();
        crawl.ifPresent(CrawlChild::close);
        retrospect.close();
        try {
            indices.close();
        } catch (IOException e) {
            LOG.warn("The connection to Elasticsearch did not close in order", e);
        }
        elastic.close();
        release(lock);
    }

    private void giveBackLeases() {
        if (!elastic.isAlive()) {
            return;
        }
        try {
            leases.forEach(Lease::close);
            mailroom.ifPresent(Mailroom::close);
        } catch (IndexUnavailable e) {
            LOG.warn("Leases were not given back; they run out by themselves", e);
        }
    }

    private static void release(DataFolder.Lock lock) {
        try {
            lock.close();
        } catch (IOException e) {
            LOG.warn("The data folder's lock was not released in order; it ends with this process", e);
        }
    }
}
