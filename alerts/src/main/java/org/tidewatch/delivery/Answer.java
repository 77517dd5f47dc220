package org.tidewatch.delivery;

/** What a mail server answered to one mail. */
sealed interface Answer {

    /** The server has taken responsibility (RFC 5321, section 6.1). */
    record Accepted() implements Answer {}

    /** Refused for good: 5yz to this recipient or this mail. */
    record Refused(String reason) implements Answer {}

    /** Not now: 4yz to this recipient or this mail. */
    record NotNow(String reason) implements Answer {}

    /** The connection broke before an answer came: the server may or may not have the mail. */
    record Lost(String reason) implements Answer {}

    /** The server does not serve us at all now, whatever the mail. */
    record Closed(String reason) implements Answer {}
}
