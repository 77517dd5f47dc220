package org.tidewatch.index;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;

/** One write of a bulk request. */
public sealed interface Write {

    Room room();

    String id();

    Optional<String> routing();

    /** Written only if no document has this id. */
    record Create(Room room, String id, Optional<String> routing, ObjectNode document) implements Write {
        public Create(Room room, String id, ObjectNode document) {
            this(room, id, Optional.empty(), document);
        }
    }

    /** Written whatever is there: for documents that have one writer. */
    record Put(Room room, String id, Optional<String> routing, ObjectNode document) implements Write {
        public Put(Room room, String id, ObjectNode document) {
            this(room, id, Optional.empty(), document);
        }
    }

    /** Written only if the document is still as {@code base} was read. */
    record Replace(Room room, Stored base, Optional<String> routing, ObjectNode document) implements Write {
        public Replace(Room room, Stored base, ObjectNode document) {
            this(room, base, Optional.empty(), document);
        }

        @Override
        public String id() {
            return base.id();
        }
    }

    /** Deleted whatever is there; done, too, when nothing is. */
    record Delete(Room room, String id, Optional<String> routing) implements Write {}

    /** Deleted only if the document is still as {@code base} was read. */
    record Remove(Room room, Stored base, Optional<String> routing) implements Write {
        @Override
        public String id() {
            return base.id();
        }
    }

    /** What became of a write. */
    sealed interface Result {
        Write write();
    }

    record Done(Write write) implements Result {}

    /** A create found a document, or a replace or remove found another version or none. */
    record Conflict(Write write) implements Result {}

    /** Elasticsearch refused this document for good; {@code reason} is its word. */
    record Rejected(Write write, String reason) implements Result {}
}
