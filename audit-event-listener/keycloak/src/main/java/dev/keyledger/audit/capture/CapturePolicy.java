package dev.keyledger.audit.capture;

import dev.keyledger.log.FormatException;
import dev.keyledger.log.entry.EntryKind;
import dev.keyledger.log.json.JsonArray;
import dev.keyledger.log.json.JsonObject;
import dev.keyledger.log.json.JsonString;
import dev.keyledger.log.json.JsonValue;
import java.util.Arrays;
import java.util.Collection;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.keycloak.events.EventType;

/**
 * What is recorded, and what happens when it cannot be.
 *
 * @param excluded what is not recorded, by kind: of {@code user} the names of event types, such as {@code REFRESH_TOKEN};
 *     of {@code admin} and {@code scim} an operation and a resource type as entries bear them, such as {@code CREATE USER}.
 *     Nothing of {@code system} can be excluded.
 * @param open the kinds whose entries must not keep a request from succeeding: when such an entry cannot be written,
 *     the request goes on and the log tells the gap. All other kinds are closed: no entry, no change.
 * @param asynchronous {@link EntryKind#USER} or nothing: the kinds whose entries alone do not make the database wait for
 *     its disk. A crash of the database may forget the last ones, together with what they tell.
 */
public record CapturePolicy(Map<EntryKind, Set<String>> excluded, Set<EntryKind> open, Set<EntryKind> asynchronous) {
    private static final String EXCLUDED = "excluded";
    private static final String FAIL_OPEN = "failOpen";
    private static final String ASYNCHRONOUS = "asynchronous";
    private static final Set<String> MEMBERS = Set.of(EXCLUDED, FAIL_OPEN, ASYNCHRONOUS);
    private static final int MAX_NAMES = 500;
    private static final Set<String> EVENT_TYPES =
            Arrays.stream(EventType.values()).map(EventType::name).collect(Collectors.toUnmodifiableSet());

    /** Records everything, or the request fails. */
    static final CapturePolicy EVERYTHING = new CapturePolicy(Map.of(), Set.of(), Set.of());

    public CapturePolicy {
        Map<EntryKind, Set<String>> byKind = new EnumMap<>(EntryKind.class);
        excluded.forEach((kind, names) -> byKind.put(kind, Set.copyOf(names)));
        if (!byKind.getOrDefault(EntryKind.SYSTEM, Set.of()).isEmpty()) {
            throw new IllegalArgumentException("nothing of kind system can be excluded");
        }
        excluded = byKind;
        open = Set.copyOf(open);
        asynchronous = Set.copyOf(asynchronous);
        if (!Set.of(EntryKind.USER).containsAll(asynchronous)) {
            throw new IllegalArgumentException("only entries of kind user can be asynchronous");
        }
    }

    /** Reads what {@link #toJson} writes. A member that is missing is empty. */
    public static CapturePolicy parse(JsonObject json) {
        json.members().keySet().forEach(member -> {
            if (!MEMBERS.contains(member)) {
                throw new FormatException("member " + member + ", want some of " + new TreeSet<>(MEMBERS));
            }
        });
        Map<EntryKind, Set<String>> excluded = new EnumMap<>(EntryKind.class);
        if (json.get(EXCLUDED) != null) {
            json.object(EXCLUDED).members().forEach((label, names) -> {
                EntryKind kind = EntryKind.parse(label);
                excluded.put(kind, names(names, EXCLUDED + "." + label));
                excluded.get(kind).forEach(name -> check(kind, name));
            });
        }
        Set<EntryKind> asynchronous = kinds(json, ASYNCHRONOUS);
        if (!Set.of(EntryKind.USER).containsAll(asynchronous)) {
            throw new FormatException(ASYNCHRONOUS + " wants no kind but user");
        }
        return new CapturePolicy(excluded, kinds(json, FAIL_OPEN), asynchronous);
    }

    private static Set<EntryKind> kinds(JsonObject json, String member) {
        Set<EntryKind> kinds = EnumSet.noneOf(EntryKind.class);
        names(json.get(member), member).forEach(label -> kinds.add(EntryKind.parse(label)));
        return kinds;
    }

