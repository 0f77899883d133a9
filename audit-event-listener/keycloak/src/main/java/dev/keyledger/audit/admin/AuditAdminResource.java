package dev.keyledger.audit.admin;

import dev.keyledger.audit.storage.EntryQuery;
import dev.keyledger.audit.storage.FoundEntry;
import dev.keyledger.audit.storage.LogDirectory;
import dev.keyledger.audit.storage.LogStatus;
import dev.keyledger.log.FormatException;
import dev.keyledger.log.bundle.BundleRequest;
import dev.keyledger.log.bundle.BundleWriter;
import dev.keyledger.log.checkpoint.SignedCheckpoint;
import dev.keyledger.log.checkpoint.TlogProof;
import dev.keyledger.log.entry.Disclosure;
import dev.keyledger.log.entry.Slot;
import dev.keyledger.log.json.CanonicalJson;
import dev.keyledger.log.json.JsonArray;
import dev.keyledger.log.json.JsonLiteral;
import dev.keyledger.log.json.JsonNumber;
import dev.keyledger.log.json.JsonObject;
import dev.keyledger.log.json.JsonString;
import dev.keyledger.log.json.JsonValue;
import dev.keyledger.log.merkle.Hash;
import dev.keyledger.log.merkle.InclusionProof;
import dev.keyledger.log.tile.ProofBuilder;
import dev.keyledger.log.tile.TileId;
import dev.keyledger.log.tile.TilePath;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.StreamingOutput;
import jakarta.ws.rs.core.UriInfo;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The endpoints of one realm's log. The caller has been found to hold the right {@code view-events}. */
public final class AuditAdminResource {
    private static final String NOTE = "text/plain;charset=utf-8";

    private final RealmLog log;
    private final String realmName;
    private final @Nullable RealmLog server;
    private final Caller caller;

    /** @param server the log of the server itself, where it may be seen; null elsewhere */
    AuditAdminResource(RealmLog log, String realmName, @Nullable RealmLog server, Caller caller) {
        this.log = log;
        this.realmName = realmName;
        this.server = server;
        this.caller = caller;
    }

    /** The same endpoints for the log of the server itself, which belongs to the admin realm. */
    @Path("server")
    public AuditAdminResource server() {
        if (server == null) {
            throw BadRequest.notFound("the log of the server is seen in the admin realm only");
        }
        return new AuditAdminResource(server, LogDirectory.SERVER, null, caller);
    }

    /** The epochs of this log, and what begins the next one. */
    @Path("epochs")
    public EpochsResource epochs() {
        return new EpochsResource(log, caller, epoch -> new AuditAdminResource(epoch, realmName, null, caller));
    }

    /** What the server finds when it verifies this log itself. */
    @Path("verification")
    public VerificationResource verification() {
        return new VerificationResource(log);
    }

    /** The keys of the log. */
    @Path("keys")
    public KeyResource keys() {
        return new KeyResource(log, caller);
    }

    /** The state of the log. */
    @GET
    @Path("status")
    @Produces(MediaType.APPLICATION_JSON)
    public String status() {
        LogStatus status = log.status();
        SignedCheckpoint checkpoint = status.checkpoint();
        Long time = status.checkpointTime();
        Map<String, JsonValue> json = new TreeMap<>();
        json.put("origin", new JsonString(status.origin()));
        json.put("epoch", JsonNumber.of(status.epoch()));
        json.put("state", new JsonString(status.state()));
        json.put("haltReason", text(status.haltReason()));
        json.put("size", JsonNumber.of(status.size()));
        json.put("signedSize", JsonNumber.of(status.signedSize()));
        json.put("staged", JsonNumber.of(status.staged()));
        json.put("quarantined", JsonNumber.of(status.quarantined()));
        json.putAll(KeyResource.status(log, checkpoint));
        json.put("checkpoint", text(checkpoint == null ? null : checkpoint.format()));
        json.put("checkpointTime", time == null ? JsonLiteral.NULL : JsonNumber.of(time));
        json.putAll(log.integrity());
        return CanonicalJson.format(new JsonObject(json));
    }

    /** Searches, newest first; the first page begins with what is still staged. */
    @GET
    @Path("entries")
    @Produces(MediaType.APPLICATION_JSON)
    public String entries(@Context UriInfo uri) {
        EntryQuery query = EntryParameters.parse(uri.getQueryParameters());
        List<FoundEntry> staged = query.before() == null ? log.search().staged(query) : List.of();
        List<FoundEntry> sealed = log.search().sealed(query);
        List<FoundEntry> found = FoundEntry.once(staged, sealed);
        Map<String, Map<Slot, Disclosure>> slots = log.slots(found);
        List<JsonValue> summaries = new ArrayList<>();
        for (FoundEntry entry : found) {
            summaries.add(new JsonObject(EntryJson.summary(entry, slots.getOrDefault(entry.id(), Map.of()))));
        }
        JsonValue next = JsonLiteral.NULL;
        if (sealed.size() == query.max()) {
            FoundEntry last = sealed.get(sealed.size() - 1);
            Long index = last.index();
            next = new JsonString(EntryParameters.cursor(last.time(), index == null ? 0 : index));
        }
        return CanonicalJson.format(new JsonObject(Map.of("entries", new JsonArray(summaries), "next", next)));
    }

