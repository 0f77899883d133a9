package dev.keyledger.audit.key;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.keyledger.log.Vectors;
import dev.keyledger.log.note.Note;
import dev.keyledger.log.note.SignatureType;
import dev.keyledger.log.note.Signer;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;

class BouncyCastleMlDsaSignerTest {
    private final JsonNode vectors = Vectors.tlog().get("note");
    private final byte[] seed = Vectors.hex(vectors.get("mldsa_seed"));

    @Test
    void derivesTheKeyOfTheVector() {
        assertThat(BouncyCastleMlDsaSigner.publicKey(seed))
                .isEqualTo(
                        Base64.getDecoder().decode(vectors.get("mldsa_pub_b64").asText()));
    }

    @Test
    void writesTheLineOfTheVector() {
        SigningKey key = new SigningKey(SignatureType.ML_DSA_44, seed, BouncyCastleMlDsaSigner.publicKey(seed));
        Instant time = Instant.ofEpochSecond(vectors.get("timestamp").asLong());
        Signer signer = key.signer(vectors.get("name").asText(), () -> time);

        assertThat(signer.verifierKey()).hasToString(vectors.get("mldsa_vkey").asText());
        String note = Note.sign(vectors.get("body").asText(), List.of(signer)).format();
        assertThat(note).endsWith(vectors.get("mldsa_line").asText().strip() + "\n");
    }

    @Test
    void drawsAKeyThatFitsItsColumn() {
        SigningKey key = SigningKey.generateMlDsa(new SecureRandom());

        assertThat(key.publicKey()).hasSize(1_312);
        assertThat(Base64.getEncoder().encodeToString(key.publicKey())).hasSizeLessThanOrEqualTo(1_800);
    }
}
