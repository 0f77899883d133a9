package dev.keyledger.audit.sink;

import dev.keyledger.audit.storage.SinkTurn;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Somebody who is told a log, one thread at a time. */
interface Sink {
    /** Whether it wants to know this; what it does not want it is not sent. */
    boolean wants(Told told);

    /**
     * Sends these in their order, and answers when the other side has taken them, or as far as it has. Bounded in time:
     * the sink's row is locked meanwhile.
     */
    Delivery send(List<Told> told);

    /**
     * What became of it.
     *
     * @param taken how many of the first the other side has certainly taken
     * @param error why it did not take the next one; null when there is none, or when there was no more time
     * @param attempts what is to be kept of each message, for the sinks of which it is
     */
    record Delivery(int taken, @Nullable String error, List<SinkTurn.Attempt> attempts) {
        public Delivery {
            attempts = List.copyOf(attempts);
        }

        static Delivery all(int messages) {
            return new Delivery(messages, null, List.of());
        }

        static Delivery failed(String error) {
            return new Delivery(0, error, List.of());
        }
    }
}