    /** One entry with its slots and, once it is signed, its proof. */
    @GET
    @Path("entries/{id}")
    @Produces(MediaType.APPLICATION_JSON)
    public String entry(@PathParam("id") String id) throws IOException {
        FoundEntry entry = find(id);
        Map<String, JsonValue> json =
                EntryJson.detail(entry, log.slots(List.of(entry)).getOrDefault(entry.id(), Map.of()));
        TlogProof proof = proof(entry);
        json.put("proof", proof == null ? JsonLiteral.NULL : json(proof));
        return CanonicalJson.format(new JsonObject(json));
    }

    /** The entry's C2SP tlog-proof. */
    @GET
    @Path("entries/{id}/proof")
    @Produces(NOTE)
    public Response proof(@PathParam("id") String id) throws IOException {
        FoundEntry entry = find(id);
        TlogProof proof = proof(entry);
        if (proof == null) {
            throw BadRequest.notFound(
                    "entry " + entry.id() + " is not in a signed checkpoint yet; ask again in a second");
        }
        return Response.ok(proof.format(), NOTE)
                .header("Content-Disposition", "attachment; filename=\"" + entry.id() + ".tlog-proof\"")
                .build();
    }

    /** The newest signed checkpoint. */
    @GET
    @Path("checkpoint")
    @Produces(NOTE)
    public String checkpoint() {
        return signed().format();
    }

    /** A tile or entry bundle, as tlog-tiles names it. */
    @GET
    @Path("tile/{path: .+}")
    @Produces(MediaType.APPLICATION_OCTET_STREAM)
    public byte[] tile(@PathParam("path") String path) {
        TileId id;
        try {
            id = TilePath.parse("tile/" + path);
        } catch (FormatException e) {
            throw BadRequest.notFound("no such tile");
        }
        long hashes = TileId.hashes(log.status().signedSize(), id.level());
        if (id.start() + id.width() > hashes) {
            throw BadRequest.notFound("the signed tree has " + hashes + " hashes at that level");
        }
        return id.isEntries()
                ? log.tiles().entries(id).encode()
                : log.tiles().tile(id).encode();
    }

    /** Proves that the tree of the size {@code from} is a prefix of the one of the size {@code to}. */
    @GET
    @Path("consistency")
    @Produces(MediaType.APPLICATION_JSON)
    public String consistency(@QueryParam("from") @Nullable String from, @QueryParam("to") @Nullable String to)
            throws IOException {
        long signedSize = log.status().signedSize();
        long toSize = number("to", to, signedSize, signedSize);
        long fromSize = number("from", from, 0, toSize);
        List<Hash> hashes =
                new ProofBuilder(log.tiles(), toSize).consistency(fromSize).hashes();
        return CanonicalJson.format(new JsonObject(
                Map.of("from", JsonNumber.of(fromSize), "to", JsonNumber.of(toSize), "hashes", json(hashes))));
    }

    /** Streams an evidence bundle of the entries {@code [from, to)}; by default of everything that is signed. */
    @GET
    @Path("bundle")
    @Produces("application/zip")
    public Response bundle(@QueryParam("from") @Nullable String from, @QueryParam("to") @Nullable String to)
            throws IOException {
        SignedCheckpoint checkpoint = log.cosigned(signed());
        long size = checkpoint.checkpoint().head().size();
        long end = number("to", to, size, size);
        BundleRequest request = BundleRequest.complete(
                        checkpoint, log.tiles(), log.privateParts(), log.keyHistory(checkpoint))
                .range(number("from", from, 0, end), end)
                .createdBy("keyledger", log.now());
        StreamingOutput zip = out -> BundleWriter.write(request, out);
        String name = realmName.replaceAll("[^A-Za-z0-9._-]", "_") + "-" + size + ".keyledger.zip";
        return Response.ok(zip, "application/zip")
                .header("Content-Disposition", "attachment; filename=\"" + name + "\"")
                .build();
    }

    private FoundEntry find(String id) {
        return log.search().find(id).orElseThrow(() -> BadRequest.notFound("this realm's log has no such entry"));
    }

    private SignedCheckpoint signed() {
        return log.checkpoint().orElseThrow(() -> BadRequest.notFound("this realm's log has no entry yet"));
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
                "hashes", json(inclusion.hashes()),
                "checkpoint", new JsonString(proof.checkpoint().format()),
                "vkey", new JsonString(log.verifierKey(proof.checkpoint()).toString())));
    }

    private static JsonArray json(List<Hash> hashes) {
        return new JsonArray(hashes.stream()
                .<JsonValue>map(hash -> new JsonString(hash.toBase64()))
                .toList());
    }

    private static JsonValue text(@Nullable String text) {
        return text == null ? JsonLiteral.NULL : JsonString.of(text);
    }

    private static long number(String name, @Nullable String text, long missing, long max) {
        if (text == null || text.isBlank()) {
            return missing;
        }
        if (text.matches("[0-9]{1,18}") && Long.parseLong(text) <= max) {
            return Long.parseLong(text);
        }
        throw BadRequest.parameter(name, text, "0 to " + max);
    }
}
