package dev.keyledger.audit.storage;

import dev.keyledger.log.note.SignatureType;
import dev.keyledger.log.note.VerifierKey;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A signing key of one log.
 *
 * @param number of the key on this server
 * @param vkey its public half, named after the log
 * @param entryId the entry that introduces it; null for the key that the log began with
 * @param index of that entry; null while it is staged
 * @param covered the smallest checkpoint that covers that entry, from which on the key signs; null before
 */
public record HeldKey(
        int number,
        VerifierKey vkey,
        @Nullable String entryId,
        @Nullable Long index,
        @Nullable Covered covered) {

    /**
     * A checkpoint.
     *
     * @param time epoch milliseconds at which it was signed
     */
    public record Covered(long size, long time) {}

    /**
     * Those that sign a checkpoint of this size, the newest first: the newest that an entry below the size introduces,
     * and each older one until the overlap is over, which begins with the first checkpoint of its successor.
     *
     * @param held of one log, oldest first
     */
    static List<HeldKey> signing(List<HeldKey> held, long size, long overlapMillis, long now) {
        List<HeldKey> signing = new ArrayList<>();
        HeldKey successor = null;
        for (int i = held.size() - 1; i >= 0; i--) {
            HeldKey key = held.get(i);
            if (key.vkey().type() != SignatureType.ED25519 || !key.isIntroduced(size)) {
                continue;
            }
            Covered since = successor == null ? null : successor.covered();
            if (since == null || now < since.time() + overlapMillis) {
                signing.add(key);
            }
            successor = key;
        }
        return signing;
    }

    /** The newest ML-DSA-44 key that an entry below the size introduces. */
    static Optional<HeldKey> cosigning(List<HeldKey> held, long size) {
        return held.stream()
                .filter(key -> key.vkey().type() == SignatureType.ML_DSA_44 && key.isIntroduced(size))
                .reduce((older, newer) -> newer);
    }

    private boolean isIntroduced(long size) {
        return entryId == null || (index != null && index < size);
    }
}
