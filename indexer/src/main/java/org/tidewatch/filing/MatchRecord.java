package org.tidewatch.filing;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.tidewatch.item.Item;
import org.tidewatch.match.Match;
import org.tidewatch.match.Reason;

/**
 * A search on an item, from the first match until it ended.
 *
 * @param firstAt when the item was first fetched as the search matches it, {@code lastAt} when it was last
 * @param found how the search came upon the item at first, {@code foundAt} when
 * @param itemVersion the latest version of the item that it matched
 * @param versions how many versions of the item it has matched
 */
public record MatchRecord(
        String search,
        int searchVersion,
        String item,
        String url,
        String host,
        String platform,
        Optional<String> language,
        int tier,
        boolean approved,
        Found found,
        Instant foundAt,
        Instant firstAt,
        Instant lastAt,
        Optional<Instant> endedAt,
        int itemVersion,
        int versions,
        List<Reason> reasons) {

    /** The record after a match; an older version of the item than it has counted already counts no more. */
    static MatchRecord of(
            Item item, int itemVersion, Match match, Found found, Instant foundAt, Optional<MatchRecord> before) {
        boolean counted =
                before.map(record -> record.itemVersion() >= itemVersion).orElse(false);
        return new MatchRecord(
                match.search().id(),
                match.version(),
                item.id(),
                item.url(),
                item.host(),
                item.platform(),
                item.language(),
                match.search().tier(),
                match.search().alerts(),
                before.map(MatchRecord::found).orElse(found),
                before.map(MatchRecord::foundAt).orElse(foundAt),
                before.map(MatchRecord::firstAt).orElse(item.fetchedAt()),
                before.map(MatchRecord::lastAt)
                        .filter(item.fetchedAt()::isBefore)
                        .orElse(item.fetchedAt()),
                Optional.empty(),
                before.map(MatchRecord::itemVersion)
                        .filter(known -> known > itemVersion)
                        .orElse(itemVersion),
                before.map(MatchRecord::versions).orElse(0) + (counted ? 0 : 1),
                match.reasons());
    }

    MatchRecord ended(Instant at) {
        return new MatchRecord(
                search,
                searchVersion,
                item,
                url,
                host,
                platform,
                language,
                tier,
                approved,
                found,
                foundAt,
                firstAt,
                lastAt,
                endedAt.or(() -> Optional.of(at)),
                itemVersion,
                versions,
                reasons);
    }
}
