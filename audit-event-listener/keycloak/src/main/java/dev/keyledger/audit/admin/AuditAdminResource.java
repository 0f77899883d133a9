package dev.keyledger.audit.admin;

import dev.keyledger.audit.storage.LogDirectory;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The root of one log's API: each topic has a resource of its own. The caller has been found to hold the right {@code
 * view-events}; what needs more than that asks the {@link Caller}.
 */
public final class AuditAdminResource {
    private final RealmLog log;
    private final String realmName;
    private final Caller caller;
    private final LiveStreams streams;
    private final @Nullable RealmLog server;

    /** @param server the log of the server itself, where it may be seen; null elsewhere */
    AuditAdminResource(RealmLog log, String realmName, Caller caller, LiveStreams streams, @Nullable RealmLog server) {
        this.log = log;
        this.realmName = realmName;
        this.caller = caller;
        this.streams = streams;
        this.server = server;
    }

    /** What of the realm is recorded. */
    @Path("policy")
    public PolicyResource policy() {
        return new PolicyResource(log, caller);
    }

    /** The same endpoints for the log of the server itself, which belongs to the admin realm. */
    @Path("server")
    public AuditAdminResource server() {
        if (server == null) {
            throw BadRequest.notFound("the log of the server is seen in the admin realm only");
        }
        return new AuditAdminResource(server, LogDirectory.SERVER, caller, streams, null);
    }

    /** The epochs of this log, and what begins the next one. */
    @Path("epochs")
    public EpochsResource epochs() {
        return new EpochsResource(
                log, caller, epoch -> new AuditAdminResource(epoch, realmName, caller, streams, null));
    }

    /** What the server finds when it verifies this log itself. */
    @Path("verification")
    public VerificationResource verification() {
        return new VerificationResource(log, caller);
    }

    /** The keys of the log. */
    @Path("keys")
    public KeyResource keys() {
        return new KeyResource(log, caller);
    }

    /** The people in the log. */
    @Path("subjects")
    public SubjectsResource subjects() {
        return new SubjectsResource(log, caller);
    }

    /** What was erased, and erasing. */
    @Path("erasures")
    public ErasuresResource erasures() {
        return new ErasuresResource(log, caller);
    }

    /** What of it is kept in files as well. */
    @Path("archives")
    public ArchivesResource archives() {
        return new ArchivesResource(log, caller);
    }

    /** How long the database keeps it. */
    @Path("retention")
    public RetentionResource retention() {
        return new RetentionResource(log, caller);
    }

    /** Who must not be erased. */
    @Path("holds")
    public HoldsResource holds() {
        return new HoldsResource(log, caller);
    }

    /** The webhooks that are told this log. */
    @Path("sinks")
    public SinksResource sinks() {
        return new SinksResource(log, caller);
    }

    @Path("status")
    public StatusResource status() {
        return new StatusResource(log, caller);
    }

    @Path("entries")
    public EntriesResource entries() {
        return new EntriesResource(log);
    }

    @Path("resources/{type}/{id}")
    public HistoryResource resource(@PathParam("type") String type, @PathParam("id") String id) {
        return new HistoryResource(log, type.toUpperCase(Locale.ROOT), id);
    }

    @Path("requests")
    public RequestsResource requests() {
        return new RequestsResource(log);
    }

    @Path("statistics")
    public StatisticsResource statistics() {
        return new StatisticsResource(log);
    }

    @Path("stream")
    public StreamResource stream() {
        return new StreamResource(log, caller, streams);
    }

    @Path("export")
    public ExportResource export() {
        caller.requireExport();
        return new ExportResource(log, realmName, caller);
    }

    @Path("checkpoint")
    public CheckpointResource checkpoint() {
        return new CheckpointResource(log);
    }

    @Path("tile")
    public TileResource tile() {
        return new TileResource(log);
    }

    @Path("consistency")
    public ConsistencyResource consistency() {
        return new ConsistencyResource(log);
    }

    @Path("bundle")
    public BundleResource bundle() {
        caller.requireExport();
        return new BundleResource(log, realmName, caller);
    }
}
