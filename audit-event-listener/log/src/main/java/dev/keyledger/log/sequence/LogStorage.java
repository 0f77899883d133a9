package dev.keyledger.log.sequence;

import dev.keyledger.log.checkpoint.SignedCheckpoint;
import dev.keyledger.log.tile.TileSource;
import java.util.List;
import java.util.Optional;

/**
 * Where one log lives. A port; {@code LogStorageContract} in this module's test jar says in tests what every
 * implementation must do.
 *
 * @param <P> the payload of staged entries
 */
public interface LogStorage<P> {
    /**
     * Runs the work in a transaction of its own that holds the lock on the log's head row, and commits it. Returns what
     * the work returned only after that commit; empty when another holder has the lock, without waiting. When the work
     * or the commit throws, nothing of it is stored, or (a commit whose answer was lost) all of it, and the exception
     * reaches the caller. Creates the head of a log that has none.
     */
    <R> Optional<R> withLockedHead(Work<P, R> work);

    /** What is done under the lock. */
    @FunctionalInterface
    interface Work<P, R> {
        R run(LockedLog<P> log);
    }

    /** One log whose head row is locked by the running transaction. Not to be used after the work has returned. */
    interface LockedLog<P> {
        LogHead head();

        /** The staged entries that are visible now, oldest first, at most {@code limit}; all of them count, however late. */
        List<StagedEntry<P>> staged(int limit);

        /** Stores the entries and nodes, takes the entries off the stage, and replaces the head. */
        void append(SequencedBatch<P> batch);

        /** Stores the checkpoint, made at this time (epoch milliseconds), and sets the head's signed size to its size. */
        void store(SignedCheckpoint checkpoint, long time);

        /** The newest stored checkpoint; empty before the first. */
        Optional<SignedCheckpoint> checkpoint();

        /** The stored tree, to be read by the running transaction. */
        TileSource tiles();

        /** Sets the state {@link LogHead.State#HALTED}; the reason is for people. */
        void halt(String reason);
    }
}
