package dev.keyledger.log.sequence;

import dev.keyledger.log.checkpoint.Checkpoint;
import dev.keyledger.log.checkpoint.SignedCheckpoint;
import java.util.List;

/**
 * What somebody outside the storage remembers of a log. A port. A storage that is replaced by an older or another one
 * contradicts it, and no memory inside the storage could.
 */
public interface OutsideMemory {
    /** Remembers nothing: a log without anybody outside. */
    OutsideMemory NONE = new OutsideMemory() {
        @Override
        public List<Checkpoint> newest(String origin) {
            return List.of();
        }

        @Override
        public void append(SignedCheckpoint checkpoint) {}
    };

    /**
     * The checkpoints of the largest size that is remembered of the log with this origin: none, or one, or several when
     * different roots of one size have been seen.
     */
    List<Checkpoint> newest(String origin);

    /**
     * Remembers a checkpoint whose commit is behind us, now or soon. Must not throw: a log that cannot be remembered is
     * signed all the same, and the implementation raises the alarm and keeps it in mind. What a crash makes it forget it
     * is told again by {@link Log#catchUp}.
     */
    void append(SignedCheckpoint checkpoint);
}
