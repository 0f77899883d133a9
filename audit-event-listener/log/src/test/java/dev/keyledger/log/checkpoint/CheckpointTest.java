package dev.keyledger.log.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.keyledger.log.FormatException;
import dev.keyledger.log.Vectors;
import dev.keyledger.log.VerificationException;
import dev.keyledger.log.merkle.Hash;
import dev.keyledger.log.note.Ed25519Verifier;
import dev.keyledger.log.note.NoteSignature;
import dev.keyledger.log.note.VerifierKey;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CheckpointTest {
    private static final String ROOT = "XcnaeacGWamtVZy3Ad7ZoqudgjqtL0lgz+Nw7/RgQyg=";

    private final JsonNode vectors = Vectors.tlog().get("note");
    private final VerifierKey logKey = VerifierKey.parse(vectors.get("vkey").asText());
    private final VerifierKey witnessKey =
            VerifierKey.parse(vectors.get("witness_vkey").asText());
    private final SignedCheckpoint example = SignedCheckpoint.parse(Vectors.text("example.checkpoint"));

    @Test
    void readsTheExample() throws VerificationException {
        assertThat(example.checkpoint().origin()).isEqualTo("audit.example.com/kc/realm-a");
        assertThat(example.checkpoint().head().size()).isEqualTo(8);
        assertThat(example.checkpoint().head().root()).isEqualTo(Hash.ofBase64(ROOT));
        assertThat(example.checkpoint().text()).isEqualTo(vectors.get("body").asText());
        assertThat(example.verify(List.of(new Ed25519Verifier(logKey)))).hasSize(1);
        assertThat(example.format()).isEqualTo(Vectors.text("example.checkpoint"));
    }

    @Test
    void keepsExtensionLinesInTheNote() {
        assertThat(Checkpoint.parse("o\n8\n" + ROOT + "\nextension\n").head().size())
                .isEqualTo(8);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "o\n8\n",
                "o\n8\n" + ROOT,
                "\n8\n" + ROOT + "\n",
                "o\n08\n" + ROOT + "\n",
                "o\n-8\n" + ROOT + "\n",
                "o\n+8\n" + ROOT + "\n",
                "o\n99999999999999999999\n" + ROOT + "\n",
                "o\n9999999999999999999\n" + ROOT + "\n",
                "o\n8\nXcna\n",
                "o\n8\n" + ROOT + "\n\n",
                "o\n8\nXcnaeacGWamtVZy3Ad7ZoqudgjqtL0lgz+Nw7/RgQyh=\n"
            })
    void refusesWhatIsNoCheckpoint(String text) {
        assertThatThrownBy(() -> Checkpoint.parse(text)).isInstanceOf(FormatException.class);
    }

    @Test
    void verifiesTheCosignatureOfAWitness() throws VerificationException {
        NoteSignature line = example.note().signatures().get(1);
        Cosignature cosignature = Cosignature.parse(line);

        cosignature.verify(witnessKey, example.note());

        assertThat(cosignature.timestamp()).isEqualTo(vectors.get("timestamp").asLong());
        assertThatThrownBy(() -> new Cosignature(line, cosignature.timestamp() + 1).verify(witnessKey, example.note()))
                .isInstanceOf(VerificationException.class);
        assertThatThrownBy(() -> cosignature.verify(logKey, example.note())).isInstanceOf(VerificationException.class);
    }

    @Test
    void meetsAPolicyWithItsWitness() {
        WitnessPolicy policy = WitnessPolicy.parse("# mine\nlog " + logKey + " https://audit.example.com\n\nwitness w1 "
                + witnessKey + "\ngroup g any w1\nquorum g\n");

        WitnessPolicy.Result result = policy.evaluate(example.note());

        assertThat(policy.logs()).containsExactly(logKey);
        assertThat(result).isEqualTo(new WitnessPolicy.Result(true, 1, Map.of("w1", 1_767_225_600L), List.of()));
    }

    @Test
    void countsNestedGroups() {
        String policy = "witness w1 " + witnessKey
                + "\nwitness w2 other.example+%s\nwitness w3 third.example+%s\n"
                        .formatted(otherKey("other.example"), otherKey("third.example"))
                + "group a 1 w1 w2\ngroup b all a w3\nquorum ";

        assertThat(WitnessPolicy.parse(policy + "a").evaluate(example.note()).satisfied())
                .isTrue();
        assertThat(WitnessPolicy.parse(policy + "b").evaluate(example.note()).satisfied())
                .isFalse();
        assertThat(WitnessPolicy.parse(policy + "none").evaluate(example.note()).satisfied())
                .isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "quorum none\nquorum none",
                "quorum w",
                "log nonsense\nquorum none",
                "witness none example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k\nquorum none",
                "group g 1 w\nquorum g",
                "group g 2\nquorum g",
                "trust everyone\nquorum none"
            })
    void refusesWhatIsNoPolicy(String text) {
        assertThatThrownBy(() -> WitnessPolicy.parse(text)).isInstanceOf(FormatException.class);
    }

    @Test
    void countsNoKeyTwice() {
        VerifierKey renamed = VerifierKey.of("another.example", witnessKey.type(), witnessKey.publicKey());

        assertThatThrownBy(() -> WitnessPolicy.parse(
                        "witness w1 " + witnessKey + "\nwitness w2 " + renamed + "\ngroup both all w1 w2\nquorum both"))
                .hasMessage("policy line 2 has the key of another witness");
    }

    @Test
    void readsTheExampleProof() throws VerificationException {
        TlogProof proof = TlogProof.parse(Vectors.text("example.tlog-proof"));

        assertThat(proof.proof().leafIndex()).isEqualTo(5);
        proof.verify(Vectors.hashes(Vectors.tlog().get("leaf_hashes")).get(5));
        assertThat(proof.format()).isEqualTo(Vectors.text("example.tlog-proof"));
    }

    @Test
    void keepsTheExtraLineOfAProof() {
        String text = Vectors.text("example.tlog-proof").replace("\nindex 5", "\nextra aGk=\nindex 5");

        assertThat(TlogProof.parse(text).extra()).isEqualTo("aGk=");
        assertThat(TlogProof.parse(text).format()).isEqualTo(text);
    }

    private static String otherKey(String name) {
        byte[] key = new byte[32];
        key[0] = (byte) name.charAt(0);
        return VerifierKey.of(name, (byte) 4, key).toString().substring(name.length() + 1);
    }
}
