package dev.keyledger.audit.admin;

import jakarta.ws.rs.GET;
import jakarta.ws.rs.Produces;

/** The newest signed checkpoint. */
public final class CheckpointResource {
    static final String NOTE = "text/plain;charset=utf-8";

    private final RealmLog log;

    CheckpointResource(RealmLog log) {
        this.log = log;
    }

    @GET
    @Produces(NOTE)
    public String checkpoint() {
        return log.signed().format();
    }
}
