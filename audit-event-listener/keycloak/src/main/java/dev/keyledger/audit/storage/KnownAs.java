package dev.keyledger.audit.storage;

import dev.keyledger.log.entry.Disclosure;
import dev.keyledger.log.entry.Slot;
import dev.keyledger.log.json.CanonicalJson;
import dev.keyledger.log.json.JsonArray;
import dev.keyledger.log.json.JsonObject;
import dev.keyledger.log.json.JsonReader;
import dev.keyledger.log.json.JsonString;
import dev.keyledger.log.json.JsonValue;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** What one person is called, as far as the person's own slots tell; everything in lower case. Grows, and is not thread-safe. */
public final class KnownAs {
    /** First names of one person, and last names, that are put together. */
    private static final int MAX_NAMES = 10;

    private static final int MAX_BYTES = 1 << 20;

    private final Set<String> called = new LinkedHashSet<>();
    private final Set<String> names = new LinkedHashSet<>();
    private final Set<String> firstNames = new LinkedHashSet<>();
    private final Set<String> lastNames = new LinkedHashSet<>();

    /** Takes in names that were learned before. */
    public void know(Collection<String> known) {
        called.addAll(known);
        names.addAll(known);
    }

    /** Takes in all that somebody else has learned. */
    public void know(KnownAs other) {
        know(other.called);
        other.firstNames.forEach(this::first);
        other.lastNames.forEach(this::last);
    }

    /** Takes in what one of the person's own slots tells. */
    public void learn(Disclosure own) {
        know(PersonNames.in(own));
        for (String side : own.slot() == Slot.CHANGE ? List.of("before", "after") : List.<String>of()) {
            if (own.value().get(side) instanceof JsonObject members) {
                members.members().forEach(this::learnFullName);
            }
        }
    }

    private void learnFullName(String member, JsonValue value) {
        if (!(value instanceof JsonString text) || text.value().isBlank()) {
            return;
        }
        String name = text.value().toLowerCase(Locale.ROOT).strip();
        String lower = member.toLowerCase(Locale.ROOT);
        switch (lower.substring(lower.lastIndexOf('.') + 1)) {
            case "firstname", "givenname" -> first(name);
            case "lastname", "familyname" -> last(name);
            default -> {
                // Says nothing about how the person is called.
                return;
            }
        }
    }

    private void first(String name) {
        if (firstNames.size() < MAX_NAMES && firstNames.add(name)) {
            lastNames.forEach(last -> together(name, last));
        }
    }

    private void last(String name) {
        if (lastNames.size() < MAX_NAMES && lastNames.add(name)) {
            firstNames.forEach(first -> together(first, name));
        }
    }

    private void together(String first, String last) {
        names.add(first + " " + last);
        names.add(last + ", " + first);
    }

    /** User names, e-mail addresses, and first and last names together: {@code amy lee} and {@code lee, amy}. */
    public Set<String> names() {
        return Collections.unmodifiableSet(names);
    }

    /** User names and e-mail addresses alone. */
    public Set<String> called() {
        return Collections.unmodifiableSet(called);
    }

    /** {@code {"firstNames":[...],"id":"...","lastNames":[...],"names":[...]}}. */
    byte[] encode(String id) {
        return CanonicalJson.encode(new JsonObject(Map.of(
                "id", JsonString.of(id),
                "names", array(called),
                "firstNames", array(firstNames),
                "lastNames", array(lastNames))));
    }

    /** What {@link #encode} wrote, without the id. Throws FormatException when it did not. */
    static KnownAs parse(byte[] bytes) {
        JsonObject json = JsonReader.parseObject(bytes, MAX_BYTES);
        KnownAs known = new KnownAs();
        known.know(texts(json, "names"));
        texts(json, "firstNames").forEach(known::first);
        texts(json, "lastNames").forEach(known::last);
        return known;
    }

    private static List<String> texts(JsonObject json, String member) {
        return json.get(member) instanceof JsonArray array
                ? array.elements().stream()
                        .map(element -> ((JsonString) element).value())
                        .toList()
                : List.of();
    }

    private static JsonValue array(Set<String> texts) {
        return new JsonArray(
                new TreeSet<>(texts).stream().<JsonValue>map(JsonString::of).toList());
    }
}
