package dev.keyledger.log.cli;

import dev.keyledger.log.FormatException;
import dev.keyledger.log.bundle.BundleEntry;
import dev.keyledger.log.bundle.PrivateSlot;
import dev.keyledger.log.entry.Entry;
import dev.keyledger.log.entry.EntryKind;
import dev.keyledger.log.entry.Slot;
import dev.keyledger.log.json.JsonObject;
import dev.keyledger.log.json.JsonString;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which entries {@code inspect} shows. Every option that is given must hold; one that is given several times holds if
 * one of its values does. A damaged entry is shown whatever the options say about its content.
 */
final class EntryFilter {
    static final Set<String> VALUED = Set.of("--after", "--before", "--kind", "--op", "--res", "--subject");
    static final Set<String> FLAGS = Set.of("--failed");

    private final @Nullable Long after;
    private final @Nullable Long before;
    private final Set<EntryKind> kinds = new HashSet<>();
    private final Set<String> operations;
    private final Set<String> resources;
    private final Set<String> subjects;
    private final boolean failed;

    EntryFilter(Arguments arguments) throws UsageException {
        after = time("--after", arguments.one("--after"), false);
        before = time("--before", arguments.one("--before"), true);
        for (String kind : arguments.all("--kind")) {
            try {
                kinds.add(EntryKind.parse(kind));
            } catch (FormatException e) {
                throw new UsageException(
                        "--kind is " + FormatException.quote(kind) + ", want admin, user, scim, system");
            }
        }
        operations = upper(arguments.all("--op"));
        resources = upper(arguments.all("--res"));
        subjects = new HashSet<>(arguments.all("--subject"));
        failed = arguments.has("--failed");
    }

    /** Whether it follows somebody, which takes the private parts. */
    boolean followsSubject() {
        return !subjects.isEmpty();
    }

    boolean accepts(BundleEntry read) {
        Entry entry = read.entry();
        if (entry == null) {
            return true;
        }
        return (after == null || entry.time() >= after)
                && (before == null || entry.time() < before)
                && (kinds.isEmpty() || kinds.contains(entry.kind()))
                && (operations.isEmpty()
                        || operations.contains(entry.operation().toUpperCase(Locale.ROOT)))
                && (resources.isEmpty()
                        || resources.contains(entry.resourceType().toUpperCase(Locale.ROOT)))
                && !(failed && entry.success())
                && (subjects.isEmpty() || concerns(read));
    }

    /** By id or by name; whoever was found by a name is followed by his id from there on, whatever he is called then. */
    private boolean concerns(BundleEntry read) {
        boolean found = false;
        for (Slot slot : List.of(Slot.ACTOR, Slot.TARGET)) {
            JsonObject value = open(read, slot);
            if (value != null && (named(value, "id") || named(value, "name"))) {
                found = true;
                if (value.get("id") instanceof JsonString id) {
                    subjects.add(id.value());
                }
            }
        }
        return found;
    }

    private boolean named(JsonObject value, String member) {
        return value.get(member) instanceof JsonString text && subjects.contains(text.value());
    }

    /** The disclosed value of a slot; null when there is none. */
    static @Nullable JsonObject open(BundleEntry read, Slot slot) {
        return read.parts() != null && read.parts().slots().get(slot) instanceof PrivateSlot.Open part
                ? part.value()
                : null;
    }

    private static Set<String> upper(List<String> words) {
        Set<String> upper = new HashSet<>();
        words.forEach(word -> upper.add(word.toUpperCase(Locale.ROOT)));
        return upper;
    }

    /** A moment, or a day in UTC: from its beginning, up to its end. */
    private static @Nullable Long time(String option, @Nullable String text, boolean end) throws UsageException {
        if (text == null) {
            return null;
        }
        try {
            if (text.length() > "2026-01-31".length()) {
                return Instant.parse(text).toEpochMilli();
            }
            LocalDate day = LocalDate.parse(text);
            return (end ? day.plusDays(1) : day)
                    .atStartOfDay()
                    .toInstant(ZoneOffset.UTC)
                    .toEpochMilli();
        } catch (DateTimeException | ArithmeticException e) {
            throw new UsageException(option + " is " + FormatException.quote(text)
                    + ", want a day such as 2026-01-31 or a moment such as 2026-01-31T12:00:00Z");
        }
    }
}
