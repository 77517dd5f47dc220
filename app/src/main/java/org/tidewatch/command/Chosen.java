package org.tidewatch.command;

import java.util.List;
import java.util.Optional;
import org.tidewatch.review.Review;
import org.tidewatch.url.Defang;

/** The one item that a user means by the beginning of its id. */
final class Chosen {

    private static final int LEAST = 4;

    private Chosen() {}

    /** The item; when there is none or several, says so on standard error and is empty. */
    static Optional<Review.Candidate> one(Review review, String id) {
        if (!id.matches("[0-9a-fA-F]{" + LEAST + ",32}")) {
            System.err.println(
                    "An item's id is " + LEAST + " to 32 of the characters 0-9 and a-f, not \"" + id + "\".");
            return Optional.empty();
        }
        List<Review.Candidate> found = review.find(id);
        if (found.size() == 1) {
            return Optional.of(found.get(0));
        }
        if (found.isEmpty()) {
            System.err.println("No item has an id that begins with " + id + ".");
        } else {
            System.err.println("Several items have an id that begins with " + id + "; give more of it:");
            found.forEach(
                    candidate -> System.err.println("  " + candidate.item().id() + "  "
                            + Defang.line(candidate.item().url())));
        }
        return Optional.empty();
    }
}
