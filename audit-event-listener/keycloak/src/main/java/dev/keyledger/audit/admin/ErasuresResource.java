package dev.keyledger.audit.admin;

import dev.keyledger.audit.privacy.Erasing;
import dev.keyledger.audit.privacy.Privacy;
import dev.keyledger.audit.privacy.RefusedException;
import dev.keyledger.audit.privacy.SubjectErasure;
import dev.keyledger.audit.storage.EntryQuery;
import dev.keyledger.audit.storage.FoundEntry;
import dev.keyledger.log.entry.Disclosure;
import dev.keyledger.log.entry.Erasure;
import dev.keyledger.log.entry.Slot;
import dev.keyledger.log.json.CanonicalJson;
import dev.keyledger.log.json.JsonArray;
import dev.keyledger.log.json.JsonLiteral;
import dev.keyledger.log.json.JsonNumber;
import dev.keyledger.log.json.JsonObject;
import dev.keyledger.log.json.JsonString;
import dev.keyledger.log.json.JsonValue;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Erases what a log holds about a person, and tells what was erased. */
public final class ErasuresResource {
    private static final int MAX_TEXT = 1_000;
    private static final int MAX_LISTED = 1_000;

    private final RealmLog log;
    private final Caller caller;

    ErasuresResource(RealmLog log, Caller caller) {
        this.log = log;
        this.caller = caller;
    }

    /** The newest erasures, as the log's own entries tell them, and how far those are that are under way. */
    @GET
    @Produces(MediaType.APPLICATION_JSON)
    public String list() {
        EntryQuery query =
                EntryQuery.newest(MAX_LISTED).ofWords(List.of("system"), List.of(Erasure.OPERATION), List.of());
        List<FoundEntry> found =
                FoundEntry.once(log.search().staged(query), log.search().sealed(query));
        Map<String, Map<Slot, Disclosure>> slots = log.slots(found);
        List<JsonValue> erasures = new ArrayList<>();
        for (FoundEntry entry : found) {
            erasures.add(json(entry, slots.getOrDefault(entry.id(), Map.of())));
        }
        List<JsonValue> underWay = log.privacy().erasure().underWay().stream()
                .<JsonValue>map(ErasuresResource::json)
                .toList();
        return CanonicalJson.format(
                new JsonObject(Map.of("erasures", new JsonArray(erasures), "underWay", new JsonArray(underWay))));
    }

    /** Erases somebody: {@code {"subject":"..."}} or {@code {"user":"<id>"}}, with a {@code reason} and a {@code legalBasis}. */
    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    @Produces(MediaType.APPLICATION_JSON)
    public String erase(@Nullable String body) {
        caller.requireErase();
        RequestBody request = RequestBody.parse(body, "subject", "user", "reason", "legalBasis");
        String reference = request.text("subject", MAX_TEXT);
        String user = request.text("user", MAX_TEXT);
        if ((reference == null) == (user == null)) {
            throw BadRequest.error(
                    400,
                    "invalid_request",
                    "body names " + (user == null ? "neither" : "both") + " subject and user, want one");
        }
        String reason = request.required("reason", MAX_TEXT, "it is what those will read who find the slots erased");
        String legalBasis = request.text("legalBasis", MAX_TEXT);
        return answer(() -> {
            Privacy privacy = log.privacy();
            SubjectErasure erasure = privacy.erasure();
            if (reference != null) {
                Optional<String> id = privacy.subjects().id(reference);
                if (id.isEmpty()) {
                    return erasure.before(reference)
                            .orElseThrow(() -> BadRequest.notFound(
                                    "this realm's log holds nothing about a person with this reference"));
                }
                return erasure.erase(id.get(), reason, legalBasis, caller.entries(log));
            }
            return erasure.erase(String.valueOf(user), reason, legalBasis, caller.entries(log));
        });
    }

    private String answer(Supplier<SubjectErasure.Done> work) {
        try {
            SubjectErasure.Done done = work.get();
            Long index =
                    log.search().find(done.entryId()).map(FoundEntry::index).orElse(null);
            return CanonicalJson.format(new JsonObject(
                    Map.of("entry", entry(done.entryId(), index), "entries", JsonNumber.of(done.entries()))));
        } catch (RefusedException e) {
            throw BadRequest.refused(e);
        }
    }

    private static JsonValue json(Erasing erasing) {
        return new JsonObject(Map.of(
                "reason", JsonString.of(erasing.reason()),
                "since", JsonNumber.of(erasing.since()),
                "seen", JsonNumber.of(erasing.seen()),
                "looked", JsonNumber.of(erasing.looked()),
                "toLook", JsonNumber.of(erasing.toLook()),
                "entries", JsonNumber.of(erasing.entries())));
    }

    private static JsonValue entry(String id, @Nullable Long index) {
        return new JsonObject(
                Map.of("id", new JsonString(id), "index", index == null ? JsonLiteral.NULL : JsonNumber.of(index)));
    }

    private static JsonValue json(FoundEntry entry, Map<Slot, Disclosure> slots) {
        Map<String, JsonValue> json = new TreeMap<>();
        json.put("entry", entry(entry.id(), entry.index()));
        json.put("time", JsonNumber.of(entry.time()));
        json.put("by", EntryJson.value(slots, Slot.ACTOR));
        if (EntryJson.value(slots, Slot.CHANGE) instanceof JsonObject change
                && change.get("details") instanceof JsonObject details) {
            for (String name : List.of("entries", "reason", "legalBasis")) {
                JsonValue value = details.get(name);
                json.put(name, value == null ? JsonLiteral.NULL : value);
            }
        }
        return new JsonObject(json);
    }
}
