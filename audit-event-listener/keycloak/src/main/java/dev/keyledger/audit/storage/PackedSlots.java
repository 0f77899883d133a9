package dev.keyledger.audit.storage;

import dev.keyledger.audit.key.Aead;
import dev.keyledger.audit.key.KeyException;
import dev.keyledger.log.FormatException;
import dev.keyledger.log.entry.Disclosure;
import dev.keyledger.log.entry.Salt;
import dev.keyledger.log.entry.Slot;
import dev.keyledger.log.json.CanonicalJson;
import dev.keyledger.log.json.JsonObject;
import dev.keyledger.log.json.JsonReader;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The slots that one row of {@code AUDIT_PRIVATE} holds. Those of an entry that are about the same person or thing are stored
 * and encrypted together: a row costs more than what is in it. A slot that was erased has a row of its own, and so have those
 * that stood beside it.
 */
public record PackedSlots(Set<Slot> slots) {
    private static final int MAX_BYTES = 16 << 20;
    private static final Map<String, PackedSlots> BY_LABEL = byLabel();

    public PackedSlots {
        slots = Collections.unmodifiableSet(EnumSet.copyOf(slots));
    }

    /** Those of these parts, at least one. */
    static PackedSlots of(Collection<Disclosure> parts) {
        return new PackedSlots(parts.stream().map(Disclosure::slot).collect(Collectors.toSet()));
    }

    /** The labels of all combinations. */
    public static Set<String> labels() {
        return BY_LABEL.keySet();
    }

    /** What stands in the row: a slot's own label, and of several their initials, such as {@code an}. */
    public String label() {
        return isOne()
                ? slots.iterator().next().label()
                : slots.stream().map(PackedSlots::initial).collect(Collectors.joining());
    }

    /** The slots of a label; throws FormatException when it is none. */
    public static PackedSlots parse(String label) {
        PackedSlots known = BY_LABEL.get(label);
        if (known == null) {
            throw new FormatException("no such slots: " + FormatException.quote(label));
        }
        return known;
    }

    private static Map<String, PackedSlots> byLabel() {
        List<Set<Slot>> combinations = new ArrayList<>();
        for (Slot slot : Slot.values()) {
            List.copyOf(combinations).forEach(before -> combinations.add(with(before, slot)));
            combinations.add(Set.of(slot));
        }
        return combinations.stream().map(PackedSlots::new).collect(Collectors.toMap(PackedSlots::label, each -> each));
    }

    private static Set<Slot> with(Set<Slot> slots, Slot more) {
        EnumSet<Slot> all = EnumSet.copyOf(slots);
        all.add(more);
        return all;
    }

    private static String initial(Slot slot) {
        return slot.label().substring(0, 1);
    }

    boolean isOne() {
        return slots.size() == 1;
    }

    /** Encrypts slots that have one subject into a row of the entry. */
    static String seal(Aead key, String entryId, Collection<Disclosure> parts) {
        Map<Slot, Disclosure> bySlot = parts.stream().collect(Collectors.toMap(Disclosure::slot, part -> part));
        JsonObject plain =
                parts.size() == 1 ? StagedParts.toJson(parts.iterator().next()) : new StagedParts(bySlot).toJson();
        return key.seal(CanonicalJson.encode(plain), of(parts).context(entryId));
    }

    /** Decrypts what {@link #seal} made for the same entry and the same slots; empty when it is not that. */
    List<Disclosure> open(Aead key, String entryId, String data) {
        try {
            JsonObject plain = JsonReader.parseObject(key.open(data, context(entryId)), MAX_BYTES);
            return isOne() ? List.of(alone(plain)) : together(plain);
        } catch (KeyException | FormatException e) {
            return List.of();
        }
    }

    private Disclosure alone(JsonObject plain) {
        return new Disclosure(slots.iterator().next(), Salt.parse(plain.string("salt")), plain.object("value"));
    }

    private static List<Disclosure> together(JsonObject plain) {
        return List.copyOf(StagedParts.parse(plain).slots().values());
    }

    /** What the row is bound to. */
    private String context(String entryId) {
        return entryId + '\0' + label();
    }
}
