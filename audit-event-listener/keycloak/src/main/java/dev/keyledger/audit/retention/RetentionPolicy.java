package dev.keyledger.audit.retention;

import dev.keyledger.log.FormatException;
import dev.keyledger.log.entry.EntryKind;
import dev.keyledger.log.json.JsonLiteral;
import dev.keyledger.log.json.JsonObject;
import dev.keyledger.log.json.JsonString;
import dev.keyledger.log.json.JsonValue;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.Period;
import java.time.ZoneOffset;
import java.time.temporal.TemporalAmount;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * How long the database keeps the entries of each class: {@code {"user":"P12M","admin":"P72M","scim":null}}. A class that
 * is not among the periods, as {@code system} never is, is kept for ever.
 */
public final class RetentionPolicy {
    private static final List<EntryKind> CLASSES = List.of(EntryKind.USER, EntryKind.ADMIN, EntryKind.SCIM);

    /** What is longer is a mistake; for ever is null. */
    private static final Instant LONGEST = Instant.parse("3000-01-01T00:00:00Z");

    private static final Instant SOME_DAY = Instant.parse("2000-01-01T00:00:00Z");

    /** In force where a realm has decided nothing. Stands below what reading it needs. */
    static final RetentionPolicy DEFAULT = parse(new JsonObject(
            Map.of("user", new JsonString("P12M"), "admin", new JsonString("P72M"), "scim", new JsonString("P72M"))));

    private final Map<EntryKind, String> periods;

    private RetentionPolicy(Map<EntryKind, String> periods) {
        this.periods = periods;
    }

    /**
     * Reads the periods.
     *
     * @throws FormatException when a class is missing or unknown, or its period is neither null nor an ISO 8601 period or
     *     duration of zero to a thousand years
     */
    public static RetentionPolicy parse(JsonObject json) {
        for (String name : json.members().keySet()) {
            if (CLASSES.stream().noneMatch(kind -> kind.label().equals(name))) {
                throw new FormatException("periods has " + FormatException.quote(name) + ", want user, admin, scim");
            }
        }
        Map<EntryKind, String> periods = new EnumMap<>(EntryKind.class);
        for (EntryKind kind : CLASSES) {
            JsonValue value = json.get(kind.label());
            if (value instanceof JsonString text) {
                amount(kind, text.value());
                periods.put(kind, text.value());
            } else if (value != JsonLiteral.NULL) {
                throw new FormatException("periods." + kind.label() + " wants a period such as \"P12M\", or null");
            }
        }
        return new RetentionPolicy(periods);
    }

    /** Entries of this class up to this time, in epoch milliseconds, need not be kept; empty for a class that is. */
    OptionalLong cutoff(EntryKind kind, long now) {
        String period = periods.get(kind);
        return period == null
                ? OptionalLong.empty()
                : OptionalLong.of(Instant.ofEpochMilli(now)
                        .atOffset(ZoneOffset.UTC)
                        .minus(amount(kind, period))
                        .toInstant()
                        .toEpochMilli());
    }

    /** Each class and its period or null. */
    public JsonObject toJson() {
        Map<String, JsonValue> json = new TreeMap<>();
        for (EntryKind kind : CLASSES) {
            String period = periods.get(kind);
            json.put(kind.label(), period == null ? JsonLiteral.NULL : new JsonString(period));
        }
        return new JsonObject(json);
    }

    private static TemporalAmount amount(EntryKind kind, String text) {
        try {
            TemporalAmount amount = text.contains("T") ? Duration.parse(text) : Period.parse(text);
            Instant then = SOME_DAY.atOffset(ZoneOffset.UTC).plus(amount).toInstant();
            boolean negative = amount instanceof Period period ? period.isNegative() : then.isBefore(SOME_DAY);
            if (!negative && !then.isAfter(LONGEST)) {
                return amount;
            }
        } catch (DateTimeException | ArithmeticException e) {
            throw wrong(kind, text, e);
        }
        throw wrong(kind, text, null);
    }

    private static FormatException wrong(EntryKind kind, String text, @Nullable Exception cause) {
        FormatException wrong = new FormatException("periods." + kind.label() + " is " + FormatException.quote(text)
                + ", want an ISO 8601 period or duration of zero to a thousand years, such as P12M or PT0S");
        if (cause != null) {
            wrong.addSuppressed(cause);
        }
        return wrong;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof RetentionPolicy policy && periods.equals(policy.periods);
    }

    @Override
    public int hashCode() {
        return periods.hashCode();
    }
}
