package dev.keyledger.scim.schema;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/** The text form of a {@code dateTime} value: an xsd:dateTime such as {@code 2011-05-13T04:42:34Z}. RFC 7643 section 2.3.5. */
public final class DateTime {
    private static final int MAX_LENGTH = 40;
    private static final Instant FIRST = Instant.parse("0000-01-01T00:00:00Z");
    private static final Instant END = Instant.parse("+10000-01-01T00:00:00Z");

    private DateTime() {}

    /** The instant that the text names; a text without an offset is taken as UTC; empty if it is no dateTime of the years 0 to 9999. */
    public static Optional<Instant> parse(String text) {
        if (text.length() > MAX_LENGTH || text.indexOf('T') < 0) {
            return Optional.empty();
        }
        return parseAny(text).filter(instant -> !instant.isBefore(FIRST) && instant.isBefore(END));
    }

    private static Optional<Instant> parseAny(String text) {
        try {
            return Optional.of(OffsetDateTime.parse(text).toInstant());
        } catch (DateTimeException withoutOffset) {
            return parseLocal(text);
        }
    }

    /** The canonical text of an instant, in UTC with milliseconds at most. */
    public static String format(Instant instant) {
        return instant.truncatedTo(ChronoUnit.MILLIS).toString();
    }

    private static Optional<Instant> parseLocal(String text) {
        try {
            return Optional.of(LocalDateTime.parse(text).toInstant(ZoneOffset.UTC));
        } catch (DateTimeException notADateTime) {
            return Optional.empty();
        }
    }
}
