package org.tidewatch.search;

import co.elastic.clients.elasticsearch._types.query_dsl.Query;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.tidewatch.index.Indices;
import org.tidewatch.index.Json;
import org.tidewatch.index.Room;

/**
 * How many saved searches stand how, without reading them.
 *
 * @param refused how many have a later definition that was not taken
 * @param examples some of those
 */
public record Tally(Map<SavedSearch.State, Long> standing, long refused, List<Refused> examples) {

    private static final int MOST_EXAMPLES = 5;

    /** A search whose latest definition was not taken. */
    public record Refused(String id, String message) {}

    public static Tally of(Indices indices) {
        Map<SavedSearch.State, Long> standing = new EnumMap<>(SavedSearch.State.class);
        for (SavedSearch.State state : SavedSearch.State.values()) {
            String written = Json.MAPPER.convertValue(state, String.class);
            standing.put(state, indices.count(Room.SEARCHES, current("standing.state", written)));
        }
        Query refused = Query.of(
                q -> q.bool(b -> b.filter(f -> f.term(t -> t.field("current").value(true)))
                        .filter(f -> f.exists(e -> e.field("problem.at")))));
        List<Refused> examples =
                indices.search(Room.SEARCHES, search -> search.query(refused).size(MOST_EXAMPLES)).stream()
                        .map(stored -> new Refused(
                                stored.id(),
                                stored.document().at("/problem/message").asText()))
                        .toList();
        return new Tally(standing, indices.count(Room.SEARCHES, refused), examples);
    }

    private static Query current(String field, String value) {
        return Query.of(
                q -> q.bool(b -> b.filter(f -> f.term(t -> t.field("current").value(true)))
                        .filter(f -> f.term(t -> t.field(field).value(value)))));
    }
}
