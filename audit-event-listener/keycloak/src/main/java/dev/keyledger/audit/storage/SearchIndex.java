package dev.keyledger.audit.storage;

import dev.keyledger.audit.key.KeyRing;
import dev.keyledger.log.entry.Disclosure;
import dev.keyledger.log.entry.Slot;
import dev.keyledger.log.json.JsonLiteral;
import dev.keyledger.log.json.JsonNumber;
import dev.keyledger.log.json.JsonObject;
import dev.keyledger.log.json.JsonReader;
import dev.keyledger.log.json.JsonString;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What an entry can be found by. The leaf's members are read leniently: a newer node of the cluster may have captured a
 * later leaf version, and it must be sealed all the same.
 *
 * @param actorRef keyed references, see {@link KeyRing#newReference}
 */
record SearchIndex(
        long time,
        String kind,
        String operation,
        String resourceType,
        boolean success,
        @Nullable String actorRef,
        @Nullable String actorNameRef,
        @Nullable String targetRef,
        @Nullable String targetNameRef,
        @Nullable String clientRef,
        @Nullable String ipRef,
        @Nullable String requestRef) {
    private static final String UNKNOWN = "-";
    private static final int MAX_LEAF = 65_535;

    static SearchIndex of(byte[] leaf, StagedParts parts, References references) {
        JsonObject json = JsonReader.parseObject(leaf, MAX_LEAF);
        String request = reference(parts, Slot.NET, "requestId", references);
        return new SearchIndex(
                json.get("t") instanceof JsonNumber time ? time.integer() : 0,
                word(json, "k"),
                word(json, "op"),
                word(json, "res"),
                json.get("ok") != JsonLiteral.FALSE,
                reference(parts, Slot.ACTOR, "id", references),
                reference(parts, Slot.ACTOR, "name", references),
                reference(parts, Slot.TARGET, "id", references),
                reference(parts, Slot.TARGET, "name", references),
                reference(parts, Slot.ACTOR, "client", references),
                reference(parts, Slot.NET, "ip", references),
                request == null ? reference(parts, Slot.NET, "traceId", references) : request);
    }

    /** As it was when the entry was sequenced. */
    static SearchIndex of(EntryEntity entry) {
        return new SearchIndex(
                entry.eventTime,
                entry.kind,
                entry.operation,
                entry.resourceType,
                entry.success,
                entry.actorRef,
                entry.actorNameRef,
                entry.targetRef,
                entry.targetNameRef,
                entry.clientRef,
                entry.ipRef,
                entry.requestRef);
    }

    void copyTo(EntryEntity entry) {
        entry.eventTime = time;
        entry.kind = kind;
        entry.operation = operation;
        entry.resourceType = resourceType;
        entry.success = success;
        entry.actorRef = actorRef;
        entry.actorNameRef = actorNameRef;
        entry.targetRef = targetRef;
        entry.targetNameRef = targetNameRef;
        entry.clientRef = clientRef;
        entry.ipRef = ipRef;
        entry.requestRef = requestRef;
    }

    /**
     * The subject whose key a slot is encrypted with: actor and net belong to the actor; target and change to the
     * target when that is a person, else to the log itself.
     */
    static String subject(Slot slot, Map<Slot, Disclosure> parts, References references) {
        boolean actors = slot == Slot.ACTOR || slot == Slot.NET;
        Disclosure owner = parts.get(actors ? Slot.ACTOR : Slot.TARGET);
        if (owner != null && owner.value().get("id") instanceof JsonString id) {
            boolean personal = actors || isPerson(owner);
            return references.of(personal ? id.value() : "");
        }
        return references.of("");
    }

    /** Whether a target slot is about a person. */
    static boolean isPerson(Disclosure target) {
        return target.value().get("type") instanceof JsonString type
                && type.value().equals("USER");
    }

    private static String word(JsonObject json, String name) {
        return json.get(name) instanceof JsonString word ? word.value() : UNKNOWN;
    }

    private static @Nullable String reference(StagedParts parts, Slot slot, String member, References references) {
        Disclosure part = parts.slots().get(slot);
        return part != null && part.value().get(member) instanceof JsonString text ? references.of(text.value()) : null;
    }
}
