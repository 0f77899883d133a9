package dev.keyledger.audit.admin;

import dev.keyledger.audit.runtime.Rounds;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** The live streams that this node serves, all of them by one thread that looks once a second. Thread-safe. */
final class LiveStreams {
    private static final Logger LOG = Logger.getLogger("dev.keyledger.audit");
    private static final int MAX = 100;
    private static final Duration PAUSE = Duration.ofSeconds(1);

    private final Set<LiveStream> open = ConcurrentHashMap.newKeySet();
    private @Nullable Rounds rounds;

    /** Throws a 503 when this node serves as many as it can. */
    void requireRoom() {
        if (open.size() >= MAX) {
            throw BadRequest.error(503, "too_many_streams", "this node serves " + MAX + " live streams; ask later");
        }
    }

    /** Serves a stream until it ends. */
    synchronized void add(LiveStream stream) {
        open.add(stream);
        if (rounds == null) {
            rounds = new Rounds("keyledger-live", this::round, () -> PAUSE);
            rounds.start();
        }
    }

    /** Ends them all. */
    void close() {
        Rounds running;
        synchronized (this) {
            running = rounds;
        }
        if (running != null) {
            running.stop();
        }
        open.forEach(LiveStream::close);
        open.clear();
    }

    private void round() {
        open.removeIf(LiveStreams::isOver);
    }

    private static boolean isOver(LiveStream stream) {
        boolean over = !goesOn(stream);
        if (over) {
            stream.close();
        }
        return over;
    }

    private static boolean goesOn(LiveStream stream) {
        try {
            return stream.advance();
        } catch (RuntimeException e) {
            // The client comes back and says how far it got.
            LOG.warn("Keyledger ends a live stream that it could not go on with", e);
            return false;
        }
    }
}
