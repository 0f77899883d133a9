package dev.keyledger.log.sequence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.keyledger.log.checkpoint.Checkpoint;
import dev.keyledger.log.checkpoint.SignedCheckpoint;
import dev.keyledger.log.merkle.Hash;
import dev.keyledger.log.merkle.TreeHead;
import dev.keyledger.log.note.Ed25519Signer;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * What every {@link LogStorage} must do. A module with a storage of its own extends this class, opens an empty log per
 * test and says how to stage an entry and how to read back what is stored.
 *
 * @param <P> the payload of staged entries
 */
public abstract class LogStorageContract<P> {
    private LogStorage<P> storage = new NoStorage<>();
    private String origin = "";

    /** Opens a log without entries, under an origin of its own. */
    protected abstract LogStorage<P> open();

    /** The origin of the log that {@link #open} opened last. */
    protected abstract String origin();

    /** Stages one entry, committed; entries staged later come out later. */
    protected abstract void stage(String id, byte[] leaf);

    /** Reads the leaf and its stored hash back by index. */
    protected abstract Optional<StoredEntry> entry(long index);

    /** Reads the stored root of a full subtree back. */
    protected abstract Optional<Hash> node(int level, long index);

    /** Reads the note of the stored checkpoint of this size back. */
    protected abstract Optional<String> checkpoint(long size);

    /** An entry as it is stored. */
    public record StoredEntry(String id, String leaf, Hash leafHash) {}

    @BeforeEach
    void openLog() {
        storage = open();
        origin = origin();
    }

    @Test
    void startsWithAnEmptyActiveHead() {
        assertThat(storage.withLockedHead(LogStorage.LockedLog::head)).contains(LogHead.empty(origin));
    }

    @Test
    void handsOutStagedEntriesOldestFirstUpToTheLimit() {
        stageMany(0, 5);

        List<String> ids = storage.withLockedHead(
                        log -> log.staged(3).stream().map(StagedEntry::id).toList())
                .orElseThrow();

        assertThat(ids).containsExactly(id(0), id(1), id(2));
    }

    @Test
    void keepsTheBytesOfALeaf() {
        stage(id(7), leaf(7));

        byte[] staged =
                storage.withLockedHead(log -> log.staged(10).get(0).leaf()).orElseThrow();

        assertThat(staged).isEqualTo(leaf(7));
    }

    @Test
    void storesABatchAndTakesItOffTheStage() {
        stageMany(0, 3);

        SequencedBatch<P> batch = sequence(2);

        assertThat(entry(0)).contains(stored(batch, 0));
        assertThat(entry(1)).contains(stored(batch, 1));
        assertThat(entry(2)).isEmpty();
        assertThat(storage.withLockedHead(LogStorage.LockedLog::head)).contains(batch.head());
        assertThat(storage.withLockedHead(
                        log -> log.staged(10).stream().map(StagedEntry::id).toList()))
                .contains(List.of(id(2)));
    }

    @Test
    void storesTheNodeOfAFullTile() {
        stageMany(0, 300);

        SequencedBatch<P> batch = sequence(300);

        assertThat(node(1, 0)).contains(batch.nodes().get(0).hash());
        assertThat(node(1, 1)).isEmpty();
    }

    @Test
    void appendsBehindWhatIsThere() {
        stageMany(0, 3);
        sequence(2);

        SequencedBatch<P> second = sequence(10);

        assertThat(second.entries().get(0).index()).isEqualTo(2);
        assertThat(entry(2).map(StoredEntry::id)).contains(id(2));
    }

    @Test
    void storesACheckpointAndItsSize() {
        stageMany(0, 2);
        sequence(2);

        SignedCheckpoint signed = storage.withLockedHead(log -> {
                    SignedCheckpoint made = new Checkpoint(origin, log.head().treeHead()).sign(List.of(signer()));
                    log.store(made, 1_767_225_600_000L);
                    return made;
                })
                .orElseThrow();

        assertThat(checkpoint(2)).contains(signed.format());
        assertThat(storage.withLockedHead(log -> log.head().signedSize())).contains(2L);
    }

