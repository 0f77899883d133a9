package dev.keyledger.log.sequence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.keyledger.log.checkpoint.SignedCheckpoint;
import dev.keyledger.log.merkle.CompactRange;
import dev.keyledger.log.merkle.Hash;
import dev.keyledger.log.merkle.LogHasher;
import dev.keyledger.log.merkle.TreeHead;
import dev.keyledger.log.note.Ed25519Signer;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Dies at every point of both transactions and looks at what the next process finds. A death before the commit is a
 * lost transaction, one after it a persisted transaction whose answer was lost.
 */
class LogCrashPointTest {
    private static final String ORIGIN = "log.example/crash";

    private final InMemoryLogStorage storage = new InMemoryLogStorage(ORIGIN);
    private final RememberedCheckpoints outside = new RememberedCheckpoints();
    private final Ed25519Signer signer = Ed25519Signer.generate(ORIGIN, new SecureRandom());

    /** Columns: transaction, point of death, entries sequenced, size signed as the next process finds them. */
    @ParameterizedTest(name = "dying in {0} {1} leaves {2} sequenced and {3} signed")
    @CsvSource({
        "sequence, BEFORE_APPEND, 3, 3",
        "sequence, AFTER_APPEND,  3, 3",
        "sequence, BEFORE_COMMIT, 3, 3",
        "sequence, AFTER_COMMIT,  5, 3",
        "sign,     BEFORE_STORE,  5, 3",
        "sign,     AFTER_STORE,   5, 3",
        "sign,     BEFORE_COMMIT, 5, 3",
        "sign,     AFTER_COMMIT,  5, 5",
    })
    void recovers(String transaction, InMemoryLogStorage.Point point, int sequenced, long signed) {
        stage(0, 3);
        assertThat(log().run()).isPresent();
        stage(3, 2);
        List<SignedCheckpoint> released = new ArrayList<>(storage.state().checkpoints());
        Log<String> dying = log();
        if (transaction.equals("sign")) {
            dying.sequence(Log.MAX_BATCH);
        }

        storage.probe(reached -> {
            if (reached == point) {
                throw new IllegalStateException("died " + point);
            }
        });
        assertThatThrownBy(() -> {
                    if (transaction.equals("sign")) {
                        dying.sign().ifPresent(released::add);
                    } else {
                        dying.sequence(Log.MAX_BATCH);
                    }
                })
                .hasMessage("died " + point);
        storage.probe(null);

        assertThat(storage.state().entries()).hasSize(sequenced);
        assertThat(storage.state().staged()).hasSize(5 - sequenced);
        assertThat(storage.state().head().signedSize()).isEqualTo(signed);
        assertThat(released)
                .as("a signature whose commit is unknown never leaves")
                .hasSize(1);

        log().catchUp();
        assertThat(outside.newest(ORIGIN))
                .as("what is signed is remembered outside, whatever died after its commit")
                .containsExactly(storage.state()
                        .checkpoints()
                        .get(storage.state().checkpoints().size() - 1)
                        .checkpoint());
        stage(5, 1);
        log().run().ifPresent(released::add);
        assertThat(storage.state().staged()).isEmpty();
        assertThat(storage.state().entries()).extracting(SequencedEntry::index).containsExactly(0L, 1L, 2L, 3L, 4L, 5L);
        assertThat(storage.state().head().treeHead()).isEqualTo(recomputed());
        assertOneRootPerSize(released);
    }

    private void assertOneRootPerSize(List<SignedCheckpoint> released) {
        List<SignedCheckpoint> all = new ArrayList<>(released);
        all.addAll(storage.state().checkpoints());
        Map<Long, Hash> roots = new HashMap<>();
        for (SignedCheckpoint checkpoint : all) {
            TreeHead head = checkpoint.checkpoint().head();
            assertThat(roots.merge(head.size(), head.root(), (first, second) -> first))
                    .isEqualTo(head.root());
        }
    }

    private TreeHead recomputed() {
        CompactRange.Appender range = CompactRange.empty().appender();
        storage.state()
                .entries()
                .forEach(entry -> range.append(LogHasher.leaf(entry.staged().leaf())));
        return range.toRange().head();
    }

    private Log<String> log() {
        return new Log<>(storage, List.of(signer), outside, InstantSource.fixed(Instant.ofEpochSecond(1_767_225_600)));
    }

    private void stage(int from, int count) {
        for (int i = from; i < from + count; i++) {
            storage.stage("id-" + i, ("leaf " + i).getBytes(StandardCharsets.US_ASCII));
        }
    }
}
