package dev.keyledger.audit.admin;

import dev.keyledger.audit.storage.EntryQuery;
import dev.keyledger.audit.storage.Reference;
import jakarta.ws.rs.core.MultivaluedMap;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Base64;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads the parameters of a search. Each bad one is refused with what was got and what is wanted. */
final class EntryParameters {
    /** The parameters that say which entries are wanted. */
    static final List<String> FILTERS = List.of(
            "kind",
            "operation",
            "resourceType",
            "outcome",
            "actor",
            "target",
            "user",
            "resourceId",
            "client",
            "connection",
            "ip",
            "requestId",
            "from",
            "to");

    private static final int DEFAULT_MAX = 50;
    private static final int LIMIT = 500;
    private static final int MAX_VALUES = 100;
    private static final int MAX_REFERENCES = 20;
    private static final String SCIM = "scim";
    private static final String DATE = "[0-9]{4}-[0-9]{2}-[0-9]{2}";

    private final MultivaluedMap<String, String> parameters;

    private EntryParameters(MultivaluedMap<String, String> parameters) {
        this.parameters = parameters;
    }

    static EntryQuery parse(MultivaluedMap<String, String> parameters) {
        return new EntryParameters(parameters).query();
    }

    /** The cursor of the page behind an entry. */
    static String cursor(EntryQuery.Cursor place) {
        return Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString((place.time() + ":" + place.index()).getBytes(StandardCharsets.US_ASCII));
    }

    /** A whole number from 0 to {@code max}, or {@code missing}. */
    static long number(String name, @Nullable String text, long missing, long max) {
        if (text == null || text.isBlank()) {
            return missing;
        }
        if (text.matches("[0-9]{1,18}") && Long.parseLong(text) <= max) {
            return Long.parseLong(text);
        }
        throw BadRequest.parameter(name, text, "0 to " + max);
    }

    /** A moment, as the first millisecond behind it: of a day, its end. */
    static @Nullable Long behind(String name, @Nullable String text) {
        if (text == null || text.isBlank()) {
            return null;
        }
        String stripped = text.strip();
        return time(name, stripped, true) + (stripped.matches(DATE) ? 0 : 1);
    }

    private EntryQuery query() {
        return new EntryQuery(
                kinds(),
                many("operation"),
                many("resourceType"),
                outcome(),
                references(),
                time("from", false),
                time("to", true),
                before(),
                max());
    }

    /** What came by a SCIM connection has the kind {@code scim}, and the connection stands where a client does. */
    private List<String> kinds() {
        List<String> kinds = many("kind");
        if (one("connection") == null) {
            return kinds;
        }
        if (!kinds.isEmpty() && !kinds.contains(SCIM)) {
            throw BadRequest.parameter("kind", String.join(",", kinds), "scim, or none beside connection");
        }
        return List.of(SCIM);
    }

    private Map<Reference, List<String>> references() {
        Map<Reference, List<String>> references = new EnumMap<>(Reference.class);
        references.put(Reference.ACTOR, some("actor"));
        references.put(Reference.TARGET, some("target"));
        references.put(Reference.USER, some("user"));
        references.put(Reference.RESOURCE, some("resourceId"));
        references.put(Reference.IP, some("ip"));
        references.put(Reference.REQUEST, some("requestId"));
        List<String> clients = some("client");
        List<String> connections = some("connection");
        if (!clients.isEmpty() && !connections.isEmpty()) {
            throw BadRequest.parameter("client", clients.get(0), "none beside connection, which stands in its place");
        }
        references.put(Reference.CLIENT, clients.isEmpty() ? connections : clients);
        return references;
    }

    private List<String> some(String name) {
        List<String> values = many(name);
        if (values.size() > MAX_REFERENCES) {
            throw BadRequest.parameter(name, values.size() + " values", "at most " + MAX_REFERENCES + " values");
        }
        return values;
    }

    private List<String> many(String name) {
        List<String> values = parameters.getOrDefault(name, List.of());
        if (values.size() > MAX_VALUES) {
            throw BadRequest.parameter(name, values.size() + " values", "at most " + MAX_VALUES + " values");
        }
        return values.stream().map(String::strip).filter(v -> !v.isEmpty()).toList();
    }

    private @Nullable String one(String name) {
        String value = parameters.getFirst(name);
        return value == null || value.isBlank() ? null : value.strip();
    }

    private @Nullable Boolean outcome() {
        String outcome = one("outcome");
        if (outcome == null) {
            return null;
        }
        return switch (outcome) {
            case "success" -> true;
            case "failure" -> false;
            default -> throw BadRequest.parameter("outcome", outcome, "success or failure");
        };
    }

    /** Milliseconds are taken as they are; the end of a day, a bare date, includes that day. */
    private @Nullable Long time(String name, boolean end) {
        String text = one(name);
        return text == null ? null : time(name, text, end);
    }

    private static long time(String name, String text, boolean end) {
        try {
            if (text.matches("-?[0-9]{1,15}")) {
                return Long.parseLong(text);
            }
            if (text.matches(DATE)) {
                LocalDate day = LocalDate.parse(text).plusDays(end ? 1 : 0);
                return day.atStartOfDay(ZoneOffset.UTC).toInstant().toEpochMilli();
            }
            return text.endsWith("Z")
                    ? Instant.parse(text).toEpochMilli()
                    : OffsetDateTime.parse(text).toInstant().toEpochMilli();
        } catch (DateTimeException | ArithmeticException e) {
            // A time may be right and yet beyond what milliseconds can count.
            throw BadRequest.parameter(name, text, "epoch milliseconds or an ISO-8601 time");
        }
    }

    private EntryQuery.@Nullable Cursor before() {
        String cursor = one("before");
        if (cursor == null) {
            return null;
        }
        try {
            String text = new String(Base64.getUrlDecoder().decode(cursor), StandardCharsets.US_ASCII);
            if (text.matches("[0-9]{1,19}:[0-9]{1,19}")) {
                int colon = text.indexOf(':');
                return new EntryQuery.Cursor(
                        Long.parseLong(text.substring(0, colon)), Long.parseLong(text.substring(colon + 1)));
            }
        } catch (IllegalArgumentException e) {
            throw BadRequest.parameter("before", cursor, "the \"next\" of the page before");
        }
        throw BadRequest.parameter("before", cursor, "the \"next\" of the page before");
    }

    private int max() {
        String text = one("max");
        if (text == null) {
            return DEFAULT_MAX;
        }
        if (!text.matches("[1-9][0-9]{0,8}")) {
            throw BadRequest.parameter("max", text, "1 to " + LIMIT);
        }
        return Math.min(LIMIT, Integer.parseInt(text));
    }
}
