package dev.keyledger.log.sequence;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keyledger.log.VerificationException;
import dev.keyledger.log.checkpoint.SignedCheckpoint;
import dev.keyledger.log.merkle.Hash;
import dev.keyledger.log.note.Ed25519Signer;
import dev.keyledger.log.note.Ed25519Verifier;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import org.junit.jupiter.api.Test;

class LogTest {
    private static final String ORIGIN = "log.example/realm";

    private final InMemoryLogStorage storage = new InMemoryLogStorage(ORIGIN);
    private final Ed25519Signer signer = Ed25519Signer.generate(ORIGIN, new SecureRandom());
    private final RememberedCheckpoints outside = new RememberedCheckpoints();
    private final Log<String> log = node();

    @Test
    void signsWhatItSequenced() throws VerificationException {
        stage(0, 5);

        SignedCheckpoint checkpoint = log.run().orElseThrow();

        assertThat(checkpoint.checkpoint().head())
                .isEqualTo(storage.state().head().treeHead());
        assertThat(checkpoint.verify(List.of(new Ed25519Verifier(signer.verifierKey()))))
                .hasSize(1);
        assertThat(storage.state().staged()).isEmpty();
    }

    @Test
    void passesThePayloadThrough() {
        stage(0, 1);

        log.run();

        assertThat(storage.state().entries().get(0).staged().payload()).isEqualTo("payload of id-0");
    }

    @Test
    void drainsAStageThatIsLongerThanABatch() {
        stage(0, Log.MAX_BATCH + 1);

        log.run();

        assertThat(storage.state().entries()).hasSize(Log.MAX_BATCH + 1);
        assertThat(storage.state().nodes()).hasSize(16);
        assertThat(storage.state().checkpoints()).hasSize(1);
    }

    @Test
    void signsNothingTwice() {
        stage(0, 2);
        log.run();

        assertThat(log.run()).isEmpty();
        assertThat(storage.state().checkpoints()).hasSize(1);
    }

    @Test
    void signsNoEmptyTree() {
        assertThat(log.run()).isEmpty();
    }

    @Test
    void haltsWhenTheStorageIsRolledBack() {
        stage(0, 2);
        log.run();
        InMemoryLogStorage.State backup = storage.state();
        stage(2, 2);
        log.run();

        storage.restore(backup);
        stage(4, 3);

        assertThat(log.run()).isEmpty();
        assertThat(storage.state().haltReason()).isEqualTo("log was rolled back: size is 2, was 4");
        assertThat(storage.state().staged()).hasSize(3);
    }

    @Test
    void haltsWhenTheStorageIsForked() {
        InMemoryLogStorage.State empty = storage.state();
        stage(0, 2);
        log.run();

        storage.restore(empty);
        stage(7, 2);
        outside.forget();
        node().run();

        assertThat(log.run()).isEmpty();
        assertThat(storage.state().haltReason()).startsWith("log was forked: root at size 2 is ");
    }

    @Test
    void haltsWhenMoreIsKnownOutsideThanIsStored() {
        stage(0, 2);
        log.run();
        InMemoryLogStorage.State backup = storage.state();
        stage(2, 2);
        log.run();

        storage.restore(backup);
        stage(4, 3);

        assertThat(node().run()).isEmpty();
        assertThat(storage.state().haltReason()).startsWith("got size 2, want at least 4, which is signed");
        assertThat(storage.state().staged()).hasSize(3);
    }

    @Test
    void haltsWhenAnotherRootOfTheSameSizeIsKnownOutside() {
        InMemoryLogStorage.State empty = storage.state();
        stage(0, 2);
        SignedCheckpoint first = log.run().orElseThrow();
        storage.restore(empty);
        outside.forget();
        stage(7, 2);
        SignedCheckpoint second = node().run().orElseThrow();
        outside.append(first);

        node().catchUp();

        assertThat(storage.state().haltReason())
                .startsWith("got root " + root(second) + " at size 2, want root " + root(first));
    }

    @Test
    void haltsWhenTheTreeHasGrownFromAnotherRootThanIsKnownOutside() {
        InMemoryLogStorage.State empty = storage.state();
        stage(0, 300);
        SignedCheckpoint first = log.run().orElseThrow();
        storage.restore(empty);
        outside.forget();
        stage(1_000, 300);
        SignedCheckpoint second = node().run().orElseThrow();
        stage(2_000, 500);
        node().sequence(Log.MAX_BATCH);
        outside.append(first);

        assertThat(node().sign()).isEmpty();

        assertThat(storage.state().haltReason())
                .startsWith("got root " + root(second) + " at size 300, want root " + root(first));
    }

    @Test
    void goesOnFromWhatIsKnownOutside() {
        stage(0, 300);
        log.run();
        stage(300, 400);
        Log<String> other = node();
        other.sequence(Log.MAX_BATCH);

        assertThat(node().sign()).isPresent();
        assertThat(storage.state().haltReason()).isNull();
    }

    @Test
    void tellsTheOutsideEveryCheckpoint() {
        stage(0, 2);

        SignedCheckpoint signed = log.run().orElseThrow();

        assertThat(outside.newest(ORIGIN)).containsExactly(signed.checkpoint());
    }

    @Test
    void tellsTheOutsideWhatItWasNotTold() {
        stage(0, 2);
        SignedCheckpoint signed = log.run().orElseThrow();
        outside.forget();

        node().catchUp();

        assertThat(outside.newest(ORIGIN)).containsExactly(signed.checkpoint());
    }

    @Test
    void standsStillWhileHalted() {
        storage.withLockedHead(locked -> {
            locked.halt("by hand");
            return true;
        });
        stage(0, 1);

        assertThat(log.run()).isEmpty();
        assertThat(storage.state().staged()).hasSize(1);
    }

    @Test
    void leavesALockedLogToTheOther() {
        stage(0, 1);

        storage.withLockedHead(held -> {
            assertThat(log.sequence(10)).isEqualTo(new Log.Outcome(null, 0));
            return true;
        });

        assertThat(storage.state().entries()).isEmpty();
    }

    private Log<String> node() {
        return new Log<>(storage, List.of(signer), outside, InstantSource.fixed(Instant.ofEpochSecond(1_767_225_600)));
    }

    private static Hash root(SignedCheckpoint signed) {
        return signed.checkpoint().head().root();
    }

    private void stage(int from, int count) {
        for (int i = from; i < from + count; i++) {
            storage.stage("id-" + i, ("leaf " + i).getBytes(StandardCharsets.US_ASCII));
        }
    }
}
