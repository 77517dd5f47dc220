package org.tidewatch.query;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.lucene.analysis.Analyzer;
import org.apache.lucene.analysis.TokenStream;
import org.apache.lucene.analysis.tokenattributes.CharTermAttribute;
import org.apache.lucene.analysis.tokenattributes.OffsetAttribute;
import org.tidewatch.query.Clause.Words;

/** The words of a text as a text field's analyzer makes them. Thread-safe. */
final class Tokens {

    private final Analyzer analyzer;

    Tokens(Analyzer analyzer) {
        this.analyzer = analyzer;
    }

    /** Each word by itself, with what was typed for it. */
    List<Words> each(String field, String text) {
        List<Words> words = new ArrayList<>();
        try (TokenStream stream = analyzer.tokenStream(field, text)) {
            CharTermAttribute token = stream.addAttribute(CharTermAttribute.class);
            OffsetAttribute place = stream.addAttribute(OffsetAttribute.class);
            stream.reset();
            while (stream.incrementToken()) {
                String typed = text.substring(place.startOffset(), place.endOffset());
                words.add(new Words(field, typed, List.of(token.toString()), 0));
            }
            stream.end();
            return words;
        } catch (IOException e) {
            throw new UncheckedIOException("Reading from memory failed", e);
        }
    }

    /** The text in the case in which the field's words are, not cut into words. */
    String normalised(String field, String text) {
        return analyzer.normalize(field, text).utf8ToString();
    }
}
