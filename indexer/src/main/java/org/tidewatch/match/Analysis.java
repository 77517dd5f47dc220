package org.tidewatch.match;

import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.apache.lucene.analysis.Analyzer;
import org.apache.lucene.analysis.standard.StandardTokenizerImpl;
import org.apache.lucene.analysis.tokenattributes.CharTermAttributeImpl;
import org.apache.lucene.document.InetAddressPoint;
import org.jspecify.annotations.Nullable;
import org.tidewatch.item.Item;
import org.tidewatch.query.Fields;
import org.tidewatch.text.FoldedToken;
import org.tidewatch.text.Folding;

/** Makes {@link AnalysedDocument}s of an index's documents. Thread-safe. */
public final class Analysis {

    private static final Instant EARLIEST = Instant.ofEpochMilli(Long.MIN_VALUE);
    private static final Instant LATEST = Instant.ofEpochMilli(Long.MAX_VALUE);

    /** Characters of running text to a token, roughly, the folded stream's counted too. */
    private static final int CHARACTERS_A_TOKEN = 3;

    private final Layout layout;
    private final Analyzer analyzer;

    public Analysis(Fields fields) {
        this.layout = new Layout(fields);
        this.analyzer = fields.analyzer();
    }

    Layout layout() {
        return layout;
    }

    Analyzer analyzer() {
        return analyzer;
    }

    public AnalysedDocument of(Item item) {
        return of(ItemValues.of(item));
    }

    /**
     * Analyses a document.
     *
     * @param document values by the full name of their field: {@code String} for text and keywords, {@link Instant},
     *     {@code Boolean}, {@code Long}, {@code Double} or {@link InetAddress} for the other types. Folded twins are made
     *     here and not given; fields that the index does not have are left out
     */
    public AnalysedDocument of(Map<String, ? extends List<?>> document) {
        int characters = 0;
        for (List<?> values : document.values()) {
            for (Object value : values) {
                characters += value instanceof String text ? text.length() : 0;
            }
        }
        TokenTable tokens = new TokenTable(characters / CHARACTERS_A_TOKEN);
        @Nullable Object[] fields = new @Nullable Object[layout.size()];
        for (int field = 0; field < fields.length; field++) {
            List<?> values = document.get(layout.name(field));
            if (values != null && !values.isEmpty()) {
                fields[field] = values(field, values, tokens);
            }
        }
        return new AnalysedDocument(tokens, fields);
    }

    private @Nullable Object values(int field, List<?> values, TokenTable tokens) {
        return switch (layout.type(field)) {
            case TEXT -> {
                List<String> texts = values.stream().map(String.class::cast).toList();
                int first = tokens.places();
                exact(layout.name(field), texts, tokens);
                if (layout.folded(layout.name(field)) != 0) {
                    folded(layout.exactStream(layout.name(field)) + 1, texts, first, tokens);
                }
                yield texts;
            }
            case KEYWORD -> {
                int longest = layout.fields().ignoreAbove(layout.name(field));
                String[] words = values.stream()
                        .map(String.class::cast)
                        .filter(word -> word.length() <= longest)
                        .toArray(String[]::new);
                yield words.length == 0 ? null : words;
            }
            case BOOLEAN -> values.stream().map(Object::toString).toArray(String[]::new);
            case DATE ->
                values.stream().mapToLong(value -> millis((Instant) value)).toArray();
            case INTEGER ->
                values.stream().mapToLong(value -> ((Number) value).longValue()).toArray();
            case DECIMAL ->
                values.stream()
                        .mapToDouble(value -> ((Number) value).doubleValue())
                        .toArray();
            case ADDRESS ->
                values.stream()
                        .map(value -> InetAddressPoint.encode((InetAddress) value))
                        .toArray(byte[][]::new);
        };
    }

    /** A page can name a date that no clock will show; such a one is as early or as late as can be. */
    private static long millis(Instant instant) {
        return (instant.isBefore(EARLIEST) ? EARLIEST : instant.isAfter(LATEST) ? LATEST : instant).toEpochMilli();
    }

    /** What the standard analyzer makes of the text, from Lucene's own scanner but without the layers around it. */
    private void exact(String field, List<String> texts, TokenTable tokens) {
        int stream = layout.exactStream(field);
        int position = -1;
        CharTermAttributeImpl term = new CharTermAttributeImpl();
        for (String text : texts) {
            StandardTokenizerImpl scanner = new StandardTokenizerImpl(new StringReader(text));
            try {
                while (scanner.getNextToken() != StandardTokenizerImpl.YYEOF) {
                    scanner.getText(term);
                    int start = scanner.yychar();
                    int end = start + term.length();
                    tokens.add(term.buffer(), lowerCase(term), stream, ++position, start, end);
                }
            } catch (IOException e) {
                throw new UncheckedIOException("Text in memory cannot be read", e);
            }
            position += Fields.POSITION_GAP;
        }
    }

    /** The length of the term afterwards. */
    private static int lowerCase(CharTermAttributeImpl term) {
        char[] buffer = term.buffer();
        int length = term.length();
        for (int i = 0; i < length; ) {
            i += Character.toChars(Character.toLowerCase(Character.codePointAt(buffer, i, length)), buffer, i);
        }
        return length;
    }

    /** @param exact place of the first exact token of the same texts; most folded tokens are the same words */
    private static void folded(int stream, List<String> texts, int exact, TokenTable tokens) {
        int position = -1;
        int same = exact;
        int end = tokens.places();
        for (String text : texts) {
            for (FoldedToken token : Folding.tokens(text)) {
                String word = token.word();
                while (same < end && tokens.start(same) < token.start()) {
                    same++;
                }
                if (same < end && tokens.addLike(same, word, stream, position + 1, token)) {
                    position++;
                    continue;
                }
                int from = 0;
                while (from < word.length()) {
                    int to = pieceEnd(word, from);
                    tokens.add(
                            from == 0 && to == word.length() ? word : word.substring(from, to),
                            stream,
                            ++position,
                            token.start(),
                            token.end(),
                            token.folds());
                    from = to;
                }
            }
            position += Fields.POSITION_GAP;
        }
    }

    /** The server's {@code whitespace} analyzer splits what is longer than a token may be, but no surrogate pair. */
    private static int pieceEnd(String word, int from) {
        int end = from + Fields.MAX_TOKEN;
        if (end >= word.length()) {
            return word.length();
        }
        return Character.isLowSurrogate(word.charAt(end)) && Character.isHighSurrogate(word.charAt(end - 1))
                ? end + 1
                : end;
    }
}
