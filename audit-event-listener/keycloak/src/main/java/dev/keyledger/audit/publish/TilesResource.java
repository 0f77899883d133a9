package dev.keyledger.audit.publish;

import dev.keyledger.audit.runtime.AuditRuntime;
import dev.keyledger.audit.storage.Checkpoints;
import dev.keyledger.audit.storage.JpaTileSource;
import dev.keyledger.audit.storage.LogEpoch;
import dev.keyledger.audit.storage.PrunedUnits;
import dev.keyledger.log.FormatException;
import dev.keyledger.log.VerificationException;
import dev.keyledger.log.checkpoint.SignedCheckpoint;
import dev.keyledger.log.tile.TileId;
import dev.keyledger.log.tile.TilePath;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;

/**
 * One signed log as C2SP tlog-tiles, for anybody: {@code checkpoint}, {@code tile/<L>/<N>[.p/<W>]} and {@code
 * tile/entries/<N>[.p/<W>]}. What is not signed yet does not exist here. Nothing is written, whatever is asked.
 */
public final class TilesResource {
    private static final String TEXT = "text/plain; charset=utf-8";
    private static final String BYTES = "application/octet-stream";

    /** No longer than a sealing interval by default. */
    private static final String MUTABLE = "public, max-age=1";

    private static final String IMMUTABLE = "public, max-age=31536000, immutable";

    private final AuditRuntime runtime;
    private final @Nullable String realmId;
    private final @Nullable String serverId;
    private final @Nullable Integer epoch;

    /**
     * @param realmId null when this realm's log is not public
     * @param serverId the log below {@code server}; null when there is none
     * @param epoch null for the newest
     */
    TilesResource(AuditRuntime runtime, @Nullable String realmId, @Nullable String serverId, @Nullable Integer epoch) {
        this.runtime = runtime;
        this.realmId = realmId;
        this.serverId = serverId;
        this.epoch = epoch;
    }

    /** The same files of the log of the server itself, which belongs to the admin realm. */
    @Path("server")
    public TilesResource server() {
        return new TilesResource(runtime, serverId, null, null);
    }

    /** The same files of one epoch: every epoch is a log of its own, with an origin of its own. */
    @Path("epochs/{number: [1-9][0-9]{0,8}}")
    public TilesResource epoch(@PathParam("number") int number) {
        return new TilesResource(runtime, realmId, null, number);
    }

    /** The newest signed checkpoint. */
    @GET
    @Path("checkpoint")
    public Response checkpoint() {
        return newest(logId())
                .map(signed -> ok(signed.format(), TEXT, MUTABLE))
                .orElseGet(() -> absent("no checkpoint yet"));
    }

    /** A tile or an entry bundle of the signed tree. */
    @GET
    @Path("tile/{path: .+}")
    public Response tile(
            @PathParam("path") String path, @HeaderParam(HttpHeaders.ACCEPT_ENCODING) @Nullable String encodings)
            throws IOException {
        TileId id;
        try {
            id = TilePath.parse("tile/" + path);
        } catch (FormatException e) {
            return absent("not the path of a tile");
        }
        String logId = logId();
        long size =
                newest(logId).map(signed -> signed.checkpoint().head().size()).orElse(0L);
        if (logId == null || id.start() + id.width() > TileId.hashes(size, id.level())) {
            return absent("the signed tree has no such tile");
        }
        if (id.isEntries() && id.isFull()) {
            PrunedUnits pruned = new PrunedUnits(logId, runtime.transactions());
            if (id.start() + TileId.FULL <= pruned.minIndex()) {
                return pruned(pruned.archives(id.start(), id.start() + TileId.FULL));
            }
        }
        byte[] bytes;
        try {
            bytes = new JpaTileSource(logId, runtime.transactions()).file(id);
        } catch (VerificationException e) {
            // a hole must not stay in a cache for as long as a tile does
            return Response.serverError()
                    .type(TEXT)
                    .entity(e.getMessage() + "\n")
                    .build();
        }
        return id.isEntries() ? entries(bytes, encodings) : ok(bytes, BYTES, IMMUTABLE);
    }

    private static Response entries(byte[] bytes, @Nullable String encodings) throws IOException {
        boolean zipped = encodings != null && acceptsGzip(encodings);
        Response.ResponseBuilder response = Response.fromResponse(ok(zipped ? gzip(bytes) : bytes, BYTES, IMMUTABLE))
                .header(HttpHeaders.VARY, HttpHeaders.ACCEPT_ENCODING);
        return zipped ? response.header(HttpHeaders.CONTENT_ENCODING, "gzip").build() : response.build();
    }

    private @Nullable String logId() {
        String realm = realmId;
        if (realm == null) {
            return null;
        }
        return runtime.directory().epochs(realm).stream()
                .filter(each -> epoch == null || each.number() == epoch)
                .map(LogEpoch::logId)
                .findFirst()
                .orElse(null);
    }

    private Optional<SignedCheckpoint> newest(@Nullable String logId) {
        return logId == null ? Optional.empty() : new Checkpoints(runtime.transactions()).newest(logId);
    }

    private static Response ok(Object body, String type, String cache) {
        return Response.ok(body)
                .header(HttpHeaders.CONTENT_TYPE, type)
                .header(HttpHeaders.CACHE_CONTROL, cache)
                .build();
    }

    /** Below the minimum index of tlog-tiles; hash tiles are served all the same. */
    private static Response pruned(String archives) {
        return Response.status(Response.Status.GONE)
                .header(HttpHeaders.CONTENT_TYPE, TEXT)
                .header(HttpHeaders.CACHE_CONTROL, "no-store")
                .entity("pruned from the database; the entries are in the archive " + archives + "\n")
                .build();
    }

    private static Response absent(String reason) {
        return Response.status(Response.Status.NOT_FOUND)
                .header(HttpHeaders.CONTENT_TYPE, TEXT)
                .header(HttpHeaders.CACHE_CONTROL, "no-store")
                .entity(reason + "\n")
                .build();
    }

    static boolean acceptsGzip(String encodings) {
        return Arrays.stream(encodings.toLowerCase(Locale.ROOT).split(",", -1))
                .map(encoding -> encoding.replace(" ", ""))
                .anyMatch(encoding -> encoding.matches("gzip(;q=(1.*|0\\.0*[1-9].*))?"));
    }

    private static byte[] gzip(byte[] bytes) throws IOException {
        ByteArrayOutputStream zipped = new ByteArrayOutputStream(bytes.length);
        try (GZIPOutputStream out = new GZIPOutputStream(zipped)) {
            out.write(bytes);
        }
        return zipped.toByteArray();
    }
}
