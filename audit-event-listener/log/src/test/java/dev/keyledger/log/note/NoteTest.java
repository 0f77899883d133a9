package dev.keyledger.log.note;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.keyledger.log.FormatException;
import dev.keyledger.log.Vectors;
import dev.keyledger.log.VerificationException;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.bouncycastle.crypto.params.Ed25519PrivateKeyParameters;
import org.bouncycastle.crypto.params.Ed25519PublicKeyParameters;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NoteTest {
    private static final String SIGNATURE =
            "\u2014 example.com/foo Uw2QOkn8srV1yJGh2VYRlL1Tnagv1YEq6TfXppzi2ONncAlTgK7Ztg1ERYNZXsYjOBH3mFXmRKuwHjG1"
                    + "Yu72IneyaQM=\n";
    private static final String EXAMPLE = "This is an example message.\n\n" + SIGNATURE;
    private static final VerifierKey KEY =
            VerifierKey.parse("example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k");

    private final JsonNode vectors = Vectors.tlog().get("note");

    @Test
    void opensTheExampleOfTheSpecification() throws VerificationException {
        Note note = Note.parse(EXAMPLE);

        assertThat(note.text()).isEqualTo("This is an example message.\n");
        assertThat(note.verify(List.of(new Ed25519Verifier(KEY)))).hasSize(1);
        assertThat(note.format()).isEqualTo(EXAMPLE);
    }

    @Test
    void signsTheVectorByteForByte() {
        Ed25519Signer signer = Ed25519Signer.of(
                vectors.get("name").asText(),
                Vectors.hex(vectors.get("ed25519_seed")),
                Vectors.hex(vectors.get("ed25519_pub")));

        assertThat(signer.verifierKey()).hasToString(vectors.get("vkey").asText());
        assertThat(signer.verifierKey().keyIdHex())
                .isEqualTo(vectors.get("key_id").asText());
        assertThat(Note.sign(vectors.get("body").asText(), List.of(signer)).format())
                .isEqualTo(vectors.get("note").asText());
    }

    @Test
    void verifiesWhatBouncyCastleSigned() throws VerificationException {
        Signer signer = bouncyCastle("log.example/bc");

        Note note = Note.parse(
                Note.sign("signed by BouncyCastle\n", List.of(signer)).format());

        assertThat(note.verify(List.of(new Ed25519Verifier(signer.verifierKey()))))
                .hasSize(1);
    }

    @Test
    void signsWhatBouncyCastleVerifies() {
        Signer signer = Ed25519Signer.generate("log.example/jdk", new SecureRandom());
        byte[] message = "signed by the JDK\n".getBytes(StandardCharsets.UTF_8);
        org.bouncycastle.crypto.signers.Ed25519Signer verifier = new org.bouncycastle.crypto.signers.Ed25519Signer();
        verifier.init(false, new Ed25519PublicKeyParameters(signer.verifierKey().publicKey(), 0));
        verifier.update(message, 0, message.length);

        assertThat(verifier.verifySignature(signer.sign(message))).isTrue();
    }

    @Test
    void skipsLinesOfUnknownKeys() throws VerificationException {
        Signer stranger = Ed25519Signer.generate("stranger.example", new SecureRandom());
        String mldsa = vectors.get("mldsa_line").asText().strip() + "\n";
        NoteSignature strange = Note.sign("This is an example message.\n", List.of(stranger))
                .signatures()
                .get(0);
        Note note = Note.parse("This is an example message.\n\n" + strange + "\n" + mldsa + SIGNATURE);

        assertThat(note.signatures()).hasSize(3);
        assertThat(note.verify(List.of(new Ed25519Verifier(KEY)))).hasSize(1);
    }

    @Test
    void acceptsAtLeastSixteenSignatures() throws VerificationException {
        StringBuilder note = new StringBuilder("This is an example message.\n\n");
        for (int i = 0; i < 40; i++) {
            note.append("\u2014 other.example/").append(i).append(" AAAAAAA=\n");
        }

        assertThat(Note.parse(note + SIGNATURE).verify(List.of(new Ed25519Verifier(KEY))))
                .hasSize(1);
    }

    @Test
    void refusesANoteWithoutAKnownKey() {
        assertThatThrownBy(() -> Note.parse(EXAMPLE).verify(List.of()))
                .isInstanceOf(VerificationException.class)
                .hasMessageStartingWith("note has no signature by a known key");
    }

    @Test
    void refusesEveryChangedByteOfTheTextOrTheSignature() {
        List<Integer> survived = new ArrayList<>();
        byte[] good = EXAMPLE.getBytes(StandardCharsets.UTF_8);
        for (int at = 0; at < good.length; at++) {
            for (int bit = 0; bit < 8; bit++) {
                byte[] bad = good.clone();
                bad[at] ^= (byte) (1 << bit);
                try {
                    Note.parse(bad).verify(List.of(new Ed25519Verifier(KEY)));
                    survived.add(at);
                } catch (FormatException | VerificationException e) {
                    assertThat(e).hasMessageNotContaining("\n");
                }
            }
        }
        assertThat(survived).isEmpty();
    }

    @Test
    void splitsAtTheLastEmptyLine() {
        assertThat(Note.parse("a\n\nb\n\n" + SIGNATURE).text()).isEqualTo("a\n\nb\n");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "\n",
                "text\n",
                "text\n\n",
                "text\n\nno dash\n",
                "text\n\n\u2014 name\n",
                "text\n\n\u2014 name AAAA\n",
                "text\n\n\u2014 name AAAAAAA\n",
                "text\n\n\u2014 name AAAAAAB=\n",
                "text\n\n\u2014 na+me AAAAAAA=\n",
                "text\n\n\u2014  AAAAAAA=\n",
                "te\txt\n\n\u2014 name AAAAAAA=\n",
                "text\r\n\n\u2014 name AAAAAAA=\n",
                "text\n\n\u2014 name AAAAAAA="
            })
    void refusesWhatIsNoNote(String text) {
        assertThatThrownBy(() -> Note.parse(text)).isInstanceOf(FormatException.class);
    }

    @Test
    void refusesTextThatIsNotUtf8() {
        byte[] latin = "caf\u00e9\n\n\u2014 name AAAAAAA=\n".getBytes(StandardCharsets.ISO_8859_1);

        assertThatThrownBy(() -> Note.parse(latin)).hasMessage("note is not UTF-8");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "name",
                "name+530d903a",
                "name+530d903a+",
                "example.com/foo+530d903b+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k",
                "example.com/foo+530D903A+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k",
                "example.com/foo+530d903a+Aeky",
                "+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k"
            })
    void refusesWhatIsNoVkey(String vkey) {
        assertThatThrownBy(() -> VerifierKey.parse(vkey)).isInstanceOf(FormatException.class);
    }

    @Test
    void keepsAPlusInTheKeyOfAVkey() {
        byte[] key = Base64.getDecoder().decode("+/+/+/+/+/+/+/+/+/+/+/+/+/+/+/+/+/+/+/+/+/8=");
        String vkey = VerifierKey.ed25519("a.example", key).toString();

        assertThat(VerifierKey.parse(vkey).publicKey()).isEqualTo(key);
    }

    private static Signer bouncyCastle(String name) {
        Ed25519PrivateKeyParameters key = new Ed25519PrivateKeyParameters(new SecureRandom());
        VerifierKey vkey = VerifierKey.ed25519(name, key.generatePublicKey().getEncoded());
        return new Signer() {
            @Override
            public VerifierKey verifierKey() {
                return vkey;
            }

            @Override
            public byte[] sign(byte[] text) {
                org.bouncycastle.crypto.signers.Ed25519Signer signer =
                        new org.bouncycastle.crypto.signers.Ed25519Signer();
                signer.init(true, key);
                signer.update(text, 0, text.length);
                return signer.generateSignature();
            }
        };
    }
}
