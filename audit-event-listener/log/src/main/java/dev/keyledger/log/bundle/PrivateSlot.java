package dev.keyledger.log.bundle;

import dev.keyledger.log.entry.Salt;
import dev.keyledger.log.json.JsonObject;

/** What a bundle says about a slot that an entry commits to. A slot of which it says nothing has gone missing. */
public sealed interface PrivateSlot {
    /** Disclosed: the salt and value that open the commitment. */
    record Open(Salt salt, JsonObject value) implements PrivateSlot {}

    /** Held back on purpose from the receiver of this bundle. */
    record Sealed() implements PrivateSlot {}

    /**
     * Erased for good.
     *
     * @param erasureIndex leaf index of the entry of operation {@code ERASURE} that records it
     */
    record Erased(long erasureIndex) implements PrivateSlot {}
}
