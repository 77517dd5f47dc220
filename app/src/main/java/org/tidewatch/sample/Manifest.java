package org.tidewatch.sample;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;

/** What the searches of the demo must flag on the sample web, and what they must leave alone though it looks alike. */
public record Manifest(List<Planted> planted, List<Decoy> decoys) {

    /**
     * An item that must be flagged.
     *
     * @param url of the item: a page, a file or a post's permalink
     * @param searches ids of all saved searches that flag it, no other
     * @param since first step of the web at which it is there, 0 for the start
     * @param until first step at which it is gone
     */
    public record Planted(String url, List<String> searches, int since, OptionalInt until, String note) {

        /** Whether it must be flagged on a web that is at {@code step}. */
        public boolean isThereAt(int step) {
            return since <= step && (until.isEmpty() || step < until.getAsInt());
        }
    }

    /** An item that no search may flag, and why one could be tempted to. */
    public record Decoy(String url, String reason) {}

    /** @throws BrokenContent naming file and line */
    public static Manifest read(Path file) throws IOException {
        Entry manifest = Entry.read(file).only("planted", "decoys");
        List<Planted> planted = new ArrayList<>();
        for (Entry entry : manifest.entries("planted")) {
            entry.only("url", "searches", "since", "until", "note");
            List<String> searches = entry.texts("searches");
            if (searches.isEmpty()) {
                throw entry.broken("\"searches\" names at least one saved search");
            }
            planted.add(new Planted(
                    entry.text("url"),
                    List.copyOf(searches),
                    entry.optionalNumber("since").orElse(0),
                    entry.optionalNumber("until"),
                    entry.text("note")));
        }
        List<Decoy> decoys = new ArrayList<>();
        for (Entry entry : manifest.entries("decoys")) {
            entry.only("url", "reason");
            decoys.add(new Decoy(entry.text("url"), entry.text("reason")));
        }
        return new Manifest(List.copyOf(planted), List.copyOf(decoys));
    }
}