    @Test
    void handsOutTheNewestCheckpoint() {
        stageMany(0, 3);
        assertThat(storage.withLockedHead(LogStorage.LockedLog::checkpoint)).contains(Optional.empty());

        sequence(2);
        sign();
        sequence(1);
        String newest = sign();

        assertThat(storage.withLockedHead(log -> log.checkpoint().map(SignedCheckpoint::format)))
                .contains(Optional.of(newest));
    }

    @Test
    void handsOutTheTreeSoThatItCanBeProven() {
        stageMany(0, 600);
        TreeHead early = sequence(300).head().treeHead();
        TreeHead late = sequence(300).head().treeHead();

        assertThat(storage.withLockedHead(
                        log -> HeadCheck.contradiction(late, new Checkpoint(origin, early), log.tiles())))
                .contains(Optional.empty());
    }

    @Test
    void keepsNothingOfWorkThatThrows() {
        stageMany(0, 2);

        assertThatThrownBy(() -> storage.withLockedHead(log -> {
                    log.append(Sequencer.sequence(log.head(), log.staged(10)));
                    throw new IllegalStateException("the plug is pulled");
                }))
                .hasStackTraceContaining("the plug is pulled");

        assertThat(entry(0)).isEmpty();
        assertThat(storage.withLockedHead(LogStorage.LockedLog::head)).contains(LogHead.empty(origin));
        assertThat(storage.withLockedHead(log -> log.staged(10).size())).contains(2);
    }

    @Test
    void remembersThatALogIsHalted() {
        storage.withLockedHead(log -> {
            log.halt("a test says so");
            return true;
        });

        assertThat(storage.withLockedHead(log -> log.head().state())).contains(LogHead.State.HALTED);
    }

    @Test
    void letsOneHolderInAtATime() throws InterruptedException {
        List<Optional<Boolean>> seen = new ArrayList<>();

        storage.withLockedHead(log -> {
            Thread other = new Thread(() -> seen.add(storage.withLockedHead(inner -> true)));
            other.start();
            join(other);
            return true;
        });

        assertThat(seen).containsExactly(Optional.empty());
    }

    private String sign() {
        return storage.withLockedHead(log -> {
                    SignedCheckpoint made = new Checkpoint(origin, log.head().treeHead()).sign(List.of(signer()));
                    log.store(made, 1_767_225_600_000L);
                    return made.format();
                })
                .orElseThrow();
    }

    private SequencedBatch<P> sequence(int limit) {
        return storage.withLockedHead(log -> {
                    SequencedBatch<P> batch = Sequencer.sequence(log.head(), log.staged(limit));
                    log.append(batch);
                    return batch;
                })
                .orElseThrow();
    }

    private void stageMany(int from, int count) {
        for (int i = from; i < from + count; i++) {
            stage(id(i), leaf(i));
        }
    }

    private static String id(int i) {
        return String.format("0190a1b2-c3d4-7e5f-8a6b-%012d", i);
    }

    private static byte[] leaf(int i) {
        return ("{\"entry\":" + i + "}").getBytes(StandardCharsets.US_ASCII);
    }

    private Ed25519Signer signer() {
        return Ed25519Signer.generate(origin, new SecureRandom());
    }

    private static <P> StoredEntry stored(SequencedBatch<P> batch, int offset) {
        SequencedEntry<P> entry = batch.entries().get(offset);
        return new StoredEntry(
                entry.staged().id(), new String(entry.staged().leaf(), StandardCharsets.US_ASCII), entry.leafHash());
    }

    private static void join(Thread thread) {
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static final class NoStorage<P> implements LogStorage<P> {
        @Override
        public <R> Optional<R> withLockedHead(Work<P, R> work) {
            return Optional.empty();
        }
    }
}
