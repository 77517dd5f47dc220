package org.tidewatch.match;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.lucene.analysis.Analyzer;
import org.apache.lucene.document.Document;
import org.apache.lucene.document.Field;
import org.apache.lucene.document.FieldType;
import org.apache.lucene.document.LongPoint;
import org.apache.lucene.index.IndexOptions;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.index.memory.MemoryIndex;
import org.apache.lucene.monitor.MatchingQueries;
import org.apache.lucene.monitor.Monitor;
import org.apache.lucene.monitor.MonitorQuery;
import org.apache.lucene.monitor.MultipassTermFilteredPresearcher;
import org.apache.lucene.monitor.QueryMatch;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.Matches;
import org.apache.lucene.search.MatchesIterator;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.ScoreMode;
import org.apache.lucene.search.Weight;
import org.tidewatch.item.Id;
import org.tidewatch.item.Item;
import org.tidewatch.item.Media;
import org.tidewatch.query.Fields;
import org.tidewatch.query.Now;
import org.tidewatch.query.QueryRefused;
import org.tidewatch.search.SearchSet;
import org.tidewatch.text.Folding;

/**
 * Matches items against one revision of the search set, in memory. A search that cannot be read, or that throws on an
 * item, is reported beside the others' matches. Thread-safe; {@link #close} it.
 */
public final class Matcher implements AutoCloseable {

    /** Most reasons kept of one match. */
    public static final int MAX_REASONS = 50;

    private static final int EXCERPT_REACH = 120;
    private static final int PASSES = 4;
    private static final FieldType INDEXED = indexed();
    private static final Instant EARLIEST = Instant.ofEpochMilli(Long.MIN_VALUE);
    private static final Instant LATEST = Instant.ofEpochMilli(Long.MAX_VALUE);

    private final SearchSet set;
    private final Analyzer analyzer = Fields.ofItems().analyzer();
    private final Monitor monitor;
    private final Map<String, Standing> standing = new HashMap<>();
    private final List<Matching.Failure> unreadable = new ArrayList<>();

    private record Standing(SearchSet.Versioned versioned, Query query) {
        Match match(List<Reason> reasons) {
            return new Match(versioned, reasons);
        }
    }

    public Matcher(SearchSet set) {
        this.set = set;
        try {
            monitor = new Monitor(analyzer, new MultipassTermFilteredPresearcher(PASSES));
            monitor.register(readable(set));
        } catch (IOException e) {
            throw new UncheckedIOException("The in-memory query index failed", e);
        }
    }

    private List<MonitorQuery> readable(SearchSet set) {
        ClauseQuery queries = new ClauseQuery(new Now(Instant.now(), ZoneOffset.UTC));
        List<MonitorQuery> readable = new ArrayList<>();
        for (SearchSet.Versioned versioned : set.searches()) {
            String id = versioned.search().id();
            try {
                Query query = queries.of(
                        versioned.search().question().read(Fields.ofItems()).clause());
                standing.put(id, new Standing(versioned, query));
                readable.add(new MonitorQuery(id, query));
            } catch (QueryRefused e) {
                unreadable.add(new Matching.Failure(id, String.valueOf(e.getMessage())));
            }
        }
        return readable;
    }

    public long revision() {
        return set.revision();
    }

    /** Searches of the set that cannot be read, and so match nothing. */
    public List<Matching.Failure> unreadable() {
        return List.copyOf(unreadable);
    }

    public Matching match(Item item) {
        Document document = document(item);
        try {
            MatchingQueries<QueryMatch> hits = monitor.match(document, QueryMatch.SIMPLE_MATCHER);
            List<Matching.Failure> failures = new ArrayList<>();
            hits.getErrors().forEach((id, error) -> failures.add(new Matching.Failure(id, String.valueOf(error))));
            List<Match> matches = new ArrayList<>();
            if (hits.getMatchCount() > 0) {
                IndexSearcher searcher = searcher(document);
                for (QueryMatch hit : hits.getMatches()) {
                    Standing search = standing.get(hit.getQueryId());
                    if (search != null) {
                        matches.add(search.match(reasons(search, item, searcher)));
                    }
                }
                matches.sort((a, b) -> a.search().id().compareTo(b.search().id()));
            }
            return new Matching(set.revision(), matches, failures);
        } catch (IOException e) {
            throw new UncheckedIOException("Reading an in-memory index failed for " + item.url(), e);
        }
    }

    private IndexSearcher searcher(Document document) {
        MemoryIndex memory = new MemoryIndex(true);
        document.forEach(field -> memory.addField(field, analyzer));
        return memory.createSearcher();
    }

