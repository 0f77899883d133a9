package dev.keyledger.audit.admin;

import dev.keyledger.audit.storage.FoundEntry;
import dev.keyledger.log.checkpoint.SignedCheckpoint;
import dev.keyledger.log.checkpoint.TlogProof;
import dev.keyledger.log.json.CanonicalJson;
import dev.keyledger.log.json.JsonLiteral;
import dev.keyledger.log.json.JsonNumber;
import dev.keyledger.log.json.JsonObject;
import dev.keyledger.log.json.JsonString;
import dev.keyledger.log.json.JsonValue;
import dev.keyledger.log.merkle.InclusionProof;
import dev.keyledger.log.tile.ProofBuilder;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Entries: searched, and one by one with their proofs. */
public final class EntriesResource {
    private final RealmLog log;

    EntriesResource(RealmLog log) {
        this.log = log;
    }

    /** Searches, newest first; the first page begins with what is still staged. A short page may have a next one. */
    @GET
    @Produces(MediaType.APPLICATION_JSON)
    public String search(@Context UriInfo uri) {
        return EntryPage.read(log, EntryParameters.parse(uri.getQueryParameters()))
                .json(EntryJson::summary);
    }

    /** One entry with its slots and, once it is signed, its proof. */
    @GET
    @Path("{id}")
    @Produces(MediaType.APPLICATION_JSON)
    public String entry(@PathParam("id") String id) throws IOException {
        FoundEntry entry = find(id);
        Map<String, JsonValue> json = EntryJson.detail(
                entry,
                log.slots(List.of(entry)).getOrDefault(entry.id(), Map.of()),
                log.erased(List.of(entry)).getOrDefault(entry.id(), Map.of()));
        TlogProof proof = proof(entry);
        json.put("proof", proof == null ? JsonLiteral.NULL : json(proof));
        return CanonicalJson.format(new JsonObject(json));
    }

    /** The entry's C2SP tlog-proof. */
    @GET
    @Path("{id}/proof")
    @Produces(CheckpointResource.NOTE)
    public Response proof(@PathParam("id") String id) throws IOException {
        FoundEntry entry = find(id);
        TlogProof proof = proof(entry);
        if (proof == null) {
            throw BadRequest.notFound(
                    "entry " + entry.id() + " is not in a signed checkpoint yet; ask again in a second");
        }
        return Response.ok(proof.format(), CheckpointResource.NOTE)
                .header("Content-Disposition", "attachment; filename=\"" + entry.id() + ".tlog-proof\"")
                .build();
    }

    private FoundEntry find(String id) {
        return log.search().find(id).orElseThrow(() -> BadRequest.notFound("this realm's log has no such entry"));
    }

    private @Nullable TlogProof proof(FoundEntry entry) throws IOException {
        Long index = entry.index();
        SignedCheckpoint checkpoint = log.checkpoint().orElse(null);
        if (index == null
                || checkpoint == null
                || index >= checkpoint.checkpoint().head().size()) {
            return null;
        }
        long size = checkpoint.checkpoint().head().size();
        return new TlogProof(new ProofBuilder(log.tiles(), size).inclusion(index), checkpoint);
    }

    private JsonObject json(TlogProof proof) {
        InclusionProof inclusion = proof.proof();
        return new JsonObject(Map.of(
                "leafIndex", JsonNumber.of(inclusion.leafIndex()),
                "treeSize", JsonNumber.of(inclusion.treeSize()),
                "hashes", ConsistencyResource.json(inclusion.hashes()),
                "checkpoint", new JsonString(proof.checkpoint().format()),
                "vkey", new JsonString(log.verifierKey(proof.checkpoint()).toString())));
    }
}
