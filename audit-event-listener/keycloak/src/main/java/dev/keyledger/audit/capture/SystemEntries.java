package dev.keyledger.audit.capture;

import dev.keyledger.audit.storage.LogDirectory;
import dev.keyledger.log.bundle.LogKey;
import dev.keyledger.log.entry.EntryKind;
import dev.keyledger.log.json.JsonNumber;
import dev.keyledger.log.json.JsonString;
import dev.keyledger.log.json.JsonValue;
import dev.keyledger.log.note.VerifierKey;
import java.time.InstantSource;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Makes the entries of what Keycloak raises no event for. */
final class SystemEntries implements DirectChanges.OwnEntry {
    /** The operation of an entry that tells another capture policy or other settings of the log. */
    static final String POLICY = "POLICY";

    /** The operation of an entry that tells of another sink of the log, another way to it, or its end. */
    static final String SINK = "SINK";

    private static final Target LOG = new Target("LOG", null, null, null, null);
    private static final Target SERVER = new Target("SERVER", null, null, null, null);

    private final Names names;
    private final InstantSource clock;

    SystemEntries(Names names, InstantSource clock) {
        this.names = names;
        this.clock = clock;
    }

    /** What was changed past every door: by an extension, a directory or the server itself. */
    @Override
    public Draft of(DirectChange change, Map<String, JsonValue> members) {
        return draft(change.realmId(), change.operation(), resourceType(change.about()), change.about(), members, true);
    }

    /** A store of Keycloak's own, {@code EVENTS} or {@code ADMIN_EVENTS}, was cleared. */
    Draft cleared(String realmId, String store) {
        return draft(realmId, "CLEAR", store, new Target(store, null, null, null, null), Map.of(), false);
    }

    /** The server began, ended, or has other settings, of which all are told. */
    Draft ofServer(String operation, @Nullable Map<String, JsonValue> before, @Nullable Map<String, JsonValue> after) {
        return draft(LogDirectory.SERVER, operation, SERVER.type(), SERVER, Map.of(), false)
                .telling(SERVER, new Change(before, after));
    }

    /** Entries are missing that could not be written. */
    Draft gap(String logId, Gaps.Gap gap) {
        Map<String, JsonValue> details = Map.of(
                "entries",
                JsonNumber.of(gap.entries()),
                "first",
                JsonNumber.of(gap.first()),
                "last",
                JsonNumber.of(gap.last()));
        return draft(logId, "GAP", LOG.type(), LOG, details, false);
    }

    /** A realm's log records by another policy from now on. */
    Draft policy(String realmId, CapturePolicy before, CapturePolicy after) {
        return draft(realmId, POLICY, LOG.type(), LOG, Map.of(), false)
                .telling(LOG, new Change(before.attributes(), after.attributes()));
    }

    /** A sink of a realm's log becomes another one, begins or ends. */
    Draft sink(
            String realmId,
            String name,
            @Nullable Map<String, JsonValue> before,
            @Nullable Map<String, JsonValue> after) {
        Target sink = new Target("SINK", null, name, null, null);
        return draft(realmId, SINK, sink.type(), sink, Map.of(), false).telling(sink, new Change(before, after));
    }

    /** Something that the log has found out about itself. */
    Draft ofLog(String realmId, String operation, Map<String, JsonValue> facts) {
        return draft(realmId, operation, "LOG", new Target("LOG", null, null, null, null), facts, false);
    }

    /** What is done with all that a log holds about a user. */
    Draft ofUser(String realmId, String operation, String userId, Map<String, JsonValue> facts) {
        Names.Person known = names.person(realmId, userId);
        Target user = Target.user(userId, known == null ? null : known.username());
        return draft(realmId, operation, Target.USER, user, facts, false);
    }

    /** A key is introduced to a log, whose leaf has to name it. */
    Draft keyRotation(String logId, VerifierKey key) {
        Target target = new Target("KEY", key.keyIdHex(), null, null, null);
        Map<String, JsonValue> after = Map.of("vkey", JsonString.of(key.toString()));
        return draft(logId, LogKey.OPERATION, LogKey.word(key), target, Map.of(), false)
                .telling(target, new Change(null, after));
    }

    private Draft draft(
            String logId,
            String operation,
            String resourceType,
            Target target,
            Map<String, JsonValue> details,
            boolean observed) {
        return new Draft(
                logId,
                EntryKind.SYSTEM,
                operation,
                resourceType,
                true,
                clock.millis(),
                names.caller(),
                target,
                names.net(null).with("session", names.session()).orNull(),
                Change.NONE,
                details,
                null,
                observed);
    }

    private static String resourceType(Target about) {
        if (!about.type().equals(Target.ROLE)) {
            return about.type();
        }
        return about.parentId() == null ? "REALM_ROLE" : "CLIENT_ROLE";
    }
}
