package org.tidewatch.match;

import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.tidewatch.query.Now;

/**
 * Very many queries, each tried on every document for which it may hold and on few others. What a document must have for a
 * query to hold (its <em>anchors</em>: the rarest word of a phrase, any word of an alternative, a host) is looked up from
 * the document's own tokens and values; how rare an anchor is, is learned from the documents that pass.
 *
 * <p>Thread-safe. The set of queries never changes; {@link #next} makes another one of it.
 */
public final class StandingQueries {

    /** After so many documents the queries are laid under the anchors that are known to be rare by then. */
    private static final int[] LAID_ANEW_AFTER = {50, 1_000, 20_000};

    private static final int LEARN_FROM_ALL = 1_000;
    private static final int LEARN_FROM_ONE_OF = 64;
    private static final int TIME_ONE_OF = 16;

    private final Analysis analysis;
    private final ZoneId zone;
    private final Compiler compiler;
    private final Rarity rarity;
    private final AtomicInteger documents;
    private final List<Standing> standing = new ArrayList<>();
    private final Map<String, String> broken = new LinkedHashMap<>();
    private final Signs signs;
    private final AtomicBoolean laying = new AtomicBoolean();
    private volatile Presearch presearch;

    /**
     * What came of one document.
     *
     * @param hold the queries that match it
     * @param failures queries that failed on it; the others' matches stand
     * @param tried how many were tried
     */
    record Trial(Evaluation evaluation, List<Standing> hold, List<Matching.Failure> failures, int tried) {}

    /**
     * The queries that match a document.
     *
     * @param failures queries that failed on it; the others' matches stand
     * @param tried how many queries were tried
     */
    public record Found(List<String> ids, List<Matching.Failure> failures, int tried) {}

    /** @param zone in which dates of queries are rounded */
    public StandingQueries(Analysis analysis, ZoneId zone, Collection<StandingQuery> queries) {
        this(
                analysis,
                zone,
                List.of(),
                queries,
                new Compiler(analysis.layout(), zone),
                new Rarity(),
                new AtomicInteger());
    }

    private StandingQueries(
            Analysis analysis,
            ZoneId zone,
            List<Standing> kept,
            Collection<StandingQuery> fresh,
            Compiler compiler,
            Rarity rarity,
            AtomicInteger documents) {
        this.analysis = analysis;
        this.zone = zone;
        this.compiler = compiler;
        this.rarity = rarity;
        this.documents = documents;
        standing.addAll(kept);
        for (StandingQuery query : fresh) {
            try {
                standing.add(new Standing(query.id(), compiler.compile(query.clause(), query.form())));
            } catch (RuntimeException e) {
                broken.put(query.id(), String.valueOf(e.getMessage()));
            }
        }
        Set<Sign> used = new HashSet<>();
        standing.forEach(query -> query.criterion().addSigns(used));
        this.signs = new Signs(used, analysis.layout());
        this.presearch = lay();
    }

    /**
     * Another set of queries, with all that was learned. It shares with this one what both have in common, and this one goes
     * on as before.
     *
     * @param kept ids of queries that stay as they are
     * @param fresh queries that are new or have changed
     */
    public StandingQueries next(Set<String> kept, Collection<StandingQuery> fresh) {
        return new StandingQueries(
                analysis,
                zone,
                standing.stream().filter(query -> kept.contains(query.id())).toList(),
                fresh,
                compiler,
                rarity,
                documents);
    }

    private Presearch lay() {
        return new Presearch(standing.stream().map(Standing::criterion).toList(), signs.size(), rarity);
    }

    /** How many queries can be tried on documents. */
    public int size() {
        return standing.size();
    }

    /** Queries that cannot be tried on any document, with the reason. */
    public Map<String, String> broken() {
        return Map.copyOf(broken);
    }

    /** Queries that are tried on every document, since nothing is known that a document must have to be found by them. */
    public List<String> triedOnEverything() {
        return Arrays.stream(presearch.everywhere())
                .mapToObj(number -> standing.get(number).id())
                .toList();
    }

    /** @param now what {@code now} is in queries */
    public Found match(AnalysedDocument document, Instant now) {
        Trial trial = trial(document, now);
        return new Found(trial.hold().stream().map(query -> query.id()).toList(), trial.failures(), trial.tried());
    }

    Trial trial(AnalysedDocument document, Instant now) {
        Evaluation evaluation = evaluation(document, now);
        Trial trial = trial(evaluation, presearch.candidates(evaluation.marked()));
        learn(evaluation);
        return trial;
    }

    /** Tries every query, without a look at its anchors: slow, and the measure of {@link #trial}. */
    Trial trialOfAll(AnalysedDocument document, Instant now) {
        BitSet all = new BitSet();
        all.set(0, standing.size());
        return trial(evaluation(document, now), all);
    }

    private Evaluation evaluation(AnalysedDocument document, Instant now) {
        return new Evaluation(document, analysis, new Now(now, zone), signs.of(document));
    }

    private Trial trial(Evaluation evaluation, BitSet candidates) {
        List<Standing> hold = new ArrayList<>();
        List<Matching.Failure> failures = new ArrayList<>();
        boolean timed = documents.get() % TIME_ONE_OF == 0;
        int tried = 0;
        for (int number = candidates.nextSetBit(0); number >= 0; number = candidates.nextSetBit(number + 1)) {
            Standing candidate = standing.get(number);
            tried++;
            long before = timed ? System.nanoTime() : 0;
            try {
                if (candidate.criterion().holds(evaluation)) {
                    hold.add(candidate);
                    candidate.matched();
                }
            } catch (RuntimeException e) {
                candidate.failed();
                failures.add(new Matching.Failure(candidate.id(), String.valueOf(e)));
            }
            if (timed) {
                candidate.tried(TIME_ONE_OF, TIME_ONE_OF * (System.nanoTime() - before));
            }
        }
        return new Trial(evaluation, hold, failures, tried);
    }

    private void learn(Evaluation evaluation) {
        int number = documents.incrementAndGet();
        if (number > LEARN_FROM_ALL && number % LEARN_FROM_ONE_OF != 0) {
            return;
        }
        rarity.learn(evaluation.marked());
        if (Arrays.binarySearch(LAID_ANEW_AFTER, number) >= 0 && laying.compareAndSet(false, true)) {
            presearch = lay();
            laying.set(false);
        }
    }

    /** What each query has cost since this was asked last, in no order. */
    public List<Cost> takeCosts() {
        return standing.stream().map(Standing::takeCost).toList();
    }
}
