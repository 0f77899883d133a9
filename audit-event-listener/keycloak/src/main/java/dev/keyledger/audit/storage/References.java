package dev.keyledger.audit.storage;

import dev.keyledger.audit.key.KeyRing;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The keyed references of one log, each made once: the entries of a batch speak of the same people, clients and addresses
 * again and again. Remembers every text it was asked for, so it lives as long as the batch. Thread-safe.
 */
final class References {
    private final KeyRing keys;
    private final String logId;
    private final Map<String, String> made = new ConcurrentHashMap<>();

    References(KeyRing keys, String logId) {
        this.keys = keys;
        this.logId = logId;
    }

    /** See {@link KeyRing#newReference}. */
    String of(String text) {
        return made.computeIfAbsent(text, each -> keys.newReference(logId, each));
    }
}
