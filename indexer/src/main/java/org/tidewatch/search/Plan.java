package org.tidewatch.search;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import java.util.Optional;

/**
 * What applying definitions changes, search by search.
 *
 * @param revision of the set once it is applied; the present one when nothing that matters to matching changes
 */
public record Plan(long revision, List<Step> steps) {

    /** What becomes of a search. */
    public enum Kind {
        @JsonProperty("added")
        ADDED,
        /** The definition is another one. */
        @JsonProperty("changed")
        CHANGED,
        /** Its file is gone. */
        @JsonProperty("removed")
        REMOVED,
        /** The definition is the same, what is in force of it is not. */
        @JsonProperty("moved")
        MOVED,
        /** Only what people read beside the definition: its file's name, what is wrong with a later definition. */
        @JsonProperty("noted")
        NOTED,
        @JsonProperty("unchanged")
        UNCHANGED
    }

    /**
     * One search.
     *
     * @param before empty when it is new
     */
    public record Step(Kind kind, Optional<KeptSearch> before, KeptSearch after) {

        public String id() {
            return after.id();
        }

        /** Whether matchers must hear of it. */
        boolean matters() {
            return kind != Kind.NOTED && kind != Kind.UNCHANGED;
        }
    }

    public Plan {
        steps = List.copyOf(steps);
    }

    /** Ids of the searches of which this becomes, sorted. */
    public List<String> ids(Kind kind) {
        return steps.stream()
                .filter(step -> step.kind() == kind)
                .map(Step::id)
                .sorted()
                .toList();
    }

    public List<String> added() {
        return ids(Kind.ADDED);
    }

    public List<String> changed() {
        return ids(Kind.CHANGED);
    }

    public List<String> removed() {
        return ids(Kind.REMOVED);
    }

    /** Whether any search changes in a way that matters to matching. */
    public boolean changedAnything() {
        return steps.stream().anyMatch(Step::matters);
    }
}
