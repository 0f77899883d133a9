package dev.keyledger.log.witness;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.keyledger.log.FormatException;
import dev.keyledger.log.VerificationException;
import dev.keyledger.log.checkpoint.Checkpoint;
import dev.keyledger.log.checkpoint.Cosignature;
import dev.keyledger.log.checkpoint.CosignatureSigner;
import dev.keyledger.log.checkpoint.SignedCheckpoint;
import dev.keyledger.log.merkle.Hash;
import dev.keyledger.log.merkle.TreeHead;
import dev.keyledger.log.note.Ed25519Signer;
import dev.keyledger.log.note.NoteSignature;
import dev.keyledger.log.tile.ProofBuilder;
import dev.keyledger.log.verify.MemoryTiles;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A log and a witness talk as C2SP tlog-witness says, without HTTP between them. */
class WitnessProtocolTest {
    private static final String ORIGIN = "audit.example.com/audit/acme";
    private static final long TIME = 1_767_225_600;

    private final Ed25519Signer log = Ed25519Signer.generate(ORIGIN, new SecureRandom());
    private final CosignatureSigner key = new CosignatureSigner(
            Ed25519Signer.generate("witness.example.org/w1", new SecureRandom()), () -> Instant.ofEpochSecond(TIME));
    private final List<AddCheckpoint> asked = new ArrayList<>();
    private TreeHead latest = new TreeHead(0, root(0));

    @Test
    void cosignsWhatGrowsFromWhateverTheLogThinksThatItKnows() throws IOException, VerificationException {
        for (int size : List.of(1, 2, 3, 7, 8, 8, 300, 600)) {
            Submission.Outcome outcome = submission(size, "").send(this::witness, 5);

            assertThat(outcome)
                    .isInstanceOfSatisfying(
                            Submission.Cosigned.class,
                            cosigned -> assertThat(cosigned.cosignature().timestamp())
                                    .isEqualTo(TIME));
            SignedCheckpoint signed = signed(size, "");
            Cosignature cosignature = ((Submission.Cosigned) outcome).cosignature();
            cosignature.verify(key.verifierKey(), signed.note().with(cosignature.line()));
        }
        assertThat(latest.size()).isEqualTo(600);
        assertThat(asked.get(0).oldSize())
                .as("never more than the checkpoint has")
                .isEqualTo(1);
    }

    @Test
    void noticesALogThatWasRolledBack() throws IOException {
        submission(8, "").send(this::witness, 0);

        assertThat(submission(5, "").send(this::witness, 0)).isEqualTo(new Submission.Ahead(8));
        assertThat(latest.size()).isEqualTo(8);
    }

    @ParameterizedTest
    @ValueSource(ints = {8, 9, 300})
    void noticesALogThatWasRewritten(int size) throws IOException {
        submission(8, "").send(this::witness, 0);

        assertThat(submission(size, "other ").send(this::witness, 8))
                .isInstanceOfSatisfying(
                        Submission.Disagrees.class,
                        disagrees -> assertThat(disagrees.size()).isEqualTo(8));
        assertThat(latest).isEqualTo(new TreeHead(8, root(8)));
    }

    @Test
    void doesNotAskAboutATreeThatDoesNotLeadToItsOwnCheckpoint() {
        Submission damaged = new Submission(key.verifierKey(), signed(8, ""), tiles(8, "other "));

        assertThatThrownBy(() -> damaged.send(this::witness, 5)).isInstanceOf(IOException.class);
        assertThat(asked).isEmpty();
    }

    @Test
    void believesNoAnswerThatTheWitnessesKeyDidNotMake() throws IOException {
        CosignatureSigner other = new CosignatureSigner(
                Ed25519Signer.generate(key.name(), new SecureRandom()), () -> Instant.ofEpochSecond(TIME));
        NoteSignature forged = new NoteSignature(
                key.name(), key.keyId(), other.sign(signed(8, "").note().textBytes()));
        for (String answer : List.of("", "nonsense", line(other, 8), forged.format(), line(key, 7))) {
            assertThat(submission(8, "").send(body -> new Submission.Answer(200, "text/plain", answer), 0))
                    .as(answer)
                    .isInstanceOf(Submission.Refused.class);
        }
    }

    @Test
    void givesUpOnAWitnessThatContradictsItself() throws IOException {
        for (Submission.Answer answer : List.of(
                new Submission.Answer(409, WitnessRefusal.SIZE, "3\n"),
                new Submission.Answer(409, WitnessRefusal.SIZE, "-3\n"),
                new Submission.Answer(409, "text/plain", "3\n"),
                new Submission.Answer(404, "text/plain", "unknown log\n"),
                new Submission.Answer(403, "text/plain", ""),
                new Submission.Answer(500, "text/html", "<h1>\u0007</h1>"))) {
            assertThat(submission(8, "").send(body -> answer, 0)).isInstanceOf(Submission.Refused.class);
        }
    }

