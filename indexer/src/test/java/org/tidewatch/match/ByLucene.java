package org.tidewatch.match;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.apache.lucene.document.Document;
import org.apache.lucene.document.DoublePoint;
import org.apache.lucene.document.Field;
import org.apache.lucene.document.FieldType;
import org.apache.lucene.document.InetAddressPoint;
import org.apache.lucene.document.LongPoint;
import org.apache.lucene.index.IndexOptions;
import org.apache.lucene.index.Term;
import org.apache.lucene.search.BooleanClause.Occur;
import org.apache.lucene.search.BooleanQuery;
import org.apache.lucene.search.FuzzyQuery;
import org.apache.lucene.search.MatchAllDocsQuery;
import org.apache.lucene.search.MatchNoDocsQuery;
import org.apache.lucene.search.MultiPhraseQuery;
import org.apache.lucene.search.PhraseQuery;
import org.apache.lucene.search.PrefixQuery;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.RegexpQuery;
import org.apache.lucene.search.TermQuery;
import org.apache.lucene.search.TermRangeQuery;
import org.apache.lucene.search.WildcardQuery;
import org.apache.lucene.util.BytesRef;
import org.tidewatch.item.Item;
import org.tidewatch.query.Clause;
import org.tidewatch.query.Fields;
import org.tidewatch.query.Now;
import org.tidewatch.search.Question.Form;
import org.tidewatch.text.FoldedWord;
import org.tidewatch.text.Folding;

/** The same queries and documents as Lucene has them: what the engine is measured against, for what it finds and how fast. */
public final class ByLucene {

    private static final String PRESENT = "_present";
    private static final int ALL_SPELLINGS = 1_000;
    private static final FieldType INDEXED = indexed();

    private final Fields fields;
    private final Form form;
    private final Now now;

    private ByLucene(Fields fields, Form form, Now now) {
        this.fields = fields;
        this.form = form;
        this.now = now;
    }

    public static Query query(Clause clause, Form form, Fields fields, Now now) {
        return new ByLucene(fields, form, now).of(clause);
    }

    public static Document document(Item item) {
        return document(ItemValues.of(item), Fields.ofItems());
    }

    static Document document(Map<String, ? extends List<?>> values, Fields fields) {
        Document document = new Document();
        values.forEach((field, of) -> {
            for (Object value : of) {
                add(document, field, value, fields);
            }
        });
        return document;
    }

    private static void add(Document document, String field, Object value, Fields fields) {
        switch (fields.type(field).orElseThrow()) {
            case TEXT -> {
                document.add(new Field(field, (String) value, INDEXED));
                fields.folded(field)
                        .ifPresent(twin -> document.add(new Field(twin, Folding.fold((String) value), INDEXED)));
            }
            case KEYWORD -> {
                if (((String) value).length() > fields.ignoreAbove(field)) {
                    return;
                }
                document.add(new Field(field, (String) value, INDEXED));
            }
            case BOOLEAN -> document.add(new Field(field, value.toString(), INDEXED));
            case DATE -> document.add(new LongPoint(field, ((Instant) value).toEpochMilli()));
            case INTEGER -> document.add(new LongPoint(field, (Long) value));
            case DECIMAL -> document.add(new DoublePoint(field, (Double) value));
            case ADDRESS -> document.add(new InetAddressPoint(field, (InetAddress) value));
        }
        document.add(new Field(PRESENT, field, INDEXED));
    }

    private Query of(Clause clause) {
        if (clause instanceof Clause.Everything) {
            return new MatchAllDocsQuery();
        }
        if (clause instanceof Clause.Nothing) {
            return new MatchNoDocsQuery();
        }
        if (clause instanceof Clause.All all) {
            return all(all.clauses().stream().map(this::of).toList(), Occur.MUST);
        }
        if (clause instanceof Clause.Any any) {
            return all(any.clauses().stream().map(this::of).toList(), Occur.SHOULD);
        }
        if (clause instanceof Clause.Not not) {
            return new BooleanQuery.Builder()
                    .add(new MatchAllDocsQuery(), Occur.MUST)
                    .add(of(not.clause()), Occur.MUST_NOT)
                    .build();
        }
        return leaf((Clause.Leaf) clause);
    }

    private static Query all(List<Query> queries, Occur occur) {
        BooleanQuery.Builder all = new BooleanQuery.Builder();
        queries.forEach(query -> all.add(query, occur));
        return all.build();
    }

