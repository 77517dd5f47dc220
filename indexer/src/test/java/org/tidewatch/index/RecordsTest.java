package org.tidewatch.index;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.tidewatch.filing.FoldedTwins;
import org.tidewatch.filing.Found;
import org.tidewatch.filing.MatchRecord;
import org.tidewatch.filing.StoredItem;
import org.tidewatch.item.Item;
import org.tidewatch.item.Kind;
import org.tidewatch.item.Media;
import org.tidewatch.item.TestItem;
import org.tidewatch.match.Reason;
import org.tidewatch.novelty.Alert;
import org.tidewatch.review.Decision;
import org.tidewatch.search.Examples;
import org.tidewatch.search.MailSchedule;
import org.tidewatch.search.Question;
import org.tidewatch.search.SavedSearch;

/**
 * Every record that is stored, with all that is optional present: the strict mapping takes it, and it reads back as it
 * was. (Claims, seeds, audit, metrics, outcomes and tombstones are written by the tests of their own rooms.)
 */
class RecordsTest {

    private static final Instant AT = Instant.parse("2026-11-24T10:00:00.123Z");
    private static final Reason REASON =
            new Reason("slogan", "text:falcon", "text", "… the ⟦falcon⟧ …", 4, 10, List.of("case"), "f1");

    private final Indices indices = TestIndex.shared();

    @Test
    void anAlertFitsItsMapping() {
        fits(
                Room.ALERTS,
                new Alert(
                        "a1",
                        Alert.Type.MIRROR,
                        "i1",
                        Kind.POST,
                        "https://forum.example/t/1#p1",
                        "forum.example",
                        "forum",
                        Optional.of("ar"),
                        "العنوان",
                        1,
                        List.of(new Alert.Search("slogan", "Slogans", 3, 1, List.of("duty-desk"), MailSchedule.DIGEST)),
                        List.of("f1"),
                        List.of(REASON),
                        Optional.of(new Alert.First("i0", "https://first.example/", "first.example:8080", AT)),
                        Optional.of(AT),
                        AT,
                        AT,
                        AT,
                        Optional.of(AT)));
    }

    @Test
    void aMatchFitsItsMapping() {
        fits(
                Room.MATCHES,
                new MatchRecord(
                        "slogan",
                        3,
                        "i1",
                        "https://forum.example/t/1",
                        "forum.example",
                        "forum",
                        Optional.of("tr"),
                        1,
                        true,
                        Found.HISTORY,
                        AT,
                        AT,
                        AT,
                        Optional.of(AT),
                        4,
                        2,
                        List.of(REASON)));
    }

    @Test
    void anItemAndWhatTheIndexAddsToItFitTheMapping() {
        Item item = TestItem.at("https://forum.example/t/1")
                .platform("forum")
                .author("falcon_one", "Falcon One")
                .post("57")
                .title("Title")
                .text("Text")
                .quoted("Quoted")
                .published("2026-11-24T08:00:00Z")
                .modified("2026-11-24T09:00:00Z")
                .shows(Media.Type.VIDEO, "https://video.example/1.mp4", "A clip")
                .links("https://other.example/")
                .tags("demo")
                .build();
        StoredItem standing = new StoredItem(
                StoredItem.State.GONE,
                Optional.of(AT),
                AT,
                AT,
                2,
                item.contentHash(),
                7,
                true,
                new StoredItem.Matches(
                        List.of("slogan"),
                        List.of("draft"),
                        Optional.of(1),
                        Optional.of(AT),
                        Optional.of(AT),
                        Optional.of(AT)),
                Optional.of(new StoredItem.Review("unsure", "B. Reviewer", AT, "Ask a linguist")));
        ObjectNode document = Json.document(item);
        document.setAll(Json.document(standing));
        FoldedTwins.write(document);
        document.put("canonical_rules", 1).put("has_media", true);
        document.set("link_hosts", Json.MAPPER.valueToTree(item.linkHosts()));

        indices.writeAll(List.of(new Write.Put(Room.ITEMS, "full", document)));

        Stored stored = indices.get(Room.ITEMS, "full").orElseThrow();
        assertThat(stored.as(Item.class)).isEqualTo(item);
        assertThat(stored.as(StoredItem.class)).isEqualTo(standing);
        Set<String> mapped = new TreeSet<>(Schema.fields(Room.ITEMS).keySet());
        mapped.removeAll(Set.of("retention.class", "retention.until", "retention.hold"));
        assertThat(leaves("", stored.document()))
                .as("every field of the mapping is written")
                .isEqualTo(mapped);
    }

    @Test
    void aSavedSearchFitsItsMapping() {
        fits(
                Room.SEARCHES,
                new SavedSearch(
                        "slogan",
                        "Slogans",
                        Question.of(Question.Language.LUCENE, "text:falcon"),
                        1,
                        "Purpose",
                        "Basis",
                        "owner@unit.example",
                        List.of("duty-desk"),
                        MailSchedule.BY_TIER,
                        LocalDate.parse("2027-06-30"),
                        SavedSearch.State.ACTIVE,
                        Optional.of("A. Analyst"),
                        Optional.of("B. Reviewer"),
                        Examples.NONE));
    }

    @Test
    void aDecisionFitsItsMapping() {
        fits(
                Room.DECISIONS,
                new Decision(
                        "i1",
                        Decision.Verdict.CONFIRMED,
                        "B. Reviewer",
                        AT,
                        "It calls for it",
                        Optional.of("https://forum.example/t/1"),
                        List.of("slogan")));
    }

    private void fits(Room room, Object record) {
        indices.writeAll(List.of(new Write.Put(room, "full", Json.document(record))));

        Stored stored = indices.get(room, "full").orElseThrow();
        assertThat(stored.as(record.getClass())).isEqualTo(record);
        indices.writeAll(List.of(new Write.Delete(room, "full", Optional.empty())));
    }

    private static Set<String> leaves(String prefix, JsonNode node) {
        Set<String> leaves = new TreeSet<>();
        node.properties().forEach(field -> {
            JsonNode value = field.getValue().isArray() ? field.getValue().path(0) : field.getValue();
            if (value.isObject()) {
                leaves.addAll(leaves(prefix + field.getKey() + ".", value));
            } else {
                leaves.add(prefix + field.getKey());
            }
        });
        return leaves;
    }
}
