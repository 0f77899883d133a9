package dev.keyledger.audit.admin;

import dev.keyledger.log.json.CanonicalJson;
import dev.keyledger.log.json.JsonArray;
import dev.keyledger.log.json.JsonNumber;
import dev.keyledger.log.json.JsonObject;
import dev.keyledger.log.json.JsonString;
import dev.keyledger.log.json.JsonValue;
import dev.keyledger.log.merkle.Hash;
import dev.keyledger.log.tile.ProofBuilder;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Proves that the tree of the size {@code from} is a prefix of the one of the size {@code to}. */
public final class ConsistencyResource {
    private final RealmLog log;

    ConsistencyResource(RealmLog log) {
        this.log = log;
    }

    @GET
    @Produces(MediaType.APPLICATION_JSON)
    public String consistency(@QueryParam("from") @Nullable String from, @QueryParam("to") @Nullable String to)
            throws IOException {
        long signedSize = log.status().signedSize();
        long toSize = EntryParameters.number("to", to, signedSize, signedSize);
        long fromSize = EntryParameters.number("from", from, 0, toSize);
        List<Hash> hashes =
                new ProofBuilder(log.tiles(), toSize).consistency(fromSize).hashes();
        return CanonicalJson.format(new JsonObject(
                Map.of("from", JsonNumber.of(fromSize), "to", JsonNumber.of(toSize), "hashes", json(hashes))));
    }

    static JsonArray json(List<Hash> hashes) {
        return new JsonArray(hashes.stream()
                .<JsonValue>map(hash -> new JsonString(hash.toBase64()))
                .toList());
    }
}
