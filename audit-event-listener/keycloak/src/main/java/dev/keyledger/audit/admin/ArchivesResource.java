package dev.keyledger.audit.admin;

import dev.keyledger.audit.retention.Archive;
import dev.keyledger.audit.retention.ArchiveTask;
import dev.keyledger.audit.retention.Archiver;
import dev.keyledger.audit.runtime.Errand;
import dev.keyledger.log.json.CanonicalJson;
import dev.keyledger.log.json.JsonArray;
import dev.keyledger.log.json.JsonNumber;
import dev.keyledger.log.json.JsonObject;
import dev.keyledger.log.json.JsonString;
import dev.keyledger.log.json.JsonValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.jboss.logging.Logger;

/** The ranges of a log that are kept in files as well. */
public final class ArchivesResource {
    private static final Logger LOG = Logger.getLogger("dev.keyledger.audit");

    private final RealmLog log;
    private final Caller caller;

    ArchivesResource(RealmLog log, Caller caller) {
        this.log = log;
        this.caller = caller;
    }

    /** All archives of this log, the oldest entries first. */
    @GET
    @Produces(MediaType.APPLICATION_JSON)
    public String list() {
        return json(archiver().list(log.logId()));
    }

    /** Archives now what has become a whole unit; answers what it has archived. */
    @POST
    @Produces(MediaType.APPLICATION_JSON)
    public String run() {
        caller.requireConfigure();
        Archiver archiver = archiver();
        try {
            archiver.check();
            List<Archive> made = archiver.runAlone(
                            log.epoch(),
                            facts -> log.runtime()
                                    .recordUse(caller.session(), log.realmId(), ArchiveTask.OPERATION, facts))
                    .orElseThrow(() -> BadRequest.error(409, "busy", "a node of the cluster archives this log now"));
            log.runtime().archiving().ifPresent(Errand::succeeded);
            return json(made);
        } catch (IOException e) {
            log.runtime().archiving().ifPresent(errand -> errand.failed(String.valueOf(e.getMessage())));
            LOG.error("AUDIT ALARM: Keyledger could not archive", e);
            throw BadRequest.error(
                    500, "archive_failed", "the archive could not be written; the server's log says why");
        }
    }

    private Archiver archiver() {
        return Archiver.of(log.runtime())
                .orElseThrow(() -> BadRequest.notFound("this server has no store of archives"));
    }

    private static String json(List<Archive> archives) {
        List<JsonValue> json = archives.stream().map(ArchivesResource::json).toList();
        return CanonicalJson.format(new JsonObject(Map.of("archives", new JsonArray(json))));
    }

    private static JsonValue json(Archive archive) {
        return new JsonObject(Map.of(
                "from", JsonNumber.of(archive.from()),
                "to", JsonNumber.of(archive.to()),
                "sha256", new JsonString(archive.hash()),
                "place", JsonString.of(archive.place()),
                "verified", JsonNumber.of(archive.verified())));
    }
}
