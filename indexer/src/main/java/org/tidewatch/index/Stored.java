package org.tidewatch.index;

import com.fasterxml.jackson.databind.node.ObjectNode;

/** A document as read in real time, with the sequence number and term that a conditional write needs. */
public record Stored(String id, ObjectNode document, long seqNo, long primaryTerm) {

    public <T> T as(Class<T> type) {
        return Json.record(document, type);
    }
}