    private static void check(EntryKind kind, String name) {
        boolean known = switch (kind) {
            case USER -> EVENT_TYPES.contains(name);
            case ADMIN, SCIM -> name.matches("(CREATE|UPDATE|DELETE|ACTION) [!-~]{1,100}");
            case SYSTEM -> false;
        };
        if (!known) {
            String want = kind == EntryKind.USER
                    ? "a type of user events such as REFRESH_TOKEN"
                    : "an operation and a resource type such as CREATE USER";
            throw new FormatException("\"" + name + "\" of kind " + kind.label() + " cannot be excluded, want "
                    + (kind == EntryKind.SYSTEM ? "nothing" : want));
        }
    }

    private static Set<String> names(@Nullable JsonValue list, String member) {
        Set<String> names = new TreeSet<>();
        if (list == null) {
            return names;
        }
        if (!(list instanceof JsonArray array) || array.elements().size() > MAX_NAMES) {
            throw new FormatException(member + " wants a list of at most " + MAX_NAMES + " names");
        }
        for (JsonValue element : array.elements()) {
            if (!(element instanceof JsonString name)) {
                throw new FormatException(member + " wants a list of names");
            }
            names.add(name.value());
        }
        return names;
    }

    /** {@code {"asynchronous":[],"excluded":{"user":["REFRESH_TOKEN"],...},"failOpen":["user"]}}, sorted. */
    public JsonObject toJson() {
        Map<String, JsonValue> byKind = new TreeMap<>();
        excluded.forEach((kind, names) -> byKind.put(kind.label(), texts(names)));
        return new JsonObject(
                Map.of(ASYNCHRONOUS, labels(asynchronous), EXCLUDED, new JsonObject(byKind), FAIL_OPEN, labels(open)));
    }

    /** {@code excluded.user}, {@code failOpen}, {@code asynchronous}: as an entry tells it. */
    Map<String, JsonValue> attributes() {
        Map<String, JsonValue> attributes = new TreeMap<>();
        toJson().members().forEach((name, value) -> {
            if (value instanceof JsonObject byKind) {
                byKind.members().forEach((kind, names) -> attributes.put(name + "." + kind, names));
            } else {
                attributes.put(name, value);
            }
        });
        return attributes;
    }

    private static JsonArray labels(Set<EntryKind> kinds) {
        return texts(kinds.stream().map(EntryKind::label));
    }

    /** A sorted list. */
    public static JsonArray texts(Collection<String> texts) {
        return texts(texts.stream());
    }

    private static JsonArray texts(Stream<String> texts) {
        return new JsonArray(texts.sorted().<JsonValue>map(JsonString::of).toList());
    }

    /** Whether a user event of this type is not recorded. */
    boolean excludes(EventType type) {
        return excluded(EntryKind.USER).contains(type.name());
    }

    /** Whether no entry is made of a draft of an admin's or SCIM's. */
    boolean excludes(Draft draft) {
        return draft.kind() != EntryKind.USER
                && excluded(draft.kind()).contains(draft.operation() + " " + draft.resourceType());
    }

    boolean isOpen(EntryKind kind) {
        return open.contains(kind);
    }

    boolean isAsynchronous(EntryKind kind) {
        return asynchronous.contains(kind);
    }

    private Set<String> excluded(EntryKind kind) {
        return excluded.getOrDefault(kind, Set.of());
    }

    /** What of this policy stays when only of these kinds less, or less surely, may be recorded than {@code floor} has it. */
    CapturePolicy within(CapturePolicy floor, Set<EntryKind> weakenable) {
        Map<EntryKind, Set<String>> allowed = new EnumMap<>(EntryKind.class);
        excluded.forEach((kind, names) -> {
            Set<String> kept = new TreeSet<>(names);
            if (!weakenable.contains(kind)) {
                kept.retainAll(floor.excluded(kind));
            }
            allowed.put(kind, kept);
        });
        return new CapturePolicy(
                allowed, within(open, floor.open, weakenable), within(asynchronous, floor.asynchronous, weakenable));
    }

    private static Set<EntryKind> within(Set<EntryKind> kinds, Set<EntryKind> floor, Set<EntryKind> weakenable) {
        return kinds.stream()
                .filter(kind -> weakenable.contains(kind) || floor.contains(kind))
                .collect(Collectors.toSet());
    }
}
