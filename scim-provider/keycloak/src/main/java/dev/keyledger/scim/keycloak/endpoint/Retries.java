package dev.keyledger.scim.keycloak.endpoint;

import java.util.function.LongConsumer;
import java.util.function.Supplier;

/**
 * Tries work again that lost against another transaction; each try has to be a transaction of its own, rolled back when it
 * throws.
 *
 * <p>A collision is tried five times. A duplicate is tried twice: if the value is really taken, the second try
 * finds it and says which; if both wanted the same, the second try finds it done.
 */
final class Retries {
    private static final int TRIES_OF_COLLISION = 5;
    private static final int TRIES_OF_DUPLICATE = 2;
    private static final long STEP_MILLIS = 20;

    private final LongConsumer pause;
    private final int spread;

    /**
     * @param pause  waits that many milliseconds
     * @param spread any number, different for each request, so that those that collided do not meet again
     */
    Retries(LongConsumer pause, int spread) {
        this.pause = pause;
        this.spread = Math.floorMod(spread, (int) STEP_MILLIS);
    }

    /** What the work returns; its last exception if no try did. */
    <T> T run(Supplier<T> work) {
        for (int tried = 1; ; tried++) {
            try {
                return work.get();
            } catch (RuntimeException fault) {
                if (tried >= tries(fault)) {
                    throw fault;
                }
                pause.accept((STEP_MILLIS + spread) * tried * tried);
            }
        }
    }

    private static int tries(RuntimeException fault) {
        DatabaseFault reason = DatabaseFault.of(fault);
        if (reason == DatabaseFault.COLLISION) {
            return TRIES_OF_COLLISION;
        }
        return reason == DatabaseFault.DUPLICATE || reason == DatabaseFault.REFERENCE ? TRIES_OF_DUPLICATE : 1;
    }
}
