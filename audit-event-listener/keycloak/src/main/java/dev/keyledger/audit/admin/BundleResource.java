package dev.keyledger.audit.admin;

import dev.keyledger.log.bundle.BundleRequest;
import dev.keyledger.log.bundle.BundleWriter;
import dev.keyledger.log.checkpoint.SignedCheckpoint;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.StreamingOutput;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Streams an evidence bundle of the entries {@code [from, to)}; by default of everything that is signed. */
public final class BundleResource {
    private final RealmLog log;
    private final String realmName;

    BundleResource(RealmLog log, String realmName) {
        this.log = log;
        this.realmName = realmName;
    }

    @GET
    @Produces("application/zip")
    public Response bundle(@QueryParam("from") @Nullable String from, @QueryParam("to") @Nullable String to)
            throws IOException {
        SignedCheckpoint checkpoint = log.cosigned(log.signed());
        long size = checkpoint.checkpoint().head().size();
        long end = EntryParameters.number("to", to, size, size);
        BundleRequest request = BundleRequest.complete(
                        checkpoint, log.tiles(), log.privateParts(), log.keyHistory(checkpoint))
                .range(EntryParameters.number("from", from, 0, end), end)
                .createdBy("keyledger", log.now());
        StreamingOutput zip = out -> BundleWriter.write(request, out);
        String name = realmName.replaceAll("[^A-Za-z0-9._-]", "_") + "-" + size + ".keyledger.zip";
        return Response.ok(zip, "application/zip")
                .header("Content-Disposition", "attachment; filename=\"" + name + "\"")
                .build();
    }
}
