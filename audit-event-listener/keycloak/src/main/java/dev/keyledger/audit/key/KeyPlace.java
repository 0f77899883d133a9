package dev.keyledger.audit.key;

import java.util.Optional;

/** A place outside the database where a master key is kept. */
public interface KeyPlace {
    /** Reads the key; empty when there is none; throws when there is one that cannot be used, and says what to do. */
    Optional<MasterKey> read() throws KeyException;

    /**
     * Makes a key where there is none. Commit point: once this returns the key is durable; a crash before leaves nothing
     * that {@link #read} would find. Throws when this place is not one to write to.
     */
    MasterKey make() throws KeyException;

    /** The place, for messages. */
    String describe();
}
