package dev.keyledger.audit.admin;

import dev.keyledger.audit.storage.EntryQuery;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.UriInfo;
import jakarta.ws.rs.sse.Sse;
import jakarta.ws.rs.sse.SseEventSink;
import org.jspecify.annotations.Nullable;

/** New entries as they are sealed, as server-sent events. */
public final class StreamResource {
    private static final String PLACE = "[0-9]{1,6}\\.[0-9]{1,18}";

    private final RealmLog log;
    private final Caller caller;
    private final LiveStreams streams;

    StreamResource(RealmLog log, Caller caller, LiveStreams streams) {
        this.log = log;
        this.caller = caller;
        this.streams = streams;
    }

    /**
     * Begins behind {@code Last-Event-ID}, without one at the end of the log. Filters are those of a search. It ends
     * when the token does, or the epoch; the client then comes back, and misses nothing.
     */
    @GET
    @Produces(MediaType.SERVER_SENT_EVENTS)
    public void stream(
            @Context UriInfo uri,
            @HeaderParam(HttpHeaders.LAST_EVENT_ID_HEADER) @Nullable String last,
            @Context SseEventSink sink,
            @Context Sse sse) {
        EntryQuery query = EntryParameters.parse(uri.getQueryParameters());
        LiveStream stream = new LiveStream(log, query, sink, sse, next(last), caller.until());
        streams.requireRoom();
        // No response filter runs for a stream, and it is a filter that closes the sessions of other requests.
        caller.session().close();
        streams.add(stream);
    }

    /** A place in an earlier epoch is before the beginning of this one. */
    private long next(@Nullable String last) {
        long size = log.status().size();
        if (last == null || last.isBlank()) {
            return size;
        }
        if (!last.strip().matches(PLACE)) {
            throw BadRequest.parameter(HttpHeaders.LAST_EVENT_ID_HEADER, last, "the id of an event of this stream");
        }
        String[] place = last.strip().split("\\.", -1);
        return Integer.parseInt(place[0]) == log.epoch().number() ? Math.min(size, Long.parseLong(place[1])) : 0;
    }
}
