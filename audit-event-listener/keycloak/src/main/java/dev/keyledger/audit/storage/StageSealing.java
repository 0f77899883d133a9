package dev.keyledger.audit.storage;

import dev.keyledger.audit.key.KeyRing;
import dev.keyledger.log.sequence.Log;
import dev.keyledger.log.sequence.Sequencer;
import dev.keyledger.log.sequence.StagedEntry;
import jakarta.persistence.EntityManager;
import java.time.InstantSource;
import java.util.List;

/** Empties the stage of one log inside of a larger transaction. */
public final class StageSealing {
    private StageSealing() {}

    /**
     * Gives every staged entry that is visible its index, as the sequencer does. The transaction holds the lock of this
     * head; what it does is committed with it. What is committed to the stage later is sealed by the next round.
     */
    public static void all(EntityManager em, HeadEntity head, KeyRing keys, InstantSource clock) {
        JpaLockedLog log = new JpaLockedLog(em, head, keys, clock, Runnable::run);
        for (List<StagedEntry<StagedParts>> staged = log.staged(Log.MAX_BATCH);
                !staged.isEmpty();
                staged = log.staged(Log.MAX_BATCH)) {
            log.append(Sequencer.sequence(log.head(), staged));
        }
        em.flush();
    }
}
