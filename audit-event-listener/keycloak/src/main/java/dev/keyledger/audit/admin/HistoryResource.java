package dev.keyledger.audit.admin;

import dev.keyledger.audit.storage.EntryQuery;
import dev.keyledger.audit.storage.FoundEntry;
import dev.keyledger.audit.storage.Reference;
import dev.keyledger.log.entry.Disclosure;
import dev.keyledger.log.entry.Slot;
import dev.keyledger.log.json.CanonicalJson;
import dev.keyledger.log.json.JsonLiteral;
import dev.keyledger.log.json.JsonNumber;
import dev.keyledger.log.json.JsonObject;
import dev.keyledger.log.json.JsonReader;
import dev.keyledger.log.json.JsonString;
import dev.keyledger.log.json.JsonValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.UriInfo;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BiPredicate;
import org.jspecify.annotations.Nullable;

/** One resource through time: what was done to it, and what it was like. */
public final class HistoryResource {
    /** Entries about it that a state is rebuilt from, on either side of the moment. */
    private static final int MAX_ENTRIES = 20_000;

    private static final int PIECE = 200;

    private final RealmLog log;
    private final String type;
    private final String id;

    /** @param type of a target: USER, GROUP, ROLE, CLIENT, ... */
    HistoryResource(RealmLog log, String type, String id) {
        this.log = log;
        this.type = type;
        this.id = id;
    }

    /** What was done to it, newest first, page by page, with what changed. Filters as those of a search. */
    @GET
    @Path("history")
    @Produces(MediaType.APPLICATION_JSON)
    public String history(@Context UriInfo uri) {
        EntryQuery query = EntryParameters.parse(uri.getQueryParameters()).with(Reference.RESOURCE, id);
        return EntryPage.read(log, query).only(this::isAboutIt).json(EntryJson::change);
    }

    /** Its state at a moment, by default now, as the log tells it. */
    @GET
    @Path("state")
    @Produces(MediaType.APPLICATION_JSON)
    public String state(@QueryParam("at") @Nullable String at) {
        Long given = EntryParameters.behind("at", at);
        long behind = given == null ? log.now() + 1 : given;
        ResourceState state = new ResourceState(type);
        List<FoundEntry> before = new ArrayList<>();
        boolean all = walk(query().between(null, behind), (entry, told) -> {
            before.add(entry);
            return state.upTo(told);
        });
        if (!state.isComplete()) {
            all &= walk(query().between(behind, null), (entry, told) -> {
                state.behind(told);
                return true;
            });
        }
        Boolean exists = state.exists();
        if (exists == null) {
            throw BadRequest.notFound("this realm's log tells of no change of a " + type + " with this id");
        }
        long minIndex = log.pruned().minIndex();
        boolean whole = state.isComplete() && all && (!exists || restsOnAll(before, minIndex));
        Map<String, JsonValue> json = new TreeMap<>();
        json.put("type", JsonString.of(type));
        json.put("id", JsonString.of(id));
        json.put("at", JsonNumber.of(behind - 1));
        json.put("exists", JsonLiteral.of(exists));
        json.put("complete", JsonLiteral.of(whole));
        json.put("minIndex", JsonNumber.of(minIndex));
        json.put("attributes", new JsonObject(state.attributes()));
        json.put(
                "lastEntry",
                before.isEmpty()
                        ? JsonLiteral.NULL
                        : new JsonString(before.get(0).id()));
        return CanonicalJson.format(new JsonObject(json));
    }

    /** Whether no entry was pruned that may have told of the resource between the first of these and the moment. */
    private static boolean restsOnAll(List<FoundEntry> newestFirst, long minIndex) {
        if (minIndex == 0) {
            return true;
        }
        if (newestFirst.isEmpty()) {
            return false;
        }
        Long oldest = newestFirst.get(newestFirst.size() - 1).index();
        return oldest == null || oldest >= minIndex;
    }

    private EntryQuery query() {
        return EntryQuery.newest(PIECE).with(Reference.RESOURCE, id).withSuccess(true);
    }

    private boolean isAboutIt(Map<Slot, Disclosure> slots) {
        return EntryJson.value(slots, Slot.TARGET) instanceof JsonObject target
                && target.get("type") instanceof JsonString told
                && told.value().equals(type);
    }

    /** Reads entries about the resource, newest first; false when there were more than it reads. */
    private boolean walk(EntryQuery query, BiPredicate<FoundEntry, ResourceState.Told> goesOn) {
        EntryQuery rest = query;
        for (int left = MAX_ENTRIES; left > 0; ) {
            EntryPage page = EntryPage.read(log, rest).only(this::isAboutIt);
            for (FoundEntry entry : page.entries()) {
                left--;
                if (!goesOn.test(entry, told(entry, page.slots(entry)))) {
                    return true;
                }
            }
            EntryQuery.Cursor next = page.next();
            if (next == null) {
                return true;
            }
            rest = query.behind(next, PIECE);
        }
        return false;
    }

    private static ResourceState.Told told(FoundEntry entry, Map<Slot, Disclosure> slots) {
        JsonObject leaf = JsonReader.parseObject(entry.leaf());
        return new ResourceState.Told(
                leaf.string("k"),
                leaf.string("op"),
                leaf.get("ok") != JsonLiteral.FALSE,
                EntryJson.value(slots, Slot.CHANGE) instanceof JsonObject change ? change : null);
    }
}
