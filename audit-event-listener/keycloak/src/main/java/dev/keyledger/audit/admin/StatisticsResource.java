package dev.keyledger.audit.admin;

import dev.keyledger.audit.storage.EntryQuery;
import dev.keyledger.audit.storage.HourlyCounts;
import dev.keyledger.log.json.CanonicalJson;
import dev.keyledger.log.json.JsonArray;
import dev.keyledger.log.json.JsonNumber;
import dev.keyledger.log.json.JsonObject;
import dev.keyledger.log.json.JsonString;
import dev.keyledger.log.json.JsonValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.UriInfo;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** How much happened when, for charts: from counters that sealing keeps, whatever the log's size. */
public final class StatisticsResource {
    private static final int MAX_POINTS = 1_100;
    private static final int DEFAULT_POINTS = 31;
    private static final List<String> WORDS = List.of("kind", "operation", "resourceType", "outcome");

    private final RealmLog log;

    StatisticsResource(RealmLog log) {
        this.log = log;
    }

    /**
     * Counts sealed entries per hour or day, in one series for each combination of the words named by {@code by}. Filters
     * are those of a search that are words. What is in no series was nothing.
     */
    @GET
    @Produces(MediaType.APPLICATION_JSON)
    public String statistics(
            @Context UriInfo uri,
            @QueryParam("interval") @Nullable String interval,
            @QueryParam("zone") @Nullable String zone,
            @QueryParam("by") @Nullable List<String> by) {
        EntryQuery query = EntryParameters.parse(uri.getQueryParameters());
        if (!query.references().isEmpty()) {
            throw BadRequest.parameter(
                    "actor, target or another reference",
                    "given",
                    "kind, operation, resourceType and outcome only: nothing else is counted");
        }
        Buckets buckets = Buckets.of(interval, zone);
        List<String> words = words(by);
        Long to = query.to();
        Long from = query.from();
        long end = buckets.end(to == null ? log.now() : to - 1);
        long start = from == null ? buckets.back(end, DEFAULT_POINTS) : buckets.start(from);
        if (start < buckets.back(end, MAX_POINTS)) {
            throw BadRequest.parameter("from", String.valueOf(start), "at most " + MAX_POINTS + " points");
        }
        SortedMap<List<String>, SortedMap<Long, Long>> series = new TreeMap<>(Comparator.comparing(List::toString));
        new HourlyCounts(log.logId(), log.runtime().transactions())
                .read(
                        query,
                        start,
                        end,
                        count -> series.computeIfAbsent(values(words, count), each -> new TreeMap<>())
                                .merge(buckets.start(count.start()), count.entries(), Long::sum));
        Map<String, JsonValue> json = new TreeMap<>();
        json.put("from", JsonNumber.of(start));
        json.put("to", JsonNumber.of(end));
        json.put("interval", new JsonString(buckets.unit() == ChronoUnit.DAYS ? "day" : "hour"));
        json.put("zone", JsonString.of(buckets.zone().getId()));
        json.put(
                "total",
                JsonNumber.of(series.values().stream()
                        .mapToLong(StatisticsResource::total)
                        .sum()));
        json.put("minIndex", JsonNumber.of(log.pruned().minIndex()));
        json.put("series", json(words, series));
        return CanonicalJson.format(new JsonObject(json));
    }

    /** The pieces of time that are counted in. */
    private record Buckets(ChronoUnit unit, ZoneId zone) {
        static Buckets of(@Nullable String interval, @Nullable String zone) {
            ChronoUnit unit = switch (interval == null ? "hour" : interval) {
                case "hour" -> ChronoUnit.HOURS;
                case "day" -> ChronoUnit.DAYS;
                default -> throw BadRequest.parameter("interval", String.valueOf(interval), "hour or day");
            };
            try {
                return new Buckets(unit, ZoneId.of(zone == null || zone.isBlank() ? "UTC" : zone.strip()));
            } catch (DateTimeException e) {
                throw BadRequest.parameter("zone", String.valueOf(zone), "a time zone such as Europe/Berlin");
            }
        }

        long start(long time) {
            return at(time).truncatedTo(unit).toInstant().toEpochMilli();
        }

        /** The end of the bucket of a time, exclusive. */
        long end(long time) {
            return at(time).truncatedTo(unit).plus(1, unit).toInstant().toEpochMilli();
        }

        long back(long time, int points) {
            return at(time).minus(points, unit).toInstant().toEpochMilli();
        }

        private ZonedDateTime at(long time) {
            try {
                return Instant.ofEpochMilli(time).atZone(zone);
            } catch (DateTimeException e) {
                throw BadRequest.parameter("from or to", String.valueOf(time), "a time of this world");
            }
        }
    }

    private static List<String> words(@Nullable List<String> by) {
        if (by == null || by.isEmpty()) {
            return List.of("kind", "outcome");
        }
        for (String word : by) {
            if (!WORDS.contains(word)) {
                throw BadRequest.parameter("by", word, String.join(", ", WORDS));
            }
        }
        return WORDS.stream().filter(by::contains).toList();
    }

    private static List<String> values(List<String> words, HourlyCounts.Count count) {
        return words.stream()
                .map(word -> switch (word) {
                    case "kind" -> count.kind();
                    case "operation" -> count.operation();
                    case "resourceType" -> count.resourceType();
                    default -> count.success() ? "success" : "failure";
                })
                .toList();
    }

    private static JsonArray json(List<String> words, SortedMap<List<String>, SortedMap<Long, Long>> series) {
        List<JsonValue> all = new ArrayList<>();
        series.forEach((values, points) -> {
            Map<String, JsonValue> json = new TreeMap<>();
            for (int i = 0; i < words.size(); i++) {
                json.put(words.get(i), JsonString.of(values.get(i)));
            }
            json.put("total", JsonNumber.of(total(points)));
            json.put(
                    "points",
                    new JsonArray(points.entrySet().stream()
                            .<JsonValue>map(point -> new JsonArray(
                                    List.of(JsonNumber.of(point.getKey()), JsonNumber.of(point.getValue()))))
                            .toList()));
            all.add(new JsonObject(json));
        });
        return new JsonArray(all);
    }

    private static long total(SortedMap<Long, Long> points) {
        return points.values().stream().mapToLong(Long::longValue).sum();
    }
}
