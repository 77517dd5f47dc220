package org.tidewatch.demo;

import java.util.List;

/**
 * What a demo did, as its last line in JSON.
 *
 * @param pages fetched in this run
 * @param items in the index
 * @param candidates waiting for a person
 * @param alerts made in this run
 * @param mails accepted by the catcher in this run
 * @param planted items of the manifest that are on the sample web now
 * @param found planted items flagged by each search that should
 * @param unexpected items or searches flagged that should not be
 * @param missing what was not found, {@code surprises} what was flagged beside it
 */
public record Summary(
        int pages,
        int items,
        int candidates,
        int alerts,
        int mails,
        int planted,
        int found,
        int unexpected,
        double seconds,
        List<String> missing,
        List<String> surprises) {

    public boolean good() {
        return found == planted && unexpected == 0;
    }
}
