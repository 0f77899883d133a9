package dev.keyledger.log.sequence;

import dev.keyledger.log.checkpoint.Checkpoint;
import dev.keyledger.log.checkpoint.SignedCheckpoint;
import dev.keyledger.log.merkle.TreeHead;
import dev.keyledger.log.note.Signer;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One log as one process sees it. Any number of processes may drive the same log: the head row's lock and the
 * uniqueness of indices in storage are the only coordination.
 *
 * <p>Two transactions, each safe to repeat after a crash at any point:
 *
 * <ul>
 *   <li><b>A, {@link #sequence}</b>: read head and stage, give out indices, store. Commit point 1 is its commit. Before
 *       it: entries are still staged, no index has been seen by anyone; the next run starts over and may order them
 *       differently. After it: indices are final, the tree is longer than what is signed; recovery is transaction B.
 *   <li><b>B, {@link #sign}</b>: sign the head's size and root, store the note. Commit point 2 is its commit. Before
 *       it: the signature has never left this method, so it never existed for anyone; the next run signs whatever the
 *       size is then. After it: the checkpoint is public.
 * </ul>
 *
 * Then C, {@link OutsideMemory#append}: the checkpoint is told outside. A crash before it leaves a checkpoint that is
 * stored and not remembered; {@link #catchUp} tells the newest, which stands for all before it.
 *
 * <p>The signature is released only after commit point 2 because a commit may fail after the signature was made: the
 * database could come back with other entries at the same size, and two signed roots of one size would be a fork.
 * Thread-safe.
 *
 * @param <P> the payload of staged entries
 */
public final class Log<P> {
    /** Most entries that one transaction sequences: bounds the time for which the head is locked. */
    public static final int MAX_BATCH = 4_096;

    private final LogStorage<P> storage;
    private final Signers signers;
    private final OutsideMemory outside;
    private final InstantSource clock;
    private @Nullable TreeHead lastSeen;
    private @Nullable Checkpoint agreed;

    /** @param signers sign every checkpoint */
    public Log(LogStorage<P> storage, List<? extends Signer> signers, OutsideMemory outside, InstantSource clock) {
        this(storage, head -> signers, outside, clock);
    }

    /**
     * @param signers asked for each checkpoint, under the lock of the head
     * @param outside is told every checkpoint, and believed more than the storage
     */
    public Log(LogStorage<P> storage, Signers signers, OutsideMemory outside, InstantSource clock) {
        this.storage = storage;
        this.signers = signers;
        this.outside = outside;
        this.clock = clock;
    }

    /** Sequences what is staged, in one or more transactions A, then signs; returns the new checkpoint if there is one. */
    public Optional<SignedCheckpoint> run() {
        Outcome outcome = sequence(MAX_BATCH);
        while (outcome.sequenced() == MAX_BATCH) {
            outcome = sequence(MAX_BATCH);
        }
        return sign();
    }

    /** Transaction A. Does nothing when the log is halted, the stage is empty, or another process is at it. */
    public Outcome sequence(int limit) {
        Optional<Outcome> outcome = storage.withLockedHead(log -> {
            if (!checkedActive(log)) {
                return new Outcome(log.head(), 0);
            }
            List<StagedEntry<P>> staged = log.staged(limit);
            if (staged.isEmpty()) {
                return new Outcome(log.head(), 0);
            }
            SequencedBatch<P> batch = Sequencer.sequence(log.head(), staged);
            log.append(batch);
            return new Outcome(batch.head(), batch.entries().size());
        });
        // Commit point 1 is behind us: only now may this process remember the head as seen.
        outcome.map(Outcome::head).ifPresent(this::remember);
        return outcome.orElse(new Outcome(null, 0));
    }

    /** Transaction B. Empty when nothing is unsigned, the log is halted, or another process is at it. */
    public Optional<SignedCheckpoint> sign() {
        Optional<Optional<SignedCheckpoint>> signed = storage.withLockedHead(log -> {
            if (!checkedActive(log) || log.head().size() == log.head().signedSize()) {
                return Optional.empty();
            }
            Checkpoint checkpoint =
                    new Checkpoint(log.head().origin(), log.head().treeHead());
            SignedCheckpoint made = checkpoint.sign(signers.of(log.head()));
            log.store(made, clock.millis());
            return Optional.of(made);
        });
        // Commit point 2 is behind us: the signature may leave.
        Optional<SignedCheckpoint> released = signed.flatMap(made -> made);
        released.ifPresent(this::tell);
        return released;
    }

    /**
     * Compares the stored log with the outside memory, and tells it the newest stored checkpoint if it lacks that. For
     * logs that nothing is staged for, and for what a crash or a full disk has kept from being told.
     */
    public void catchUp() {
        storage.withLockedHead(log -> checkedActive(log) ? log.checkpoint() : Optional.<SignedCheckpoint>empty())
                .flatMap(stored -> stored)
                .filter(stored -> outside.newest(stored.checkpoint().origin()).stream()
                        .noneMatch(known -> known.head().size()
                                >= stored.checkpoint().head().size()))
                .ifPresent(this::tell);
    }

    /** Halts the log, if it is active, because of something that only the caller knows; the reason is for people. */
    public void halt(String reason) {
        storage.withLockedHead(log -> {
            if (log.head().state() == LogHead.State.ACTIVE) {
                log.halt(reason);
            }
            return log.head();
        });
    }

    private void tell(SignedCheckpoint checkpoint) {
        outside.append(checkpoint);
        agree(checkpoint.checkpoint());
    }

    /**
     * Halts a log whose stored state is older than, or other than, what this process has seen committed, or what is
     * known of it outside.
     */
    private boolean checkedActive(LogStorage.LockedLog<P> log) {
        LogHead head = log.head();
        TreeHead seen = seen();
        if (head.state() != LogHead.State.ACTIVE) {
            return false;
        }
        if (seen != null && head.size() < seen.size()) {
            log.halt("log was rolled back: size is " + head.size() + ", was " + seen.size());
            return false;
        }
        if (seen != null && head.size() == seen.size() && !head.treeHead().equals(seen)) {
            log.halt("log was forked: root at size " + head.size() + " is "
                    + head.treeHead().root() + ", was " + seen.root());
            return false;
        }
        return agreesWithOutside(log);
    }

    private boolean agreesWithOutside(LogStorage.LockedLog<P> log) {
        LogHead head = log.head();
        for (Checkpoint known : outside.newest(head.origin())) {
            // Proven once is proven: from then on this process watches the head itself.
            if (known.equals(agreed()) && head.size() > known.head().size()) {
                continue;
            }
            Optional<String> contradiction = HeadCheck.contradiction(head.treeHead(), known, log.tiles());
            if (contradiction.isPresent()) {
                log.halt(contradiction.get());
                return false;
            }
            agree(known);
        }
        return true;
    }

    private synchronized void agree(Checkpoint known) {
        agreed = known;
    }

    private synchronized @Nullable Checkpoint agreed() {
        return agreed;
    }

    private synchronized void remember(LogHead head) {
        TreeHead now = head.treeHead();
        TreeHead seen = lastSeen;
        if (head.state() == LogHead.State.ACTIVE && (seen == null || now.size() > seen.size())) {
            lastSeen = now;
        }
    }

    private synchronized @Nullable TreeHead seen() {
        return lastSeen;
    }

    /** Which keys sign a log as it is now. */
    @FunctionalInterface
    public interface Signers {
        /** The signers of the head's size, the newest key first; more than one while keys are rotated. */
        List<? extends Signer> of(LogHead head);
    }

    /**
     * What transaction A found and did.
     *
     * @param head the head after it; null when another process held the lock
     * @param sequenced entries that were given an index
     */
    public record Outcome(@Nullable LogHead head, int sequenced) {}
}
