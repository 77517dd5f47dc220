package org.tidewatch.search;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.tidewatch.query.Clause;

/** What a search leaves out, as clauses. */
final class Exclusions {

    private static final String HOST = "host";
    private static final String SEEDS = "seeds";

    private Exclusions() {}

    /** Not on one of the hosts, nor on a subdomain of one; at least one host. */
    static Clause hosts(List<String> hosts) {
        List<Clause> on = new ArrayList<>();
        for (String host : hosts) {
            String plain = host.toLowerCase(Locale.ROOT);
            on.add(new Clause.Value(HOST, plain));
            on.add(new Clause.Wildcard(HOST, "*." + plain.replaceAll("[*?\\\\]", "\\\\$0")));
        }
        return new Clause.Not(new Clause.Any(on));
    }

    /**
     * Not from these seeds alone: an item with one of them is kept if it has another. "Another" is a seed in one of the
     * gaps that these leave in the order of all seeds, so that both matchers need no more than ranges of terms.
     *
     * @param seeds at least one
     */
    static Clause seeds(List<String> seeds) {
        List<String> sorted = seeds.stream()
                .distinct()
                .sorted((a, b) ->
                        Arrays.compareUnsigned(a.getBytes(StandardCharsets.UTF_8), b.getBytes(StandardCharsets.UTF_8)))
                .toList();
        List<Clause> these = new ArrayList<>();
        List<Clause> others = new ArrayList<>();
        Optional<String> last = Optional.empty();
        for (String seed : sorted) {
            these.add(new Clause.Value(SEEDS, seed));
            others.add(new Clause.Between(SEEDS, last, false, Optional.of(seed), false));
            last = Optional.of(seed);
        }
        others.add(new Clause.Between(SEEDS, last, false, Optional.empty(), false));
        return new Clause.Any(List.of(new Clause.Not(new Clause.Any(these)), new Clause.Any(others)));
    }
}
