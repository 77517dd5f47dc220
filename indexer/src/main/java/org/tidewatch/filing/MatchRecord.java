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
        Instant firstAt,
        Instant lastAt,
        Optional<Instant> endedAt,
        int itemVersion,
        int versions,
        List<Reason> reasons) {

    static MatchRecord of(Item item, int itemVersion, Match match, Optional<MatchRecord> before) {
        boolean counted =
                before.map(record -> record.itemVersion() == itemVersion).orElse(false);
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
                before.map(MatchRecord::firstAt).orElse(item.fetchedAt()),
                item.fetchedAt(),
                Optional.empty(),
                itemVersion,
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
                firstAt,
                lastAt,
                endedAt.or(() -> Optional.of(at)),
                itemVersion,
                versions,
                reasons);
    }
}
