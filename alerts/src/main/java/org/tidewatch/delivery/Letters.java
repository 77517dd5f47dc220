package org.tidewatch.delivery;

import co.elastic.clients.elasticsearch.core.MgetResponse;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tidewatch.index.Indices;
import org.tidewatch.index.Json;
import org.tidewatch.index.Room;
import org.tidewatch.index.Stored;
import org.tidewatch.item.Account;
import org.tidewatch.novelty.Alert;

/** Writes letters from what the index holds of a delivery's alerts. Thread-safe. */
public final class Letters {

    private static final Logger LOG = LoggerFactory.getLogger(Letters.class);
    private static final int PAGE = 500;

    private final Indices indices;

    public Letters(Indices indices) {
        this.indices = indices;
    }

    /** @throws IllegalArgumentException if none of the delivery's alerts can be told any more */
    Letter write(Delivery delivery, Recipient recipient) {
        List<Alert> alerts = alerts(delivery);
        if (alerts.isEmpty()) {
            throw new IllegalArgumentException("none of its "
                    + delivery.alerts().size() + " alerts is there any more: forgotten, or past retention");
        }
        return Letter.of(
                delivery,
                recipient,
                alerts,
                accounts(alerts.stream().map(Alert::item).distinct().toList()));
    }

    private List<Alert> alerts(Delivery delivery) {
        List<Alert> alerts = new ArrayList<>();
        for (int from = 0; from < delivery.alerts().size(); from += PAGE) {
            List<String> some =
                    delivery.alerts().subList(from, Math.min(delivery.alerts().size(), from + PAGE));
            for (Stored stored : indices.get(Room.ALERTS, some).values()) {
                try {
                    alerts.add(stored.as(Alert.class));
                } catch (IllegalArgumentException e) {
                    LOG.warn("Alert {} of delivery {} cannot be read: {}", stored.id(), delivery.id(), e.getMessage());
                }
            }
        }
        return alerts;
    }

    /** Who stands behind the items, for those that say so. Only that is read of them: their text can be long. */
    private Map<String, Account> accounts(List<String> items) {
        Map<String, Account> accounts = new HashMap<>();
        for (int from = 0; from < items.size(); from += PAGE) {
            List<String> some = items.subList(from, Math.min(items.size(), from + PAGE));
            MgetResponse<ObjectNode> answer =
                    indices.call("read the accounts behind " + some.size() + " items", () -> indices.client()
                            .mget(
                                    m -> m.index(indices.name(Room.ITEMS))
                                            .ids(some)
                                            .sourceIncludes("author"),
                                    ObjectNode.class));
            answer.docs().stream().filter(doc -> doc.isResult()).forEach(doc -> {
                ObjectNode source = doc.result().source();
                if (source != null && source.has("author")) {
                    accounts.put(doc.result().id(), Json.record(source.get("author"), Account.class));
                }
            });
        }
        return accounts;
    }
}
