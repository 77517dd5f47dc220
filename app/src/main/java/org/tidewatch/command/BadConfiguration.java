package org.tidewatch.command;

import java.util.List;
import java.util.stream.Collectors;

/** The configuration cannot be used; the message lists everything that is wrong with it. */
final class BadConfiguration extends Exception {

    private static final long serialVersionUID = 1L;

    BadConfiguration(String head, List<?> problems) {
        super(head
                + System.lineSeparator()
                + problems.stream().map(problem -> "  " + problem).collect(Collectors.joining(System.lineSeparator())));
    }
}