    @Test
    void readsWhatItWrites() throws IOException {
        submission(8, "").send(this::witness, 3);
        AddCheckpoint request = asked.get(asked.size() - 1);

        assertThat(AddCheckpoint.parse(request.encode())).isEqualTo(request);
        assertThat(new String(request.encode(), StandardCharsets.UTF_8))
                .startsWith("old 0\n\n" + ORIGIN + "\n8\n")
                .endsWith("=\n");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "old 8\n",
                "old 08\n\n",
                "old -1\n\n",
                "OLD 0\n\n",
                "old 0\nnonsense\n\n",
                "old 0 \n\n",
                "\n\n",
                "old 0\n\nnot a checkpoint\n"
            })
    void refusesWhatIsNoRequest(String body) {
        assertThatThrownBy(() -> AddCheckpoint.parse(body.getBytes(StandardCharsets.UTF_8)))
                .isInstanceOf(FormatException.class);
    }

    @Test
    void answersAsTheSpecificationSays() {
        latest = new TreeHead(3, root(3));
        assertThat(refusal(9, List.of(), 8).status()).isEqualTo(400);
        assertThat(refusal(2, List.of(), 8)).isEqualTo(new WitnessRefusal(409, "text/x.tlog.size", "3\n"));
        assertThat(refusal(0, List.of(), 8).body()).isEqualTo("3\n");
        assertThat(refusal(3, List.of(), 8).status()).isEqualTo(422);
        assertThat(refusal(3, List.of(root(1)), 3).status()).isEqualTo(422);
        latest = new TreeHead(0, root(0));
        assertThat(refusal(0, List.of(root(1)), 8).status()).isEqualTo(422);
        SignedCheckpoint falselyEmpty = new Checkpoint(ORIGIN, new TreeHead(0, root(1))).sign(List.of(log));
        assertThat(new AddCheckpoint(0, List.of(), falselyEmpty).refusal(latest).map(WitnessRefusal::status))
                .hasValue(422);
    }

    @Test
    void knowsALogByItsOriginAndAServerByItsPrefix() {
        Ed25519Signer server = Ed25519Signer.generate("kc.example/audit/_server/e2", new SecureRandom());
        WitnessedLogs logs =
                WitnessedLogs.parse("# ours\n\nlog " + log.verifierKey() + "\n logs\t" + server.verifierKey() + "\n");

        assertThat(logs.keys(ORIGIN)).extracting(each -> each.verifierKey()).containsExactly(log.verifierKey());
        assertThat(logs.keys("kc.example/audit/realm")).hasSize(1);
        assertThat(logs.keys("kc.example/audit/realm/e3").get(0).verifierKey().publicKey())
                .isEqualTo(server.verifierKey().publicKey());
        assertThat(logs.keys("kc.example/other")).isEmpty();
        assertThat(logs.keys(ORIGIN + "/e2")).isEmpty();
        for (String bad : List.of("log", "log nonsense", "logs " + key.verifierKey(), "witness " + log.verifierKey())) {
            assertThatThrownBy(() -> WitnessedLogs.parse("\n" + bad))
                    .isInstanceOf(FormatException.class)
                    .hasMessageStartingWith("line 2 of the list of logs ");
        }
    }

    private Submission.Answer witness(byte[] body) {
        AddCheckpoint request = AddCheckpoint.parse(body);
        asked.add(request);
        Optional<WitnessRefusal> refusal = request.refusal(latest);
        if (refusal.isPresent()) {
            return new Submission.Answer(
                    refusal.get().status(), refusal.get().type(), refusal.get().body());
        }
        latest = request.checkpoint().checkpoint().head();
        return new Submission.Answer(200, "text/plain", line(key, (int) latest.size()));
    }

    private String line(CosignatureSigner signer, int size) {
        return new NoteSignature(
                        signer.name(),
                        signer.keyId(),
                        signer.sign(signed(size, "").note().textBytes()))
                .format();
    }

    private WitnessRefusal refusal(long old, List<Hash> proof, int size) {
        return new AddCheckpoint(old, proof, signed(size, "")).refusal(latest).orElseThrow();
    }

    private Submission submission(int size, String kind) {
        return new Submission(key.verifierKey(), signed(size, kind), tiles(size, kind));
    }

    private SignedCheckpoint signed(int size, String kind) {
        try {
            return new Checkpoint(ORIGIN, new ProofBuilder(tiles(size, kind), size).head()).sign(List.of(log));
        } catch (IOException e) {
            throw new IllegalStateException("a tree in memory is read", e);
        }
    }

    private static Hash root(int size) {
        try {
            return new ProofBuilder(tiles(size, ""), size).head().root();
        } catch (IOException e) {
            throw new IllegalStateException("a tree in memory is read", e);
        }
    }

    private static MemoryTiles tiles(int size, String kind) {
        return new MemoryTiles(IntStream.range(0, size)
                .mapToObj(i -> (kind + i).getBytes(StandardCharsets.UTF_8))
                .toList());
    }
}