    private static List<Reason> reasons(Standing standing, Item item, IndexSearcher searcher) throws IOException {
        List<Reason> reasons = new ArrayList<>();
        Set<String> seen = new LinkedHashSet<>();
        String search = standing.versioned().search().id();
        Query query = searcher.rewrite(standing.query());
        Weight weight = searcher.createWeight(query, ScoreMode.COMPLETE_NO_SCORES, 1f);
        for (LeafReaderContext leaf : searcher.getIndexReader().leaves()) {
            Matches matches = weight.matches(leaf, 0);
            if (matches == null) {
                continue;
            }
            for (String field : matches) {
                MatchesIterator hits = matches.getMatches(field);
                while (hits != null && hits.next() && reasons.size() < MAX_REASONS) {
                    reason(search, item, field, hits)
                            .filter(r -> seen.add(r.field() + r.clause() + r.fingerprint()))
                            .ifPresent(reasons::add);
                }
            }
        }
        boolean hasPassage =
                reasons.stream().anyMatch(reason -> !reason.fingerprint().equals(wholeItem(item)));
        if (hasPassage) {
            reasons.removeIf(reason -> reason.fingerprint().equals(wholeItem(item)));
        }
        if (reasons.isEmpty()) {
            reasons.add(new Reason(search, standing.query().toString(), "", "", 0, 0, List.of(), wholeItem(item)));
        }
        return reasons;
    }

    private static Optional<Reason> reason(String search, Item item, String field, MatchesIterator hits)
            throws IOException {
        String clause = String.valueOf(hits.getQuery());
        Optional<String> text = text(item, field);
        int start = hits.startOffset();
        int end = hits.endOffset();
        if (text.isEmpty() || start < 0 || end > text.get().length()) {
            return Optional.of(new Reason(search, clause, field, clause, 0, 0, List.of(), wholeItem(item)));
        }
        return Optional.of(new Reason(
                search,
                clause,
                field,
                excerpt(text.get(), start, end),
                start,
                end,
                List.of(),
                Passage.around(text.get(), start, end).fingerprint()));
    }

    /** A match on nothing but names, hosts or dates has no passage: the item itself is what was flagged. */
    private static String wholeItem(Item item) {
        return Id.of("item", item.id());
    }

    private static String excerpt(String text, int start, int end) {
        int from = Math.max(0, start - EXCERPT_REACH);
        int to = Math.min(text.length(), end + EXCERPT_REACH);
        if (from > 0 && Character.isLowSurrogate(text.charAt(from))) {
            from++;
        }
        if (to < text.length() && Character.isLowSurrogate(text.charAt(to))) {
            to--;
        }
        return (from > 0 ? "… " : "") + text.substring(from, start) + "⟦" + text.substring(start, end) + "⟧"
                + text.substring(end, to) + (to < text.length() ? " …" : "");
    }

    private static Optional<String> text(Item item, String field) {
        return switch (field) {
            case "title" -> Optional.of(item.title());
            case "text" -> Optional.of(item.text());
            case "quoted" -> Optional.of(item.quoted());
            default -> Optional.empty();
        };
    }

    private static Document document(Item item) {
        Document document = new Document();
        add(document, "id", item.id());
        add(document, "kind", item.kind().name().toLowerCase(java.util.Locale.ROOT));
        add(document, "url", item.url());
        add(document, "page", item.page().value());
        add(document, "host", item.host());
        add(document, "host_key", item.hostKey());
        add(document, "platform", item.platform());
        item.author().ifPresent(author -> {
            author.handle().ifPresent(handle -> add(document, "author.handle", handle));
            author.name().ifPresent(name -> add(document, "author.name", name));
        });
        item.post().ifPresent(post -> {
            add(document, "post.id", post.id());
            post.thread().ifPresent(thread -> add(document, "post.thread", thread));
            post.replyTo().ifPresent(reply -> add(document, "post.reply_to", reply));
        });
        add(document, "title", item.title());
        add(document, "text", item.text());
        add(document, "quoted", item.quoted());
        add(document, "text_folded", Folding.fold(item.text()));
        item.publishedAt().ifPresent(at -> add(document, "published_at", at));
        item.modifiedAt().ifPresent(at -> add(document, "modified_at", at));
        add(document, "fetched_at", item.fetchedAt());
        item.language().ifPresent(language -> add(document, "language", language));
        add(document, "content_type", item.contentType());
        add(document, "has_media", Boolean.toString(!item.media().isEmpty()));
        for (Media media : item.media()) {
            add(document, "media.type", media.type().name().toLowerCase(java.util.Locale.ROOT));
            add(document, "media.url", media.url());
            media.title().ifPresent(title -> add(document, "media.title", title));
        }
        item.links().forEach(link -> add(document, "links", link));
        item.linkHosts().forEach(host -> add(document, "link_hosts", host));
        item.seeds().forEach(seed -> add(document, "seeds", seed));
        item.tags().forEach(tag -> add(document, "tags", tag));
        return document;
    }

    private static void add(Document document, String field, String value) {
        boolean beyond = value.length() > Fields.ofItems().ignoreAbove(field);
        if (!value.isEmpty() && !beyond) {
            document.add(new Field(field, value, INDEXED));
        }
    }

    /** A page can name a date that no clock will show; such a one is as early or as late as can be. */
    private static void add(Document document, String field, Instant value) {
        Instant bounded = value.isBefore(EARLIEST) ? EARLIEST : value.isAfter(LATEST) ? LATEST : value;
        document.add(new LongPoint(field, bounded.toEpochMilli()));
    }

    private static FieldType indexed() {
        FieldType type = new FieldType();
        type.setTokenized(true);
        type.setIndexOptions(IndexOptions.DOCS_AND_FREQS_AND_POSITIONS_AND_OFFSETS);
        type.freeze();
        return type;
    }

    @Override
    public void close() throws IOException {
        monitor.close();
    }
}
