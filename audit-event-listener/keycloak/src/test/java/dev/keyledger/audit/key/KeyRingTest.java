package dev.keyledger.audit.key;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import org.junit.jupiter.api.Test;

class KeyRingTest {
    private static final byte[] PLAIN = "Ada Lovelace".getBytes(StandardCharsets.UTF_8);

    private final SecureRandom random = new SecureRandom();
    private final KeyMaterial material = KeyMaterial.generate(random);
    private final KeyRing ring = new KeyRing(material, random);

    @Test
    void isTheSameOnEveryNodeThatHasTheSecrets() throws KeyException {
        KeyRing other = new KeyRing(material, random);
        String code = ring.captureCode("id", "log", "leaf", "parts");
        String wrapped = ring.newSubjectKey("log", "ada");
        String sealed = ring.subjectKey("log", "ada", wrapped).seal(PLAIN, "row");

        assertThat(other.isCaptured(code, "id", "log", "leaf", "parts")).isTrue();
        assertThat(other.reference("log", "ada")).isEqualTo(ring.reference("log", "ada"));
        assertThat(other.stage().open(ring.stage().seal(PLAIN, "row"), "row")).isEqualTo(PLAIN);
        assertThat(other.subjectKey("log", "ada", wrapped).open(sealed, "row")).isEqualTo(PLAIN);
    }

    @Test
    void knowsARowThatAnotherServerMade() {
        String foreign = new KeyRing(KeyMaterial.generate(random), random).captureCode("id", "log", "leaf", "parts");

        assertThat(ring.isCaptured(foreign, "id", "log", "leaf", "parts")).isFalse();
    }

    @Test
    void bindsACaptureCodeToEachPartOfTheRow() {
        String code = ring.captureCode("id", "log", "leaf", "parts");

        assertThat(ring.isCaptured(code, "ie", "log", "leaf", "parts")).isFalse();
        assertThat(ring.isCaptured(code, "id", "loh", "leaf", "parts")).isFalse();
        assertThat(ring.isCaptured(code, "id", "log", "leag", "parts")).isFalse();
        assertThat(ring.isCaptured(code, "id", "log", "leaf", "partt")).isFalse();
        assertThat(ring.isCaptured("", "id", "log", "leaf", "parts")).isFalse();
    }

    @Test
    void tellsPartsApartThatReadTheSameWhenJoined() {
        assertThat(ring.captureCode("i", "dlog", "leaf", "parts"))
                .isNotEqualTo(ring.captureCode("id", "log", "leaf", "parts"));
    }

    @Test
    void refersToOnePersonWhateverTheCase() {
        assertThat(ring.reference("log", "Ada@Example.com")).isEqualTo(ring.reference("log", "ada@example.com"));
    }

    @Test
    void refersToOnePersonDifferentlyInEachLog() {
        assertThat(ring.reference("log", "ada")).isNotEqualTo(ring.reference("other", "ada"));
    }

    @Test
    void fitsAReferenceIntoItsColumn() {
        assertThat(ring.reference("log", "a".repeat(10_000))).matches("[A-Za-z0-9_-]{43}");
    }

    @Test
    void opensASubjectsKeyOnlyForThatSubjectInThatLog() {
        String wrapped = ring.newSubjectKey("log", "ada");

        assertThatExceptionOfType(KeyException.class).isThrownBy(() -> ring.subjectKey("log", "bob", wrapped));
        assertThatExceptionOfType(KeyException.class).isThrownBy(() -> ring.subjectKey("other", "ada", wrapped));
    }

    @Test
    void givesEachSubjectAKeyOfItsOwn() throws KeyException {
        Aead ada = ring.subjectKey("log", "ada", ring.newSubjectKey("log", "ada"));
        Aead bob = ring.subjectKey("log", "bob", ring.newSubjectKey("log", "bob"));
        String sealed = ada.seal(PLAIN, "row");

        assertThatExceptionOfType(KeyException.class).isThrownBy(() -> bob.open(sealed, "row"));
    }

    @Test
    void fitsAWrappedKeyIntoItsColumn() {
        assertThat(ring.newSubjectKey("log", "ada")).hasSizeLessThanOrEqualTo(200);
    }

    @Test
    void hidesTheSecretsFromLogLines() {
        assertThat(material).hasToString("KeyMaterial");
    }
}
