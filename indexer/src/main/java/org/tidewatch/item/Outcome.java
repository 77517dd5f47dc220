package org.tidewatch.item;

import com.fasterxml.jackson.annotation.JsonProperty;

/** The class of one fetch or of one stage after it, as the frontier and the outcomes record it. */
public enum Outcome {
    /** Known, never fetched yet. */
    @JsonProperty("discovered")
    DISCOVERED,
    @JsonProperty("fetched")
    FETCHED,
    /** The server answered that nothing changed (304), or sent the same main text as before. */
    @JsonProperty("unchanged")
    UNCHANGED,
    @JsonProperty("redirected")
    REDIRECTED,
    /** 404, 410 or 451. */
    @JsonProperty("gone")
    GONE,
    /** Disallowed by robots.txt (RFC 9309). */
    @JsonProperty("robots_refused")
    ROBOTS_REFUSED,
    /** robots.txt could not be had (5xx or no answer), which means disallowed for now (RFC 9309, section 2.3.1.4). */
    @JsonProperty("robots_unreachable")
    ROBOTS_UNREACHABLE,
    /** The server refuses us: 401, 403 or 429. */
    @JsonProperty("blocked")
    BLOCKED,
    /** The name resolves to a loopback, private, link-local or metadata address that the configuration does not name. */
    @JsonProperty("address_refused")
    ADDRESS_REFUSED,
    /** More bytes than the cap, after decompression. */
    @JsonProperty("too_large")
    TOO_LARGE,
    @JsonProperty("timed_out")
    TIMED_OUT,
    /** Name resolution or connection failed. */
    @JsonProperty("unreachable")
    UNREACHABLE,
    /** Redirect loop, endless paths, too deep, or over the cap of its host. */
    @JsonProperty("trapped")
    TRAPPED,
    /** Any other answer of the server, 5xx above all. */
    @JsonProperty("server_error")
    SERVER_ERROR,
    /** Damaged, encrypted, or of a kind that cannot be read. */
    @JsonProperty("unparseable")
    UNPARSEABLE,
    /** Elasticsearch refused a document of this page. */
    @JsonProperty("index_refused")
    INDEX_REFUSED,
    /** A saved search failed on an item. */
    @JsonProperty("match_failed")
    MATCH_FAILED,
    /** Named by a block. */
    @JsonProperty("host_blocked")
    HOST_BLOCKED;

    /** Whether the failure is of the kind that may pass, so that the URL is tried again sooner. */
    public boolean mayPass() {
        return switch (this) {
            case ROBOTS_UNREACHABLE, BLOCKED, TIMED_OUT, UNREACHABLE, SERVER_ERROR -> true;
            default -> false;
        };
    }
}
