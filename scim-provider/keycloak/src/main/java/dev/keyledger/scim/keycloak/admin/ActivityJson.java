package dev.keyledger.scim.keycloak.admin;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.keyledger.scim.keycloak.storage.ActivityEntity;
import dev.keyledger.scim.keycloak.storage.Tally;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How much a connection is used, as JSON: {@code {"connection":"okta","lastRequest":"2026-11-26T15:04:05Z","lastStatus":200,
 * "lastError":null,"requests":12,"errors":0,"hours":[{"hour":"2026-11-26T15:00:00Z","requests":12,"errors":0}]}}. The hours are
 * the one that it is and the 23 before it, without those that had no request; {@code requests} and {@code errors} are their sums.
 */
final class ActivityJson {
    private static final long HOUR = Duration.ofHours(1).toMillis();
    private static final int HOURS = 24;

    private ActivityJson() {}

    /** Of the connection's rows, the oldest first. */
    static ObjectNode of(String connection, List<ActivityEntity> rows, long now) {
        Tally last =
                rows.stream().map(ActivityEntity::tally).reduce(Tally::plus).orElse(null);
        ObjectNode json = JsonNodeFactory.instance.objectNode().put("connection", connection);
        json.put("lastRequest", last == null ? null : time(last.last()));
        json.put("lastStatus", last == null ? null : last.lastStatus());
        json.put("lastError", last == null ? null : time(last.lastError()));
        long requests = 0;
        long errors = 0;
        ArrayNode hours = JsonNodeFactory.instance.arrayNode();
        for (ActivityEntity row : rows) {
            if (row.hour > now - HOURS * HOUR) {
                requests += row.requests;
                errors += row.errors;
                hours.addObject()
                        .put("hour", time(row.hour))
                        .put("requests", row.requests)
                        .put("errors", row.errors);
            }
        }
        json.put("requests", requests).put("errors", errors);
        json.set("hours", hours);
        return json;
    }

    private static @Nullable String time(@Nullable Long epochMillis) {
        return epochMillis == null ? null : Instant.ofEpochMilli(epochMillis).toString();
    }
}
