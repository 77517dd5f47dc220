package org.tidewatch.query;

/** A value that a field cannot be asked for, with the reason in words for the query's author. */
final class Unreadable extends Exception {

    private static final long serialVersionUID = 1L;

    Unreadable(String message) {
        super(message);
    }
}
