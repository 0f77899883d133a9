package dev.keyledger.audit.storage;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keyledger.audit.key.Custody;
import dev.keyledger.audit.key.MasterKeys;
import dev.keyledger.audit.key.SigningKey;
import dev.keyledger.log.VerificationException;
import dev.keyledger.log.checkpoint.Checkpoint;
import dev.keyledger.log.checkpoint.Cosignature;
import dev.keyledger.log.checkpoint.SignedCheckpoint;
import dev.keyledger.log.merkle.CompactRange;
import dev.keyledger.log.merkle.LogHasher;
import dev.keyledger.log.note.Ed25519Signer;
import dev.keyledger.log.note.Ed25519Verifier;
import dev.keyledger.log.note.NoteSignature;
import dev.keyledger.log.note.SignatureType;
import dev.keyledger.log.note.Signer;
import dev.keyledger.log.witness.AddCheckpoint;
import dev.keyledger.log.witness.WitnessRefusal;
import java.io.IOException;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A witness and the rows in which it remembers. */
class WitnessMemoryTest {
    private static final String ORIGIN = "other.example/audit/acme";
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final InstantSource CLOCK = InstantSource.system();

    private final TestDatabase database = TestDatabase.h2();
    private final Ed25519Signer log = Ed25519Signer.generate(ORIGIN, RANDOM);
    private final WitnessMemory memory = new WitnessMemory(database, CLOCK);
    private final Signer witness = signer();

    @AfterEach
    void close() throws IOException {
        database.close();
    }

    @Test
    void remembersWhatItCosignsAndShowsItWithBothSignatures() throws VerificationException {
        AddCheckpoint request = request(0, 5);

        NoteSignature line = Objects.requireNonNull(cosign(request).line(), "line");

        Cosignature.parse(line)
                .verify(witness.verifierKey(), request.checkpoint().note());
        SignedCheckpoint shown =
                SignedCheckpoint.parse(memory.newest(WitnessMemory.hash(ORIGIN)).orElseThrow());
        assertThat(shown.verify(List.of(new Ed25519Verifier(log.verifierKey()))))
                .hasSize(1);
        assertThat(shown.note().signatures()).hasSize(2).contains(line);
    }

    @Test
    void cosignsTheSameAgainAndNothingThatContradictsIt() {
        cosign(request(0, 5));

        assertThat(cosign(request(5, 5)).line()).isNotNull();
        assertThat(cosign(request(0, 5)).refusal()).isEqualTo(WitnessRefusal.conflict(5));
        assertThat(cosign(request(0, 9)).refusal()).isEqualTo(WitnessRefusal.conflict(5));
        assertThat(Objects.requireNonNull(cosign(request(5, 9)).refusal(), "refusal")
                        .status())
                .as("without the proof")
                .isEqualTo(422);
        assertThat(memory.newest(WitnessMemory.hash(ORIGIN)).orElseThrow()).contains("\n5\n");
    }

    @Test
    void ofManyRequestsAtOnceThatFollowTheSameTreeOneIsCosigned() {
        cosign(request(0, 1));

        List<WitnessMemory.Result> results = IntStream.range(0, 8)
                .parallel()
                .mapToObj(i -> cosign(
                        new AddCheckpoint(1, List.of(LogHasher.leaf(new byte[] {(byte) i})), checkpoint(2, (byte) i))))
                .toList();

        assertThat(results).filteredOn(result -> result.line() != null).hasSize(1);
        assertThat(results)
                .filteredOn(result -> result.line() == null)
                .extracting(WitnessMemory.Result::refusal)
                .containsOnly(WitnessRefusal.conflict(2));
    }

    @Test
    void showsNothingOfALogThatItNeverCosigned() {
        assertThat(memory.newest(WitnessMemory.hash(ORIGIN))).isEmpty();
        cosign(request(3, 5));
        assertThat(memory.newest(WitnessMemory.hash(ORIGIN))).isEmpty();
    }

    @Test
    void keepsItsKeyWhenTheLogsKeysRotate() {
        MasterKeys masters = new KeyStorage(database, Map.of(), Duration.ZERO, RANDOM, CLOCK).load(Custody.DATABASE);
        SigningKeys keys = new SigningKeys(masters, RANDOM, CLOCK);

        database.run(em -> {
            keys.add(em, SigningKey.generate(RANDOM));
            keys.addFirst(em, SigningKey.generateWitness(RANDOM));
            return keys;
        });

        assertThat(signer().verifierKey()).isEqualTo(witness.verifierKey());
        assertThat(witness.type()).isEqualTo(SignatureType.COSIGNATURE);
    }

    private WitnessMemory.Result cosign(AddCheckpoint request) {
        return memory.cosign(request, request.checkpoint().note().signatures(), witness);
    }

    private AddCheckpoint request(long old, int size) {
        return new AddCheckpoint(old, List.of(), checkpoint(size, (byte) 0));
    }

    /** Of a log whose first entries are the same, and whose last is this. */
    private SignedCheckpoint checkpoint(int size, byte last) {
        CompactRange.Appender range = CompactRange.empty().appender();
        for (int i = 0; i < size; i++) {
            range.append(LogHasher.leaf(new byte[] {i == size - 1 ? last : 0}));
        }
        return new Checkpoint(ORIGIN, range.toRange().head()).sign(List.of(log));
    }

    private Signer signer() {
        MasterKeys masters = new KeyStorage(database, Map.of(), Duration.ZERO, RANDOM, CLOCK).load(Custody.DATABASE);
        SigningKeys keys = new SigningKeys(masters, RANDOM, CLOCK);
        return database.run(em -> {
                    keys.addFirst(em, SigningKey.generateWitness(RANDOM));
                    return keys.newest(em, SignatureType.COSIGNATURE);
                })
                .signer("us.example/witness", CLOCK);
    }
}
