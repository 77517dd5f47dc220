package org.tidewatch.seed;

import java.time.LocalDate;
import java.util.List;

/** A curated list of seeds: whose it is, what for, on what basis, and until when nobody needs to look at it again. */
public record SeedList(
        String list, String title, String owner, String purpose, String basis, LocalDate reviewBy, List<Seed> seeds) {

    public SeedList {
        seeds = List.copyOf(seeds);
    }
}
