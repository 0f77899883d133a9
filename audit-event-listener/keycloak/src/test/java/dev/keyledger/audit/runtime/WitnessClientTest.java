package dev.keyledger.audit.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keyledger.audit.storage.Checkpoints;
import dev.keyledger.audit.storage.Cosignatures;
import dev.keyledger.audit.storage.TestDatabase;
import dev.keyledger.audit.storage.TestLog;
import dev.keyledger.log.checkpoint.CosignatureSigner;
import dev.keyledger.log.checkpoint.SignedCheckpoint;
import dev.keyledger.log.checkpoint.WitnessPolicy;
import dev.keyledger.log.merkle.LogHasher;
import dev.keyledger.log.merkle.TreeHead;
import dev.keyledger.log.note.Ed25519Signer;
import dev.keyledger.log.note.NoteSignature;
import dev.keyledger.log.witness.AddCheckpoint;
import dev.keyledger.log.witness.Submission;
import dev.keyledger.log.witness.WitnessRefusal;
import java.io.IOException;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A log in a database, and a witness that does as it should, is down, refuses, or knows better. */
class WitnessClientTest {
    private final TestDatabase database = TestDatabase.h2();
    private final String logId = UUID.randomUUID().toString();
    private final TestLog log = new TestLog(database, logId);
    private final List<String> halted = new ArrayList<>();
    private final List<AddCheckpoint> asked = new ArrayList<>();
    private Instant now = Instant.parse("2026-01-01T00:00:00Z");
    private final InstantSource clock = () -> now;
    private final CosignatureSigner key =
            new CosignatureSigner(Ed25519Signer.generate("w.example/1", new SecureRandom()), clock);
    private TreeHead latest = new TreeHead(0, LogHasher.emptyRoot());
    private boolean down;
    private boolean refuses;

    @AfterEach
    void close() throws IOException {
        database.close();
    }

    @Test
    void aCosignatureBecomesALineOfTheStoredCheckpoint() {
        grow(3);
        WitnessClient client = client();
        client.round();

        SignedCheckpoint stored = new Checkpoints(database).newest(logId).orElseThrow();
        assertThat(stored.note().signatures()).anyMatch(line -> line.isBy(key.verifierKey()));
        assertThat(policy().evaluate(stored.note()).cosigned()).containsEntry("w", now.getEpochSecond());
        assertThat(cosigned()).isEqualTo(new Cosignatures.Cosigned(3, now.toEpochMilli()));
        assertThat(new Checkpoints(database).signed()).containsEntry(logId, new Checkpoints.Signed(3, 1));
        client.round();
        assertThat(asked).as("nothing is due").hasSize(1);
        grow(4);
        client.round();
        assertThat(asked.get(1).oldSize()).isEqualTo(3);
    }

    @Test
    void anIdleLogIsCosignedAnewOnceAnHour() {
        grow(3);
        WitnessClient client = client();
        client.round();
        pass(Duration.ofMinutes(59));
        client.round();
        pass(Duration.ofMinutes(1));
        client.round();

        assertThat(asked).hasSize(2);
        assertThat(new Checkpoints(database).newest(logId).orElseThrow().note().signatures())
                .as("one line of each key")
                .hasSize(2);
        assertThat(cosigned().time()).isEqualTo(now.toEpochMilli());
    }

    @Test
    void aWitnessThatIsDownIsSparedAndCaughtUpWith() {
        grow(3);
        WitnessClient client = client();
        down = true;
        client.round();
        assertThat(client.error(logId)).hasValue("is not to be had: connection refused");
        for (int i = 0; i < 60; i++) {
            pass(Duration.ofSeconds(10));
            client.round();
        }
        assertThat(asked)
                .as("after 0, 5, 15, 35, 75, 155, 315 s, and then every 300")
                .hasSizeBetween(7, 9);
        grow(5);
        down = false;
        pass(Duration.ofMinutes(5));
        client.round();

        assertThat(client.error(logId)).isEmpty();
        assertThat(cosigned().size()).isEqualTo(8);
        assertThat(halted).isEmpty();
    }

    @Test
    void aLogThatItRefusesDoesNotKeepTheOthersWaiting() {
        grow(3);
        WitnessClient client = client();
        refuses = true;
        client.round();
        client.round();
        assertThat(asked).hasSize(1);
        assertThat(client.error(logId).orElseThrow()).contains("does not cosign log", "404");
        assertThat(client.error()).isEmpty();
        refuses = false;
        pass(Duration.ofSeconds(5));
        client.round();

        assertThat(client.error(logId)).isEmpty();
        assertThat(cosigned().size()).isEqualTo(3);
    }

    @Test
    void aWitnessThatHasCosignedMoreHaltsTheLogEvenWhereNothingSeemsDue() {
        grow(3);
        client().round();
        latest = new TreeHead(9, LogHasher.leaf(new byte[] {1}));
        WitnessClient afterTheRestore = client();
        afterTheRestore.round();

        assertThat(halted)
                .containsExactly(
                        logId + ": got size 3, want at least 9, which witness w has cosigned: the log was rolled back");
    }

    @Test
    void aWitnessThatHasCosignedAnotherTreeHaltsTheLog() {
        grow(3);
        latest = new TreeHead(2, LogHasher.leaf(new byte[] {1}));
        client().round();

        assertThat(halted).hasSize(1).first().asString().contains("another tree of size 2", "the log was rewritten");
    }

    private void grow(int entries) {
        for (int i = 0; i < entries; i++) {
            log.stage("CREATE");
        }
        assertThat(log.node().run()).isPresent();
    }

    private void pass(Duration time) {
        now = now.plus(time);
    }

    private Cosignatures.Cosigned cosigned() {
        return new Cosignatures(database)
                .of(logId)
                .getOrDefault(key.verifierKey().keyIdHex(), new Cosignatures.Cosigned(0, 0));
    }

    private WitnessPolicy policy() {
        return WitnessPolicy.parse("witness w " + key.verifierKey() + " https://w.example\nquorum w\n");
    }

    private WitnessClient client() {
        return new WitnessClient(
                policy().witnesses().get(0),
                this::witness,
                database,
                (id, reason) -> halted.add(id + ": " + reason),
                clock);
    }

    private Submission.Answer witness(byte[] body) throws IOException {
        AddCheckpoint request = AddCheckpoint.parse(body);
        asked.add(request);
        if (down) {
            throw new IOException("connection refused");
        }
        WitnessRefusal refusal = refuses
                ? WitnessRefusal.unknown("no such log")
                : request.refusal(latest).orElse(null);
        if (refusal != null) {
            return new Submission.Answer(refusal.status(), refusal.type(), refusal.body());
        }
        latest = request.checkpoint().checkpoint().head();
        byte[] signature = key.sign(request.checkpoint().note().textBytes());
        return new Submission.Answer(200, "text/plain", new NoteSignature(key.name(), key.keyId(), signature).format());
    }
}
