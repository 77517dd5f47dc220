package org.tidewatch.benchmark;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.OptionalLong;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.results.format.ResultFormatType;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.tidewatch.item.Item;
import org.tidewatch.search.SearchSet;

/**
 * How long one item takes against so many saved searches, on one thread, by our matcher and by others. All are asked the
 * same, and their first answers must be the same. Not part of the build; BENCHMARKS.md has the commands.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 4, time = 5)
@Measurement(iterations = 5, time = 5)
@Fork(1)
public class MatchBenchmark {

    private static final int ITEMS = 400;
    private static final int COMPARED = 5;

    @Param("TIDEWATCH")
    public String way;

    @Param("REALISTIC")
    public String kind;

    @Param("1000")
    public int searches;

    private Contender contender;
    private Item[] items;
    private int next;
    private long asked;
    private long found;

    @Setup(Level.Trial)
    public void load() throws IOException {
        List<Tongue> tongues = Pages.tongues(new Random(1));
        SearchSet set = Searches.set(Searches.Kind.valueOf(kind), searches, tongues, new Random(2));
        Pages pages = new Pages(tongues, new Random(3));
        items = Stream.iterate(0, i -> i + 1).limit(ITEMS).map(pages::page).toArray(Item[]::new);
        long before = used();
        long start = System.nanoTime();
        contender = Contender.Way.valueOf(way).with(set);
        long loaded = System.nanoTime() - start;
        System.out.printf(
                Locale.ROOT, "%n# loaded in %.1f s, %d MB in this JVM%n", loaded / 1e9, (used() - before) >> 20);
        compare(set);
        contender.takeRun();
    }

    /** The first items are matched alike by our matcher and the other. */
    private void compare(SearchSet set) throws IOException {
        if (contender instanceof OwnMatcher) {
            return;
        }
        OwnMatcher ours = new OwnMatcher(set);
        for (int i = 0; i < COMPARED; i++) {
            List<String> expected = ours.matches(items[i]);
            List<String> answered = contender.matches(items[i]);
            if (!answered.equals(expected)) {
                throw new IllegalStateException("Item " + i + ": " + answered + ", ours " + expected);
            }
        }
    }

    @Benchmark
    public List<String> item() throws IOException {
        List<String> matching = contender.matches(items[next]);
        next = (next + 1) % ITEMS;
        asked++;
        found += matching.size();
        return matching;
    }

    @TearDown(Level.Trial)
    public void tell() throws IOException {
        OptionalLong run = contender.takeRun();
        System.out.printf(
                Locale.ROOT,
                "%n# %d items, %.2f matches an item, %s searches run an item, %d MB in this JVM%n",
                asked,
                (double) found / asked,
                run.isPresent() ? String.valueOf(run.getAsLong() / asked) : "unknown",
                used() >> 20);
        contender.close();
    }

    private static long used() {
        System.gc();
        Runtime runtime = Runtime.getRuntime();
        return runtime.totalMemory() - runtime.freeMemory();
    }

    /** Runs what {@code -Dways}, {@code -Dkinds} and {@code -Dsizes} name, in JVMs of {@code -Dheap}. */
    @Test
    void run() throws RunnerException {
        new Runner(new OptionsBuilder()
                        .include("\\." + MatchBenchmark.class.getSimpleName() + "\\.")
                        .param("way", named("ways", "TIDEWATCH"))
                        .param("kind", named("kinds", "REALISTIC"))
                        .param("searches", named("sizes", "1000,10000,100000"))
                        .jvmArgs(jvmArgs())
                        .timeout(TimeValue.hours(1))
                        .shouldFailOnError(true)
                        .resultFormat(ResultFormatType.JSON)
                        .result("target/match-benchmark.json")
                        .build())
                .run();
    }

    private static String[] jvmArgs() {
        return Stream.concat(
                        Stream.of("-Xmx" + System.getProperty("heap", "1500m"), "-Duser.timezone=UTC"),
                        Stream.of("tidewatch.elasticsearch.zip", "percolator")
                                .filter(name -> System.getProperty(name) != null)
                                .map(name -> "-D" + name + "=" + System.getProperty(name)))
                .toArray(String[]::new);
    }

    private static String[] named(String property, String usual) {
        return Arrays.stream(System.getProperty(property, usual).split(",")).toArray(String[]::new);
    }
}
