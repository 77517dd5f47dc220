package org.tidewatch.benchmark;

import java.util.List;
import java.util.OptionalLong;
import org.tidewatch.item.Item;
import org.tidewatch.match.Cost;
import org.tidewatch.match.Matcher;
import org.tidewatch.match.Matching;
import org.tidewatch.search.SearchSet;

/** The matcher of the crawl: analysis, folding, matching and the wording of the reasons. */
final class OwnMatcher implements Contender {

    private final Matcher matcher;

    OwnMatcher(SearchSet set) {
        this.matcher = new Matcher(set);
        if (!matcher.unreadable().isEmpty()) {
            throw new IllegalStateException("Unreadable: " + matcher.unreadable());
        }
    }

    @Override
    public List<String> matches(Item item) {
        Matching matching = matcher.match(item);
        if (!matching.failures().isEmpty()) {
            throw new IllegalStateException("Failed: " + matching.failures());
        }
        return matching.matches().stream().map(match -> match.search().id()).toList();
    }

    @Override
    public OptionalLong takeRun() {
        return OptionalLong.of(
                matcher.takeCosts().stream().mapToLong(Cost::tried).sum());
    }

    @Override
    public void close() {}
}
