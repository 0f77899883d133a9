package dev.keyledger.e2e;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The audit log of one realm as its admin API serves it. */
public final class AuditLog {

    private static final Duration SEALED_WITHIN = Duration.ofSeconds(60);

    private final Http http;

    /** @param http based at {@code /admin/realms/<realm>/audit-log}, with the token of somebody who may view events */
    public AuditLog(Http http) {
        this.http = http;
    }

    public Http http() {
        return http;
    }

    /** The log's state: origin, sizes, key, newest checkpoint. */
    public JsonNode status() {
        return http.get("/status").expect(200).json();
    }

    /**
     * Waits until nothing is staged and everything is signed; answers the status then.
     *
     * @throws IllegalStateException after a minute, with the last status
     */
    public JsonNode awaitSealed() {
        Instant limit = Instant.now().plus(SEALED_WITHIN);
        JsonNode status = status();
        while (status.get("staged").asLong() > 0
                || status.get("signedSize").asLong() < status.get("size").asLong()) {
            if (Instant.now().isAfter(limit)) {
                throw new IllegalStateException("not everything was sealed within " + SEALED_WITHIN + ": " + status);
            }
            pause();
            status = status();
        }
        return status;
    }

    /** Every entry that {@code query} finds, newest first, over all pages; {@code query} is {@code name=value&…} or empty. */
    public List<JsonNode> entries(String query) {
        List<JsonNode> found = new ArrayList<>();
        String cursor = "";
        while (true) {
            JsonNode page =
                    http.get("/entries?max=500&" + query + cursor).expect(200).json();
            page.get("entries").forEach(found::add);
            if (page.get("next").isNull()) {
                return found;
            }
            cursor = "&before=" + Http.encode(page.get("next").asText());
        }
    }

    /**
     * Waits until {@code query} finds something that the server does in its own time; answers the newest with its slots.
     *
     * @throws IllegalStateException after a minute
     */
    public JsonNode awaitEntry(String query) {
        Instant limit = Instant.now().plus(SEALED_WITHIN);
        List<JsonNode> found = entries(query);
        while (found.isEmpty()) {
            if (Instant.now().isAfter(limit)) {
                throw new IllegalStateException("no entry for " + query + " within " + SEALED_WITHIN);
            }
            pause();
            found = entries(query);
        }
        return entry(found.get(0).get("id").asText());
    }

    /** One entry with its slots and its proof. */
    public JsonNode entry(String id) {
        return http.get("/entries/" + id).expect(200).json();
    }

    /** Downloads the evidence bundle of everything that is signed. */
    public Path bundle(Path file) {
        try {
            return Files.write(file, http.get("/bundle").expect(200).bytes());
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write " + file, e);
        }
    }

    private static void pause() {
        try {
            TimeUnit.MILLISECONDS.sleep(200);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while the log was sealed", e);
        }
    }
}
