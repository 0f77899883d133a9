package dev.keyledger.audit.admin;

import dev.keyledger.audit.storage.PrunedUnits;
import dev.keyledger.audit.storage.Timestamps;
import dev.keyledger.log.bundle.BundleRequest;
import dev.keyledger.log.bundle.BundleWriter;
import dev.keyledger.log.checkpoint.SignedCheckpoint;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.StreamingOutput;
import java.io.IOException;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Streams an evidence bundle of the entries {@code [from, to)}; by default of everything that is signed. It is recorded. */
public final class BundleResource {
    private final RealmLog log;
    private final String realmName;
    private final Caller caller;

    BundleResource(RealmLog log, String realmName, Caller caller) {
        this.log = log;
        this.caller = caller;
        this.realmName = realmName;
    }

    @GET
    @Produces("application/zip")
    public Response bundle(@QueryParam("from") @Nullable String from, @QueryParam("to") @Nullable String to)
            throws IOException {
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
        caller.recordExport(log, "bundle", size, Map.of("from", Long.toString(start), "to", Long.toString(end)));
        BundleRequest request = BundleRequest.complete(
                        checkpoint, log.tiles(), log.privateParts(), log.keyHistory(checkpoint))
                .stamped(new Timestamps(log.runtime().transactions())
                        .newest(log.logId(), size)
                        .orElse(null))
                .createdBy("keyledger", log.now());
        BundleRequest narrowed =
                min > 0 && start == min && end == size ? request.sinceIndex(min) : request.range(start, end);
        StreamingOutput zip = out -> BundleWriter.write(narrowed, out);
        String name = realmName.replaceAll("[^A-Za-z0-9._-]", "_") + "-" + size + ".keyledger.zip";
        return Response.ok(zip, "application/zip")
                .header("Content-Disposition", "attachment; filename=\"" + name + "\"")
                .build();
    }
}