    private Query leaf(Clause.Leaf leaf) {
        String field = leaf.field();
        if (leaf instanceof Clause.Words words) {
            Query exact = new PhraseQuery(words.slop(), field, words.tokens().toArray(String[]::new));
            return words.slop() > 0
                    ? exact
                    : folded(exact, field, twin -> Folding.phrase(words.source()).readings().stream()
                            .map(reading -> reading(twin, reading))
                            .toList());
        }
        if (leaf instanceof Clause.Value value) {
            return new TermQuery(new Term(field, value.value()));
        }
        if (leaf instanceof Clause.Prefix prefix) {
            String pattern = prefix.prefix().replaceAll("[*?\\\\]", "\\\\$0") + "*";
            return folded(new PrefixQuery(new Term(field, prefix.prefix())), field, twin -> patterns(twin, pattern));
        }
        if (leaf instanceof Clause.Wildcard wildcard) {
            return folded(
                    new WildcardQuery(new Term(field, wildcard.pattern())),
                    field,
                    twin -> patterns(twin, wildcard.pattern()));
        }
        if (leaf instanceof Clause.Regexp regexp) {
            return new RegexpQuery(new Term(field, regexp.pattern()));
        }
        if (leaf instanceof Clause.Fuzzy fuzzy) {
            return new FuzzyQuery(new Term(field, fuzzy.token()), fuzzy.edits(), 0, ALL_SPELLINGS, true);
        }
        if (leaf instanceof Clause.Between between) {
            return TermRangeQuery.newStringRange(
                    field,
                    between.low().orElse(null),
                    between.high().orElse(null),
                    between.lowIncluded(),
                    between.highIncluded());
        }
        if (leaf instanceof Clause.Exists) {
            return new TermQuery(new Term(PRESENT, field));
        }
        return range(leaf);
    }

    private Query range(Clause.Leaf leaf) {
        if (leaf instanceof Clause.Dates dates) {
            return LongPoint.newRangeQuery(
                    dates.field(),
                    dates.from().map(from -> from.millis(now)).orElse(Long.MIN_VALUE),
                    dates.to().map(to -> to.millis(now)).orElse(Long.MAX_VALUE));
        }
        if (leaf instanceof Clause.Integers integers) {
            return LongPoint.newRangeQuery(
                    integers.field(),
                    integers.min().longValueExact(),
                    integers.max().longValueExact());
        }
        if (leaf instanceof Clause.Decimals decimals) {
            return DoublePoint.newRangeQuery(decimals.field(), decimals.min(), decimals.max());
        }
        Clause.Addresses addresses = (Clause.Addresses) leaf;
        return InetAddressPoint.newRangeQuery(addresses.field(), address(addresses.min()), address(addresses.max()));
    }

    private static InetAddress address(String hexadecimal) {
        try {
            return InetAddress.getByAddress(HexFormat.of().parseHex(hexadecimal));
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException(hexadecimal, e);
        }
    }

    private interface Twin {
        List<Query> queries(String twin);
    }

    private Query folded(Query exact, String field, Twin folded) {
        if (form == Form.EXACT || fields.folded(field).isEmpty()) {
            return exact;
        }
        BooleanQuery.Builder any = new BooleanQuery.Builder().add(exact, Occur.SHOULD);
        folded.queries(fields.folded(field).get()).forEach(query -> any.add(query, Occur.SHOULD));
        return any.build();
    }

    private static List<Query> patterns(String twin, String pattern) {
        return Folding.patterns(pattern).stream()
                .map(folded -> (Query) new WildcardQuery(new Term(twin, folded)))
                .toList();
    }

    private static Query reading(String twin, List<FoldedWord> reading) {
        if (reading.size() == 1) {
            return all(
                    List.of(
                            new TermQuery(new Term(twin, reading.get(0).plain())),
                            new TermQuery(new Term(twin, reading.get(0).risky()))),
                    Occur.SHOULD);
        }
        MultiPhraseQuery.Builder phrase = new MultiPhraseQuery.Builder();
        for (FoldedWord word : reading) {
            phrase.add(
                    new Term[] {new Term(twin, new BytesRef(word.plain())), new Term(twin, new BytesRef(word.risky()))
                    });
        }
        return phrase.build();
    }

    private static FieldType indexed() {
        FieldType type = new FieldType();
        type.setTokenized(true);
        type.setIndexOptions(IndexOptions.DOCS_AND_FREQS_AND_POSITIONS);
        type.freeze();
        return type;
    }
}
