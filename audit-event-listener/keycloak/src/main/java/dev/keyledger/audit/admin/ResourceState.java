package dev.keyledger.audit.admin;

import dev.keyledger.log.json.JsonArray;
import dev.keyledger.log.json.JsonLiteral;
import dev.keyledger.log.json.JsonObject;
import dev.keyledger.log.json.JsonString;
import dev.keyledger.log.json.JsonValue;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Rebuilds the state of one resource at a moment from the entries about it, each newest first. Of those up to the moment
 * the newest value of each attribute is its value, until the entry that made the resource and told all of it. What is
 * not known by then those behind the moment tell: the value that the first change of an attribute finds is the one that
 * it had. Secrets are as redacted as the entries are.
 */
final class ResourceState {
    /** The attribute without which there is no such thing: who tells it as new or as gone tells all of it. */
    private static final Map<String, String> NAMES = Map.of(
            "USER", "username",
            "GROUP", "name",
            "ROLE", "name",
            "CLIENT", "clientId",
            "CLIENT_SCOPE", "name",
            "REALM", "realm");

    /** Operations of people that make a user, and tell little of them. */
    private static final Set<String> REGISTRATIONS = Set.of("REGISTER", "IDENTITY_PROVIDER_FIRST_LOGIN");

    private static final Set<String> PROFILE_UPDATES = Set.of("UPDATE_PROFILE", "UPDATE_EMAIL");

    /** What Keycloak calls attributes in events of people, where it differs. */
    private static final Map<String, String> PROFILE_NAMES =
            Map.of("first_name", "firstName", "last_name", "lastName", "email", "email", "username", "username");

    private final String type;
    private final Map<String, JsonValue> known = new TreeMap<>();
    private final Map<String, JsonValue> later = new TreeMap<>();
    private @Nullable Boolean exists;
    private @Nullable Boolean existsLater;
    private boolean isWhole;
    private boolean isWholeLater;

    ResourceState(String type) {
        this.type = type;
    }

    /** What an entry says. */
    record Told(
            String kind,
            String operation,
            boolean success,
            @Nullable JsonObject change) {}

    /** The next older entry of the time up to the moment; false when no older one has anything to say. */
    boolean upTo(Told entry) {
        Change change = change(entry).orElse(null);
        if (change == null) {
            return true;
        }
        if (change.removes()) {
            // What is told of a time after it is told of another one of the same id, which nothing tells the making of.
            isWhole = exists == null;
            exists = exists != null;
            return false;
        }
        exists = true;
        change.after().forEach(known::putIfAbsent);
        change.before().keySet().forEach(name -> known.putIfAbsent(name, JsonLiteral.NULL));
        isWhole = change.makes() && change.isWhole();
        return !change.makes();
    }

    /** The next older entry of the time behind the moment; all of them have to be told. */
    void behind(Told entry) {
        change(entry).ifPresent(change -> {
            if (change.makes() || change.removes()) {
                later.clear();
            } else {
                change.after().keySet().forEach(name -> later.put(name, JsonLiteral.NULL));
            }
            later.putAll(change.before());
            existsLater = !change.makes();
            isWholeLater = change.removes() || (isWholeLater && !change.makes());
        });
    }

    /** Whether there was such a resource; null when no entry says so. */
    @Nullable
    Boolean exists() {
        return exists == null ? existsLater : exists;
    }

    /** Whether {@link #attributes} are all that there were, and not only those that changed since the log began. */
    boolean isComplete() {
        return isWhole || isWholeLater || Boolean.FALSE.equals(exists());
    }

    /** By name; those that are known not to have been there are left out. */
    Map<String, JsonValue> attributes() {
        Map<String, JsonValue> attributes = new TreeMap<>();
        if (Boolean.TRUE.equals(exists())) {
            if (!isWhole && Boolean.TRUE.equals(existsLater)) {
                attributes.putAll(later);
            }
            attributes.putAll(known);
            attributes.values().removeIf(JsonLiteral.NULL::equals);
        }
        return attributes;
    }

    private record Change(
            Map<String, JsonValue> before,
            Map<String, JsonValue> after,
            boolean makes,
            boolean removes,
            boolean isWhole) {}

    /** Empty when the entry changes no attribute of the resource itself. */
    private Optional<Change> change(Told entry) {
        JsonObject told = entry.change();
        if (!entry.success()) {
            return Optional.empty();
        }
        if (entry.kind().equals("user") && REGISTRATIONS.contains(entry.operation())) {
            return Optional.of(new Change(Map.of(), Map.of(), true, false, false));
        }
        Map<String, JsonValue> before = told == null ? null : side(told, "before");
        Map<String, JsonValue> after = told == null ? null : side(told, "after");
        if (before != null && after != null) {
            boolean own = entry.kind().equals("user") && PROFILE_UPDATES.contains(entry.operation());
            return Optional.of(
                    own
                            ? new Change(profile(before), profile(after), false, false, false)
                            : new Change(before, after, false, false, false));
        }
        if (after != null && isAll(entry, "CREATE", after)) {
            return Optional.of(new Change(Map.of(), after, true, false, true));
        }
        return before != null && isAll(entry, "DELETE", before)
                ? Optional.of(new Change(before, Map.of(), false, true, true))
                : Optional.empty();
    }

    private boolean isAll(Told entry, String operation, Map<String, JsonValue> attributes) {
        String name = NAMES.get(type);
        return name == null ? entry.operation().equals(operation) : attributes.containsKey(name);
    }

    private static @Nullable Map<String, JsonValue> side(JsonObject change, String name) {
        return change.get(name) instanceof JsonObject attributes ? attributes.members() : null;
    }

    /** A person's own update names attributes as Keycloak's events do, and joins several values by {@code ::}. */
    private static Map<String, JsonValue> profile(Map<String, JsonValue> told) {
        Map<String, JsonValue> attributes = new TreeMap<>();
        told.forEach((name, value) -> {
            String plain = PROFILE_NAMES.get(name);
            attributes.put(plain == null ? "attributes." + name : plain, plain == null ? values(value) : value);
        });
        return attributes;
    }

    private static JsonValue values(JsonValue value) {
        return value instanceof JsonString text
                ? new JsonArray(Arrays.stream(text.value().split("::", -1))
                        .<JsonValue>map(JsonString::of)
                        .toList())
                : value;
    }
}
