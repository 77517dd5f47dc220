package org.tidewatch.command;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.tidewatch.index.Json;
import org.tidewatch.item.Item;
import org.tidewatch.review.Review;
import org.tidewatch.url.Defang;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** What is flagged now. */
@Command(
        name = "candidates",
        mixinStandardHelpOptions = true,
        description = "Lists flagged items that wait for a person, the newest first.")
final class CandidatesCommand implements Callable<Integer> {

    private static final int TITLE = 60;

    @Mixin
    private Place place = new Place();

    @Option(names = "--search", paramLabel = "ID", description = "only matches of this saved search")
    private @Nullable String search;

    @Option(names = "--platform", paramLabel = "NAME", description = "only items on this platform")
    private @Nullable String platform;

    @Option(names = "--language", paramLabel = "CODE", description = "only items in this language, for instance ar")
    private @Nullable String language;

    @Option(names = "--since", paramLabel = "DAY", description = "flagged on or after this day (2026-11-24, UTC)")
    private @Nullable LocalDate since;

    @Option(names = "--until", paramLabel = "DAY", description = "flagged on or before this day (UTC)")
    private @Nullable LocalDate until;

    @Option(
            names = "--limit",
            paramLabel = "N",
            defaultValue = "50",
            description = "lines at most (default: ${DEFAULT-VALUE})")
    private int limit;

    @Option(names = "--json", description = "one JSON object a line, addresses as they are")
    private boolean json;

    @Override
    public Integer call() throws Exception {
        if (limit < 1 || limit > 10_000) {
            System.err.println("--limit: 1 to 10000, not " + limit);
            return 2;
        }
        try (Desk desk = Desk.open(place)) {
            Review.Listing listing = desk.review()
                    .candidates(
                            new Review.Filter(
                                    Optional.ofNullable(search),
                                    Optional.ofNullable(platform),
                                    Optional.ofNullable(language),
                                    start(since),
                                    start(until == null ? null : until.plusDays(1))),
                            limit);
            if (json) {
                listing.candidates().forEach(candidate -> System.out.println(Json.text(line(candidate))));
                return 0;
            }
            if (listing.total() == 0) {
                System.out.println("No candidates" + (filtered() ? " of that kind." : "."));
                return 0;
            }
            listing.candidates().forEach(candidate -> System.out.println(text(candidate)));
            System.out.println();
            System.out.println(listing.candidates().size() + " of " + listing.total()
                    + " candidates, none of them assessed by a person yet.   One in full: " + place.command("show ID"));
        }
        return 0;
    }

    private boolean filtered() {
        return search != null || platform != null || language != null || since != null || until != null;
    }

    private static Optional<Instant> start(@Nullable LocalDate day) {
        return Optional.ofNullable(day)
                .map(date -> date.atStartOfDay(ZoneOffset.UTC).toInstant());
    }

    private static String text(Review.Candidate candidate) {
        Item item = candidate.item();
        String title = Defang.line(item.title().isBlank() ? item.text() : item.title());
        return item.id().substring(0, 10) + "  T"
                + candidate.stored().matches().tier().map(String::valueOf).orElse("?") + "  "
                + candidate
                        .stored()
                        .matches()
                        .flaggedAt()
                        .map(at -> at.truncatedTo(ChronoUnit.SECONDS).toString())
                        .orElse("")
                + "  " + item.kind().name().toLowerCase(java.util.Locale.ROOT) + "  "
                + item.language().orElse("--") + "  "
                + Defang.line(item.url()) + System.lineSeparator()
                + "            " + (title.length() > TITLE ? title.substring(0, TITLE) + "…" : title) + "  ["
                + String.join(", ", candidate.stored().matches().search()) + "]"
                + (candidate.stored().state() == org.tidewatch.filing.StoredItem.State.GONE
                        ? "  gone from the web"
                        : "");
    }

    private static Map<String, Object> line(Review.Candidate candidate) {
        return Map.of("item", candidate.item(), "stored", candidate.stored());
    }
}
