package org.tidewatch.match;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Something that a document has or lacks, which is known for all signs together from one look-up of each of the document's
 * tokens, pairs of neighbours and values, see {@link Signs}. Equal signs of different queries are one. Immutable.
 */
sealed interface Sign {

    /** Small, and no other sign's of the same {@link Compiler}. */
    int number();

    /** A token of some texts, or two that stand next to each other, in one of a few spellings. */
    record OfWords(int number, List<Spelling> spellings) implements Sign {

        /**
         * @param next the word that follows; null when a single word is meant
         * @param streams bits of the streams in which the spelling counts
         */
        record Spelling(String word, @Nullable String next, long streams) {}
    }

    /** A token of some texts that one of a few patterns takes. */
    record OfPatterns(int number, List<Shape> shapes) implements Sign {

        /** @param streams bits of the streams in which the pattern counts */
        record Shape(Pattern pattern, long streams) {}
    }

    /** A value of a keyword or boolean field, by the field's number. */
    record OfValue(int number, int field, String value) implements Sign {}

    /** A value of a keyword field that a pattern takes. */
    record OfValues(int number, int field, Pattern pattern) implements Sign {}
}
