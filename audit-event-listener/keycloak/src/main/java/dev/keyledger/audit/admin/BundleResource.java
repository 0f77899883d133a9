package dev.keyledger.audit.admin;

import dev.keyledger.audit.storage.PrunedUnits;
import dev.keyledger.log.bundle.BundleRequest;
import dev.keyledger.log.checkpoint.SignedCheckpoint;
import dev.keyledger.log.entry.Slot;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Streams an evidence bundle of the entries {@code [from, to)}; by default of everything that is signed. It is recorded. */
public final class BundleResource {
    private final RealmLog log;
    private final Bundles bundles;
    private final Caller caller;

    BundleResource(RealmLog log, String realmName, Caller caller) {
        this.log = log;
        this.bundles = new Bundles(log, realmName);
        this.caller = caller;
    }

    @GET
    @Produces(Bundles.TYPE)
    public Response bundle(
            @QueryParam("from") @Nullable String from,
            @QueryParam("to") @Nullable String to,
            @QueryParam("disclose") @Nullable String disclose)
            throws IOException {
        Set<Slot> disclosed = Bundles.disclosed(disclose);
        SignedCheckpoint checkpoint = log.cosigned(log.signed());
        long size = checkpoint.checkpoint().head().size();
        long end = EntryParameters.number("to", to, size, size);
        PrunedUnits pruned = log.pruned();
        long min = Math.min(pruned.minIndex(), size);
        long start = from == null ? Math.min(min, end) : EntryParameters.number("from", from, 0, end);
        if (start < min && !pruned.hasAll(start, Math.min(end, min))) {
            throw BadRequest.error(
                    410,
                    "pruned",
                    "entries below " + min + " were pruned from the database; those of this range are in the archives "
                            + pruned.archives(start, Math.min(end, min)));
        }
        Map<String, String> facts = new TreeMap<>(Map.of("from", Long.toString(start), "to", Long.toString(end)));
        if (disclose != null) {
            facts.put("disclose", disclose);
        }
        caller.recordExport(log, "bundle", size, facts);
        BundleRequest request = bundles.complete(checkpoint, disclosed);
        return bundles.response(
                min > 0 && start == min && end == size ? request.sinceIndex(min) : request.range(start, end),
                // As in an export: what is read from here on is read in transactions of its own.
                caller.session()::close);
    }
}
