package dev.keyledger.log.sequence;

import dev.keyledger.log.checkpoint.SignedCheckpoint;
import dev.keyledger.log.tile.TileSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A log in memory with real transactions: work happens on a copy, which replaces the state at commit. */
public final class InMemoryLogStorage implements LogStorage<String> {
    /** The moments around each write at which a storage may die. */
    public enum Point {
        BEFORE_APPEND,
        AFTER_APPEND,
        BEFORE_STORE,
        AFTER_STORE,
        BEFORE_COMMIT,
        AFTER_COMMIT
    }

    private final ReentrantLock headRow = new ReentrantLock();
    private State state;
    private @Nullable Consumer<Point> probe;

    public InMemoryLogStorage(String origin) {
        this.state = new State(LogHead.empty(origin), List.of(), List.of(), List.of(), List.of(), null);
    }

    /** All that is durable. */
    public record State(
            LogHead head,
            List<StagedEntry<String>> staged,
            List<SequencedEntry<String>> entries,
            List<TreeNode> nodes,
            List<SignedCheckpoint> checkpoints,
            @Nullable String haltReason) {}

    public State state() {
        return state;
    }

    /** Puts an older or a forged state in the place of the present one, as a restored backup does. */
    public void restore(State other) {
        state = other;
    }

    /** Is called at each point and may throw, to die there. */
    public void probe(@Nullable Consumer<Point> watcher) {
        probe = watcher;
    }

    public void stage(String id, byte[] leaf) {
        List<StagedEntry<String>> staged = new ArrayList<>(state.staged);
        staged.add(new StagedEntry<>(id, leaf, "payload of " + id));
        state = new State(
                state.head, List.copyOf(staged), state.entries, state.nodes, state.checkpoints, state.haltReason);
    }

    @Override
    public <R> Optional<R> withLockedHead(Work<String, R> work) {
        if (headRow.isHeldByCurrentThread() || !headRow.tryLock()) {
            return Optional.empty();
        }
        try {
            Transaction transaction = new Transaction();
            R result = work.run(transaction);
            reach(Point.BEFORE_COMMIT);
            state = transaction.working;
            reach(Point.AFTER_COMMIT);
            return Optional.of(result);
        } finally {
            headRow.unlock();
        }
    }

    private void reach(Point point) {
        if (probe != null) {
            probe.accept(point);
        }
    }

    private final class Transaction implements LockedLog<String> {
        private State working = state;

        @Override
        public LogHead head() {
            return working.head;
        }

        @Override
        public List<StagedEntry<String>> staged(int limit) {
            return working.staged.stream().limit(limit).toList();
        }

        @Override
        public void append(SequencedBatch<String> batch) {
            reach(Point.BEFORE_APPEND);
            List<SequencedEntry<String>> entries = new ArrayList<>(working.entries);
            entries.addAll(batch.entries());
            List<TreeNode> nodes = new ArrayList<>(working.nodes);
            nodes.addAll(batch.nodes());
            List<StagedEntry<String>> staged = new ArrayList<>(working.staged);
            batch.entries().forEach(entry -> staged.remove(entry.staged()));
            working = new State(
                    batch.head(),
                    List.copyOf(staged),
                    List.copyOf(entries),
                    List.copyOf(nodes),
                    working.checkpoints,
                    working.haltReason);
            reach(Point.AFTER_APPEND);
        }

        @Override
        public void store(SignedCheckpoint checkpoint, long time) {
            reach(Point.BEFORE_STORE);
            List<SignedCheckpoint> checkpoints = new ArrayList<>(working.checkpoints);
            checkpoints.add(checkpoint);
            LogHead head = working.head;
            long size = checkpoint.checkpoint().head().size();
            working = new State(
                    new LogHead(head.origin(), head.range(), size, head.state()),
                    working.staged,
                    working.entries,
                    working.nodes,
                    List.copyOf(checkpoints),
                    working.haltReason);
            reach(Point.AFTER_STORE);
        }

        @Override
        public Optional<SignedCheckpoint> checkpoint() {
            List<SignedCheckpoint> all = working.checkpoints;
            return all.isEmpty() ? Optional.empty() : Optional.of(all.get(all.size() - 1));
        }

        @Override
        public TileSource tiles() {
            return new InMemoryTiles(working);
        }

        @Override
        public void halt(String reason) {
            LogHead head = working.head;
            working = new State(
                    new LogHead(head.origin(), head.range(), head.signedSize(), LogHead.State.HALTED),
                    working.staged,
                    working.entries,
                    working.nodes,
                    working.checkpoints,
                    reason);
        }
    }
}
