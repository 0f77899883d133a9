package dev.keyledger.audit.capture;

import dev.keyledger.log.entry.EntryKind;
import dev.keyledger.log.json.JsonObject;
import dev.keyledger.log.json.JsonString;
import dev.keyledger.log.json.JsonValue;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * An entry as far as it is known when its event is raised.
 *
 * @param realmId of the realm whose log it goes to
 * @param change what the event itself says of the change; used when nothing was observed
 * @param observed whether before and after are to be read from Keycloak's models
 */
record Draft(
        String realmId,
        EntryKind kind,
        String operation,
        String resourceType,
        boolean success,
        long time,
        @Nullable JsonObject actor,
        @Nullable Target target,
        @Nullable JsonObject net,
        Change change,
        Map<String, JsonValue> details,
        @Nullable String error,
        boolean observed) {
    /** Parts whose change shows in the state of their target. */
    private static final Set<String> PARTS_SHOWN = Set.of(
            "REALM_ROLE_MAPPING",
            "CLIENT_ROLE_MAPPING",
            "GROUP_MEMBERSHIP",
            "ORGANIZATION_GROUP_MEMBERSHIP",
            "REALM_SCOPE_MAPPING",
            "CLIENT_SCOPE_MAPPING",
            "PROTOCOL_MAPPER",
            "AUTH_EXECUTION",
            "AUTH_EXECUTION_FLOW",
            "AUTHENTICATOR_CONFIG",
            "REQUIRED_ACTION_CONFIG");

    private static final Set<String> ROLES = Set.of("REALM_ROLE", "CLIENT_ROLE");

    private static final Set<String> GROUPS = Set.of("GROUP", "ORGANIZATION_GROUP");

    /** Of these an event may bear the type though it is about a part. */
    private static final Set<String> WITH_PARTS =
            Set.of(Target.USER, Target.GROUP, Target.ROLE, Target.CLIENT, Target.CLIENT_SCOPE);

    /** Their paths: what stands below them is about a part. */
    private static final Pattern OWN_PATH = Pattern.compile("(users|clients|client-scopes)/[^/]+"
            + "|(organizations/[^/]+/)?groups(/[^/]+(/children(/[^/]+)?)?)?"
            + "|roles-by-id/[^/]+|(clients/[^/]+/)?roles/.+(?<!/composites)");

    /** Whether the thing exists from now on, so that nothing of it can have been there before. */
    boolean creates() {
        return operation.equals("CREATE") && isAboutTheThingItself();
    }

    /** The greater, the more an entry's own words promise that it tells what changed of its target. */
    int tellingRank() {
        if (!isAboutTheThingItself()) {
            return 0;
        }
        return switch (operation) {
            case "CREATE" -> 3;
            case "DELETE" -> 2;
            default -> 1;
        };
    }

    /** Whether the state of the target shows whatever this entry is about; if not, the event has to tell it. */
    boolean isShownByState() {
        boolean shown = PARTS_SHOWN.contains(resourceType) || ROLES.contains(resourceType) || isAboutTheThingItself();
        return shown && !operation.equals("ACTION");
    }

    Draft telling(@Nullable Target known, Change told) {
        return new Draft(
                realmId, kind, operation, resourceType, success, time, actor, known, net, told, details, error, false);
    }

    Draft withDetail(String name, String value) {
        return withDetails(Map.of(name, JsonString.of(value)));
    }

    Draft withDetails(Map<String, JsonValue> added) {
        Map<String, JsonValue> more = new TreeMap<>(details);
        more.putAll(added);
        return new Draft(
                realmId,
                kind,
                operation,
                resourceType,
                success,
                time,
                actor,
                target,
                net,
                change,
                more,
                error,
                observed);
    }

    /**
     * What the models told of was an update, or the making of a thing that was not there, or its end, or nothing that
     * shows; empty for the last.
     */
    Optional<Draft> asItTurnedOut() {
        if (kind != EntryKind.SYSTEM || !operation.equals("UPDATE")) {
            return Optional.of(this);
        }
        if (change.isEmpty() && details.isEmpty()) {
            return Optional.empty();
        }
        String turnedOut = operation;
        if (change.before() == null && change.after() != null) {
            turnedOut = "CREATE";
        } else if (change.before() != null && change.after() == null) {
            turnedOut = "DELETE";
        }
        return Optional.of(new Draft(
                realmId,
                kind,
                turnedOut,
                resourceType,
                success,
                time,
                actor,
                target,
                net,
                change,
                details,
                error,
                observed));
    }

    /** Not about one of its parts, as a role mapping is about a user, or a composite about a role. */
    private boolean isAboutTheThingItself() {
        return target != null
                && isOfTheTargetsType(target)
                && (!WITH_PARTS.contains(target.type()) || isOwnPath(target));
    }

    private boolean isOfTheTargetsType(Target thing) {
        return switch (thing.type()) {
            case Target.ROLE -> ROLES.contains(resourceType);
            case Target.GROUP -> GROUPS.contains(resourceType);
            default -> resourceType.equals(thing.type());
        };
    }

    private static boolean isOwnPath(Target thing) {
        return thing.path() == null || OWN_PATH.matcher(thing.path()).matches();
    }
}
