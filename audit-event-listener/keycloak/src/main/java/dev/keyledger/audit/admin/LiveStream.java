package dev.keyledger.audit.admin;

import dev.keyledger.audit.storage.EntryQuery;
import dev.keyledger.audit.storage.EntrySearch;
import dev.keyledger.audit.storage.FoundEntry;
import dev.keyledger.log.entry.Disclosure;
import dev.keyledger.log.entry.Slot;
import dev.keyledger.log.json.CanonicalJson;
import dev.keyledger.log.json.JsonNumber;
import dev.keyledger.log.json.JsonObject;
import dev.keyledger.log.json.JsonString;
import jakarta.ws.rs.sse.Sse;
import jakarta.ws.rs.sse.SseEventSink;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/**
 * The sealed entries of one log as they come, sent to one client in the order of their indices. Its place is {@code
 * <epoch>.<index of the entry to come next>}, which every event bears as its id. One thread at a time.
 */
final class LiveStream {
    private static final int PIECE = 200;
    private static final long BEAT = 15_000;
    private static final long PATIENCE = 60_000;

    private final RealmLog log;
    private final EntryQuery query;
    private final SseEventSink sink;
    private final Sse sse;
    private final int epoch;
    private final long until;
    private long next;
    private long lastSent;
    private CompletableFuture<?> sending = CompletableFuture.completedFuture(null);

    /**
     * @param next index of the first entry to be sent
     * @param until epoch milliseconds when the client's right ends
     */
    LiveStream(RealmLog log, EntryQuery query, SseEventSink sink, Sse sse, long next, long until) {
        this.log = log;
        this.query = query;
        this.sink = sink;
        this.sse = sse;
        this.epoch = log.epoch().number();
        this.next = next;
        this.until = until;
    }

    /** Sends what is new, unless the client is not through with what it got before; false when the stream is over. */
    boolean advance() {
        long now = log.now();
        if (sink.isClosed() || sending.isCompletedExceptionally() || now >= until) {
            return false;
        }
        if (!sending.isDone()) {
            return now < lastSent + PATIENCE;
        }
        EntrySearch.Tail tail = log.search().tail(query, next, PIECE);
        Map<String, Map<Slot, Disclosure>> slots = log.slots(tail.entries());
        for (FoundEntry entry : tail.entries()) {
            Long index = entry.index();
            send(
                    "entry",
                    index == null ? next : index + 1,
                    new JsonObject(EntryJson.summary(entry, slots.getOrDefault(entry.id(), Map.of()))));
        }
        next = tail.next();
        return now < lastSent + BEAT || beats();
    }

    /** Tells the client that it is still there and how far it is; false behind the end of an epoch. */
    private boolean beats() {
        send(
                "beat",
                next,
                new JsonObject(Map.of("origin", new JsonString(log.epoch().origin()), "next", JsonNumber.of(next))));
        return log.isNewest();
    }

    private void send(String name, long place, JsonObject data) {
        lastSent = log.now();
        CompletableFuture<?> sent = sink.send(sse.newEventBuilder()
                        .id(epoch + "." + place)
                        .name(name)
                        .data(String.class, CanonicalJson.format(data))
                        .build())
                .toCompletableFuture();
        sending = CompletableFuture.allOf(sending, sent);
    }

    void close() {
        sink.close();
    }
}
