package org.tidewatch.command;

import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.tidewatch.index.Json;
import org.tidewatch.review.Decision;
import org.tidewatch.review.Review;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** A person's judgement of one item. */
@Command(
        name = "decide",
        mixinStandardHelpOptions = true,
        description = "Records a decision on an item; it leaves the list until a passage is newly flagged on it.")
final class DecideCommand implements Callable<Integer> {

    @Mixin
    private Place place = new Place();

    @Mixin
    private Person person = new Person();

    @Parameters(index = "0", paramLabel = "ID", description = "the item's id, or enough of its beginning")
    private String id = "";

    @Parameters(index = "1", paramLabel = "VERDICT", description = "confirmed, dismissed or unsure")
    private Decision.Verdict verdict = Decision.Verdict.UNSURE;

    @Option(names = "--json", description = "print the decision as JSON")
    private boolean json;

    @Override
    public Integer call() throws Exception {
        if (person.gaveNoReason()) {
            return 2;
        }
        try (Desk desk = Desk.open(place)) {
            Optional<Review.Candidate> found = Chosen.one(desk.review(), id);
            if (found.isEmpty()) {
                return 1;
            }
            Decision decision = desk.review().decide(found.get(), verdict, person.name(), person.why());
            System.out.println(
                    json
                            ? Json.text(decision)
                            : "Recorded: " + decision.item().substring(0, 10) + " "
                                    + verdict.name().toLowerCase(Locale.ROOT) + " by " + decision.by() + ".");
            return 0;
        }
    }
}
