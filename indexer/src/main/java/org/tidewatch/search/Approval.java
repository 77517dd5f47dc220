package org.tidewatch.search;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.text.Normalizer;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import org.tidewatch.index.Json;
import org.tidewatch.item.Id;

/**
 * That a named person has approved a question.
 *
 * @param hash of the question, see {@link #hash}
 */
public record Approval(String by, Instant at, Way way, String hash, Question question) {

    /** How a person approves. */
    public enum Way {
        /** By {@code approved_by} in the search's file. */
        @JsonProperty("file")
        FILE,
        /** By {@code searches approve}. */
        @JsonProperty("command")
        COMMAND
    }

    static Approval of(String by, Instant at, Way way, Question question) {
        return new Approval(by, at, way, hash(question), question);
    }

    /** Names a question in records and in what people say to each other; equal for equal questions only. */
    public static String hash(Question question) {
        return Id.of("question", Json.text(question));
    }

    /**
     * Whether it holds for {@code later} too: the same question, or the same with more hosts or seeds left out. No other
     * change is known to find less.
     */
    public boolean covers(Question later) {
        return question.language() == later.language()
                && question.form() == later.form()
                && question.query().equals(later.query())
                && question.filters().equals(later.filters())
                && hasAll(later.exceptHosts(), question.exceptHosts())
                && hasAll(later.exceptSeeds(), question.exceptSeeds());
    }

    private static boolean hasAll(List<String> all, List<String> some) {
        return new HashSet<>(all).containsAll(some);
    }

    /** Whether two names are one person's, however they are written: case, spacing and Unicode form do not tell people apart. */
    public static boolean samePerson(String one, String other) {
        return plain(one).equals(plain(other));
    }

    private static String plain(String name) {
        return Normalizer.normalize(name, Normalizer.Form.NFKC)
                .toLowerCase(Locale.ROOT)
                .replaceAll("\\s+", " ")
                .strip();
    }
}
