package dev.keyledger.audit.admin;

import dev.keyledger.audit.storage.Reference;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.UriInfo;

/** Everything that one request did, by its id or that of its trace. */
public final class RequestsResource {
    private final RealmLog log;

    RequestsResource(RealmLog log) {
        this.log = log;
    }

    /** Its entries, newest first, page by page, with what changed. */
    @GET
    @Path("{id}")
    @Produces(MediaType.APPLICATION_JSON)
    public String request(@PathParam("id") String id, @Context UriInfo uri) {
        return EntryPage.read(
                        log, EntryParameters.parse(uri.getQueryParameters()).with(Reference.REQUEST, id))
                .json(EntryJson::change);
    }
}
