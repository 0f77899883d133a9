package dev.keyledger.audit.key;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class KeyRingTest {
    private static final byte[] PLAIN = "Ada Lovelace".getBytes(StandardCharsets.UTF_8);

    private final SecureRandom random = new SecureRandom();
    private final MasterKey master = MasterKey.generate(random);
    private final KeyRing ring = ring(MasterKeys.only(master));
    private long now = 1_000;

    @Test
    void isTheSameOnEveryNodeThatHasTheSecrets() throws KeyException {
        KeyRing other = ring(MasterKeys.only(master));
        String code = ring.captureCode("id", "log", "leaf", "parts");
        String wrapped = ring.newSubjectKey("log", "ada");
        String sealed = ring.subjectKey("log", "ada", wrapped).seal(PLAIN, "row");

        assertThat(other.isCaptured(code, "id", "log", "leaf", "parts")).isTrue();
        assertThat(other.newReference("log", "ada")).isEqualTo(ring.newReference("log", "ada"));
        assertThat(other.openStaged(ring.sealStaged(PLAIN, "row"), "row")).isEqualTo(PLAIN);
        assertThat(other.subjectKey("log", "ada", wrapped).open(sealed, "row")).isEqualTo(PLAIN);
    }

    @Test
    void knowsARowThatAnotherServerMade() {
        String foreign = ring(MasterKeys.only(MasterKey.generate(random))).captureCode("id", "log", "leaf", "parts");

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
        assertThat(ring.newReference("log", "Ada@Example.com")).isEqualTo(ring.newReference("log", "ada@example.com"));
    }

    @Test
    void refersToOnePersonDifferentlyInEachLog() {
        assertThat(ring.newReference("log", "ada")).isNotEqualTo(ring.newReference("other", "ada"));
    }

    @Test
    void fitsAReferenceIntoItsColumn() {
        assertThat(ring.newReference("log", "a".repeat(10_000))).matches("[A-Za-z0-9_-]{43}");
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
        assertThat(master).hasToString("MasterKey " + master.fingerprint());
        assertThat(SigningKey.generate(random)).hasToString("SigningKey");
    }

    @Test
    void readsWhatWasWrittenUnderAnOlderMasterKeyAndWritesUnderTheNewest() throws KeyException {
        KeyRing moved = moved(5_000);
        String wrapped = ring.newSubjectKey("log", "ada");
        String sealed = ring.subjectKey("log", "ada", wrapped).seal(PLAIN, "row");

        assertThat(moved.subjectKey("log", "ada", wrapped).open(sealed, "row")).isEqualTo(PLAIN);
        assertThat(moved.openStaged(ring.sealStaged(PLAIN, "row"), "row")).isEqualTo(PLAIN);
        assertThat(moved.references("log", "ada"))
                .containsExactly(moved.newReference("log", "ada"), ring.newReference("log", "ada"))
                .doesNotHaveDuplicates();
        String later = moved.newSubjectKey("log", "ada");
        assertThatExceptionOfType(KeyException.class).isThrownBy(() -> ring.subjectKey("log", "ada", later));
        String staged = moved.sealStaged(PLAIN, "row");
        assertThatExceptionOfType(KeyException.class).isThrownBy(() -> ring.openStaged(staged, "row"));
    }

    @Test
    void bindsAPolicysCodeToTheRealmThePolicyAndTheKey() {
        KeyRing moved = moved(0);
        String code = ring.policyCode("realm", "policy");

        assertThat(moved.isPolicy(code, 1, "realm", "policy")).isTrue();
        assertThat(moved.isPolicy(code, 2, "realm", "policy")).isFalse();
        assertThat(moved.isPolicy(code, 3, "realm", "policy")).isFalse();
        assertThat(ring.isPolicy(code, 1, "real", "mpolicy")).isFalse();
        assertThat(ring.isPolicy(code, 1, "realm", "Policy")).isFalse();
        assertThat(ring.isPolicy("", 1, "realm", "policy")).isFalse();
        assertThat(moved.generation()).isEqualTo(2);
        assertThat(moved.isPolicy(moved.policyCode("realm", "policy"), 2, "realm", "policy"))
                .isTrue();
    }

    @Test
    void takesTheOldKeysRowsAsLongAsOtherNodesMayMakeThem() {
        KeyRing moved = moved(5_000);
        String code = ring.captureCode("id", "log", "leaf", "parts");

        assertThat(moved.isCaptured(code, "id", "log", "leaf", "parts")).isTrue();
        now = 5_001;
        assertThat(moved.isCaptured(code, "id", "log", "leaf", "parts")).isFalse();
        String own = moved.captureCode("id", "log", "leaf", "parts");
        assertThat(moved.isCaptured(own, "id", "log", "leaf", "parts")).isTrue();
    }

    private KeyRing moved(long capturesUntil) {
        return ring(new MasterKeys(List.of(
                new MasterKeys.Generation(2, MasterKey.generate(random), Long.MAX_VALUE),
                new MasterKeys.Generation(1, master, capturesUntil))));
    }

    private KeyRing ring(MasterKeys masters) {
        return new KeyRing(masters, () -> Instant.ofEpochMilli(now), random);
    }
}
