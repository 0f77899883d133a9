package dev.keyledger.audit.storage;

import dev.keyledger.log.entry.Disclosure;
import dev.keyledger.log.entry.Slot;
import dev.keyledger.log.json.JsonArray;
import dev.keyledger.log.json.JsonObject;
import dev.keyledger.log.json.JsonString;
import dev.keyledger.log.json.JsonValue;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What an entry tells of how its people are called: user names and e-mail addresses, in lower case, by the ids of the people. */
public final class PersonNames {
    private static final int MAX_NAME = 255;

    private PersonNames() {}

    /** The names in all slots of one entry. */
    static Map<String, Set<String>> of(Map<Slot, Disclosure> parts) {
        Map<String, Set<String>> names = new HashMap<>();
        String actor = idOf(parts.get(Slot.ACTOR));
        if (actor != null) {
            names.computeIfAbsent(actor, id -> new LinkedHashSet<>()).addAll(in(parts.get(Slot.ACTOR)));
        }
        Disclosure target = parts.get(Slot.TARGET);
        String person = idOf(target);
        if (target != null && person != null && SearchIndex.isPerson(target)) {
            Set<String> known = names.computeIfAbsent(person, id -> new LinkedHashSet<>());
            known.addAll(in(target));
            known.addAll(in(parts.get(Slot.CHANGE)));
        }
        return names;
    }

    /** The names that a slot tells of the person that it belongs to. */
    public static Set<String> in(@Nullable Disclosure own) {
        Set<String> names = new LinkedHashSet<>();
        if (own == null) {
            return names;
        }
        if (own.slot() != Slot.CHANGE) {
            add(own.value().get("name"), false, names);
            return names;
        }
        for (String side : List.of("before", "after", "details")) {
            if (own.value().get(side) instanceof JsonObject members) {
                members.members().forEach((name, value) -> {
                    String lower = name.toLowerCase(Locale.ROOT);
                    if (lower.endsWith("username") || lower.contains("email")) {
                        add(value, lower.contains("email"), names);
                    }
                });
            }
        }
        return names;
    }

    private static void add(@Nullable JsonValue value, boolean address, Set<String> names) {
        if (value instanceof JsonString text) {
            String name = text.value().toLowerCase(Locale.ROOT);
            if (!name.isEmpty() && name.length() <= MAX_NAME && (!address || name.contains("@"))) {
                names.add(name);
            }
        } else if (value instanceof JsonArray array) {
            array.elements().forEach(element -> add(element, address, names));
        } else if (value instanceof JsonObject object) {
            object.members().values().forEach(member -> add(member, address, names));
        }
    }

    /** The id of whom or what an actor's or a target's slot tells. */
    public static Optional<String> id(Disclosure part) {
        return (part.slot() == Slot.ACTOR || part.slot() == Slot.TARGET)
                        && part.value().get("id") instanceof JsonString id
                ? Optional.of(id.value())
                : Optional.empty();
    }

    private static @Nullable String idOf(@Nullable Disclosure part) {
        return part == null ? null : id(part).orElse(null);
    }
}
