package org.tidewatch.match;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.tidewatch.query.Fields;

/**
 * How the values of an index's fields lie in an {@link AnalysedDocument}: every field has a number, and every text field a
 * stream of tokens, with a second one for its folded twin. Streams are bits of a {@code long}, so that one look-up of a
 * token tells all fields that hold it. Immutable.
 */
final class Layout {

    private final Fields fields;
    private final List<String> names;
    private final Map<String, Integer> numbers = new HashMap<>();
    private final List<String> streams = new ArrayList<>();
    private final Map<String, Integer> exact = new HashMap<>();
    private final Map<String, Integer> folded = new HashMap<>();

    /** @throws IllegalArgumentException when the text fields and their twins are more than 64 */
    Layout(Fields fields) {
        this.fields = fields;
        this.names = fields.names();
        for (int i = 0; i < names.size(); i++) {
            String name = names.get(i);
            numbers.put(name, i);
            if (type(i) == Fields.Type.TEXT) {
                exact.put(name, streams.size());
                streams.add(name);
                if (fields.folded(name).isPresent()) {
                    folded.put(name, streams.size());
                    streams.add(name);
                }
            }
        }
        if (streams.size() > Long.SIZE) {
            throw new IllegalArgumentException(
                    "Matching takes 64 text fields at most, folded twins included, not " + streams.size());
        }
    }

    Fields fields() {
        return fields;
    }

    int size() {
        return names.size();
    }

    String name(int number) {
        return names.get(number);
    }

    Fields.Type type(int number) {
        return fields.type(names.get(number)).orElseThrow();
    }

    /** @throws IllegalArgumentException for a field that does not exist */
    int number(String field) {
        Integer number = numbers.get(field);
        if (number == null) {
            throw new IllegalArgumentException("No field " + field);
        }
        return number;
    }

    /** Field whose text, exact or folded, the stream holds. */
    String fieldOf(int stream) {
        return streams.get(stream);
    }

    boolean isFolded(int stream) {
        return stream > 0 && streams.get(stream - 1).equals(streams.get(stream));
    }

    int exactStream(String field) {
        Integer stream = exact.get(field);
        if (stream == null) {
            throw new IllegalArgumentException(field + " holds no text");
        }
        return stream;
    }

    /** Bit of the field's stream; 0 when it holds no text. */
    long exact(String field) {
        return bit(exact.get(field));
    }

    /** Bit of the field's folded stream; 0 when it has none. */
    long folded(String field) {
        return bit(folded.get(field));
    }

    private static long bit(@Nullable Integer stream) {
        return stream == null ? 0 : 1L << stream;
    }
}
