package org.tidewatch.delivery;

import co.elastic.clients.elasticsearch._types.query_dsl.Query;
import java.util.List;
import java.util.Optional;
import org.tidewatch.index.Indices;
import org.tidewatch.index.Room;
import org.tidewatch.index.TestIndex;
import org.tidewatch.index.Write;

/** The rooms that alerts pass through, emptied for each test: making all indices anew takes far longer. */
public final class EmptyIndex {

    private static final List<Room> ROOMS = List.of(Room.ALERTS, Room.DELIVERIES, Room.ITEMS, Room.LEASES);
    private static final Query EVERYTHING = Query.of(q -> q.matchAll(m -> m));
    private static final Indices INDICES = TestIndex.open();

    private EmptyIndex() {}

    /** Shared by all tests of this JVM, which run one after the other; not to be closed. */
    public static Indices open() {
        for (Room room : ROOMS) {
            INDICES.refresh(room);
            INDICES.scan(
                    room,
                    EVERYTHING,
                    1_000,
                    page -> INDICES.writeAll(page.stream()
                            .map(stored -> new Write.Delete(room, stored.id(), Optional.empty()))
                            .toList()));
            INDICES.refresh(room);
        }
        return INDICES;
    }
}
