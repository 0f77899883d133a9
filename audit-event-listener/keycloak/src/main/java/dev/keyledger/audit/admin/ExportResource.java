package dev.keyledger.audit.admin;

import dev.keyledger.audit.storage.EntryQuery;
import dev.keyledger.audit.storage.FoundEntry;
import dev.keyledger.audit.storage.HourEntity;
import dev.keyledger.audit.storage.HourlyCounts;
import dev.keyledger.log.bundle.BundleRequest;
import dev.keyledger.log.bundle.Selection;
import dev.keyledger.log.checkpoint.SignedCheckpoint;
import dev.keyledger.log.entry.Slot;
import dev.keyledger.log.json.JsonNumber;
import dev.keyledger.log.json.JsonObject;
import dev.keyledger.log.json.JsonString;
import dev.keyledger.log.json.JsonValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.StreamingOutput;
import jakarta.ws.rs.core.UriInfo;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * Streams what a search finds among the sealed entries: newest first, as CSV or JSON Lines, in constant memory; or as an
 * evidence bundle, which proves each of them.
 *
 * <p>That somebody exports is an entry of the log. It is committed before the first byte leaves: when it cannot be
 * written, nothing is exported. When the export breaks off, the entry stays, and the answer has no proper end.
 */
public final class ExportResource {
    /** How many entries the export goes through at most: of a log that is not filtered, or by words only, all of them. */
    static final String AT_MOST = "Keyledger-Entries-At-Most";

    private static final int PIECE = 100;
    private static final String BUNDLE = "bundle";

    private final RealmLog log;
    private final String realmName;
    private final Caller caller;

    ExportResource(RealmLog log, String realmName, Caller caller) {
        this.log = log;
        this.realmName = realmName;
        this.caller = caller;
    }

    /** The filters are those of a search; {@code format} is csv or jsonl, or bundle, of which some slots may be disclosed. */
    @GET
    @Produces({ExportFormat.CSV_TYPE, ExportFormat.JSONL_TYPE, Bundles.TYPE, "application/json"})
    public Response export(
            @Context UriInfo uri,
            @QueryParam("format") @Nullable String format,
            @QueryParam("disclose") @Nullable String disclose)
            throws IOException {
        MultivaluedMap<String, String> parameters = uri.getQueryParameters();
        EntryQuery query = EntryParameters.parse(parameters).behind(null, PIECE);
        if (BUNDLE.equals(format)) {
            return bundle(query, filters(parameters), disclose);
        }
        ExportFormat wanted = ExportFormat.parse(format);
        long size = log.status().size();
        long atMost = Math.min(size, counted(query));
        Map<String, String> filters = filters(parameters);
        caller.recordExport(log, wanted.label(), size, filters);
        StreamingOutput body = out -> {
            // What is read from here on is read in transactions of its own: this one would be held for as long as it
            // takes.
            caller.session().close();
            write(wanted, query, size, begin(size, atMost, filters), out);
        };
        String name = realmName.replaceAll("[^A-Za-z0-9._-]", "_") + "-" + size + "." + wanted.label();
        return Response.ok(body, wanted.mediaType())
                .header("Content-Disposition", "attachment; filename=\"" + name + "\"")
                .header(AT_MOST, atMost)
                .build();
    }

    /** An evidence bundle of what the search finds; empty if it finds nothing. */
    private Response bundle(EntryQuery query, Map<String, String> filters, @Nullable String disclose)
            throws IOException {
        Set<Slot> disclosed = Bundles.disclosed(disclose);
        SignedCheckpoint checkpoint = log.cosigned(log.signed());
        long size = checkpoint.checkpoint().head().size();
        Bundles bundles = new Bundles(log, realmName);
        Selection selection = bundles.select(query, size, filters);
        Map<String, String> facts = new TreeMap<>(filters);
        if (disclose != null) {
            facts.put("disclose", disclose);
        }
        caller.recordExport(log, BUNDLE, size, facts);
        BundleRequest request = bundles.complete(checkpoint, disclosed).selected(selection);
        return bundles.response(request, caller.session()::close);
    }

    private void write(ExportFormat format, EntryQuery query, long size, JsonObject begin, OutputStream out)
            throws IOException {
        ExportFormat.Lines lines = format.lines(out);
        lines.begin(begin);
        long written = 0;
        EntryQuery.Cursor place = null;
        do {
            EntryPage page = EntryPage.sealed(log, query.behind(place, PIECE), size);
            for (FoundEntry entry : page.entries()) {
                lines.entry(entry, page.slots(entry));
                written++;
            }
            place = page.next();
        } while (place != null);
        lines.end(written);
        out.flush();
    }

    private long counted(EntryQuery query) {
        Long from = query.from();
        Long to = query.to();
        AtomicLong counted = new AtomicLong();
        long first = from == null ? Long.MIN_VALUE : Math.floorDiv(from, HourEntity.HOUR) * HourEntity.HOUR;
        new HourlyCounts(log.logId(), log.runtime().transactions())
                .read(query, first, to == null ? Long.MAX_VALUE : to, count -> counted.addAndGet(count.entries()));
        return counted.get();
    }

    private static Map<String, String> filters(MultivaluedMap<String, String> parameters) {
        Map<String, String> filters = new TreeMap<>();
        parameters.forEach((name, values) -> {
            if (EntryParameters.FILTERS.contains(name)) {
                filters.put(name, String.join(",", values));
            }
        });
        return filters;
    }

    private JsonObject begin(long size, long atMost, Map<String, String> filters) {
        Map<String, JsonValue> asked = new TreeMap<>();
        filters.forEach((name, value) -> asked.put(name, JsonString.of(value)));
        return new JsonObject(Map.of(
                "origin", new JsonString(log.epoch().origin()),
                "size", JsonNumber.of(size),
                "atMost", JsonNumber.of(atMost),
                "created", JsonNumber.of(log.now()),
                "filters", new JsonObject(asked)));
    }
}
