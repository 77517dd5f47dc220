package org.tidewatch.keeping;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.time.Instant;
import org.tidewatch.index.Json;

/**
 * How long a document is kept: its class, the end date, and whether a hold stops the sweep from ending it.
 */
public record Retention(@JsonProperty("class") Keep keep, Instant until, boolean hold) {

    public enum Keep {
        /** An item that no search flagged. */
        @JsonProperty("unflagged")
        UNFLAGGED,
        /** A flagged item, its matches and alerts, until decided and beyond. */
        @JsonProperty("candidate")
        CANDIDATE,
        /** What was looked at and how it went. */
        @JsonProperty("operational")
        OPERATIONAL,
        /** Hashes that prevent a repeat alert; they say nothing about a person. */
        @JsonProperty("hash")
        HASH,
        /** Who did what, when and why. */
        @JsonProperty("record")
        RECORD
    }

    /** Whether a person keeps the document from being ended. */
    static boolean isHeld(ObjectNode document) {
        return document.at("/retention/hold").asBoolean();
    }

    /** Whether the document's time is over and nobody holds it. */
    static boolean hasEnded(ObjectNode document, Instant now) {
        return !isHeld(document)
                && Json.record(document.path("retention"), Retention.class)
                        .until()
                        .isBefore(now);
    }

    /** Days that each class is kept; the design's defaults. {@code authors} is for handles and names of unflagged items. */
    public record Terms(int unflagged, int candidate, int operational, int hash, int record, int authors) {

        public static final Terms DEFAULT = new Terms(90, 180, 30, 3_650, 3_650, 30);

        /** @throws IllegalArgumentException for a term under one day */
        public Terms {
            if (Math.min(
                            Math.min(unflagged, candidate),
                            Math.min(operational, Math.min(hash, Math.min(record, authors))))
                    < 1) {
                throw new IllegalArgumentException("retention: every term is at least 1 day");
            }
        }

        public Retention of(Keep keep, Instant from) {
            int days =
                    switch (keep) {
                        case UNFLAGGED -> unflagged;
                        case CANDIDATE -> candidate;
                        case OPERATIONAL -> operational;
                        case HASH -> hash;
                        case RECORD -> record;
                    };
            return new Retention(keep, from.plus(Duration.ofDays(days)), false);
        }

        /** Whether the handle and name on an unflagged item have had their time. */
        public boolean authorEnded(Instant firstSeen, Instant now) {
            return firstSeen.isBefore(now.minus(Duration.ofDays(authors)));
        }

        /** Puts the retention on a document, keeping a hold that someone has set. */
        public ObjectNode mark(ObjectNode document, Keep keep, Instant from) {
            Retention fresh = of(keep, from);
            document.set("retention", Json.document(new Retention(fresh.keep(), fresh.until(), isHeld(document))));
            return document;
        }
    }
}
