package dev.keyledger.log.entry;

import dev.keyledger.log.FormatException;
import dev.keyledger.log.json.JsonObject;
import dev.keyledger.log.json.JsonString;
import dev.keyledger.log.json.JsonValue;
import java.util.EnumMap;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Slots of entries of one log that an {@code ERASURE} entry accounts for, by their leaf indices and without a word about
 * whom they told of:
 *
 * <pre>
 * {"actor":"5,9-12","change":"5"}
 * </pre>
 *
 * Not thread-safe while it is added to. Memory grows with the ranges.
 */
public final class ErasedSlots {
    private static final Pattern RANGE = Pattern.compile("(0|[1-9][0-9]{0,17})(?:-([1-9][0-9]{0,17}))?");

    /** By the first index of each range, its last one. Ranges neither overlap nor touch. */
    private final Map<Slot, NavigableMap<Long, Long>> ranges = new EnumMap<>(Slot.class);

    private long count;
    private int rangeCount;

    /** A slot of an entry. */
    public record Place(long index, Slot slot) {}

    /** Reads what {@link #toJson} writes; ranges ascend, and each slot has one at least. */
    public static ErasedSlots parse(JsonObject json) {
        ErasedSlots slots = new ErasedSlots();
        for (String label : json.members().keySet()) {
            Slot slot = Slot.parse(label);
            long behind = 0;
            for (String text : json.string(label).split(",", -1)) {
                behind = slots.addRange(slot, text, behind);
            }
        }
        return slots;
    }

    private long addRange(Slot slot, String text, long atLeast) {
        Matcher range = RANGE.matcher(text);
        if (!range.matches()) {
            throw new FormatException("range of erased slots is " + FormatException.quote(text) + ", want 5 or 5-9");
        }
        long first = Long.parseLong(range.group(1));
        long last = range.group(2) == null ? first : Long.parseLong(range.group(2));
        if (first < atLeast || last < first) {
            throw new FormatException("ranges of erased slots do not ascend at " + FormatException.quote(text));
        }
        of(slot).put(first, last);
        count += last - first + 1;
        rangeCount++;
        return last + 2;
    }

    /** Adds a slot; those of one label come in ascending order. */
    public void add(long index, Slot slot) {
        NavigableMap<Long, Long> known = of(slot);
        Map.Entry<Long, Long> last = known.lastEntry();
        if (last != null && last.getValue() >= index) {
            throw new IllegalArgumentException("slot " + slot.label() + " of entry " + index + " comes after that of "
                    + last.getValue() + ", want ascending indices");
        }
        if (last != null && last.getValue() == index - 1) {
            known.put(last.getKey(), index);
        } else {
            known.put(index, index);
            rangeCount++;
        }
        count++;
    }

    /** Whether this slot of this entry is one of them. */
    public boolean covers(long index, Slot slot) {
        Map.Entry<Long, Long> range = of(slot).floorEntry(index);
        return range != null && index <= range.getValue();
    }

    /** The first of these slots that the others do not cover. */
    public Optional<Place> notCoveredBy(ErasedSlots others) {
        Place first = null;
        for (Slot slot : ranges.keySet()) {
            for (Map.Entry<Long, Long> range : of(slot).entrySet()) {
                // Ranges do not touch: what covers the first of a range and ends inside leaves the next one open.
                Map.Entry<Long, Long> cover = others.of(slot).floorEntry(range.getKey());
                boolean begun = cover != null && cover.getValue() >= range.getKey();
                long open = begun ? cover.getValue() + 1 : range.getKey();
                if (open <= range.getValue() && (first == null || open < first.index())) {
                    first = new Place(open, slot);
                }
            }
        }
        return Optional.ofNullable(first);
    }

    /** The number of slots. */
    public long count() {
        return count;
    }

    /** How many ranges they are written as. */
    public int rangeCount() {
        return rangeCount;
    }

    public JsonObject toJson() {
        Map<String, JsonValue> members = new TreeMap<>();
        ranges.forEach((slot, known) -> {
            StringBuilder text = new StringBuilder();
            known.forEach((first, last) -> {
                text.append(text.isEmpty() ? "" : ",").append(first);
                if (last > first) {
                    text.append('-').append(last);
                }
            });
            if (!text.isEmpty()) {
                members.put(slot.label(), new JsonString(text.toString()));
            }
        });
        return new JsonObject(members);
    }

    private NavigableMap<Long, Long> of(Slot slot) {
        return ranges.computeIfAbsent(slot, s -> new TreeMap<>());
    }
}
