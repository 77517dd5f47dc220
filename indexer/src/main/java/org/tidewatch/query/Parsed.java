package org.tidewatch.query;

import java.util.List;

/** A query that was read, and what its author should know of it. */
public record Parsed(Clause clause, List<Remark> remarks) {

    public Parsed {
        remarks = List.copyOf(remarks);
    }

    /**
     * Something that will not mean what most people would take it to mean, or will cost much.
     *
     * @param message the reason and a suggestion
     * @param position index of the character in the query that it is about, or -1
     */
    public record Remark(String message, int position) {}
}
