package dev.keyledger.audit.key;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Base64;
import org.junit.jupiter.api.Test;

class AeadTest {
    private static final byte[] PLAIN = "who did it".getBytes(StandardCharsets.UTF_8);

    private final SecureRandom random = new SecureRandom();
    private final Aead aead = new Aead(key(1), random);

    @Test
    void opensWhatItSealed() throws KeyException {
        assertThat(aead.open(aead.seal(PLAIN, "row 1"), "row 1")).isEqualTo(PLAIN);
    }

    @Test
    void opensAnEmptyText() throws KeyException {
        assertThat(aead.open(aead.seal(new byte[0], "row 1"), "row 1")).isEmpty();
    }

    @Test
    void sealsTheSameTextDifferentlyEachTime() {
        assertThat(aead.seal(PLAIN, "row 1")).isNotEqualTo(aead.seal(PLAIN, "row 1"));
    }

    @Test
    void showsNothingOfTheText() {
        byte[] sealed = Base64.getDecoder().decode(aead.seal(PLAIN, "row 1"));

        assertThat(new String(sealed, StandardCharsets.ISO_8859_1)).doesNotContain("who did it");
    }

    @Test
    void refusesATextThatWasMovedToAnotherRow() {
        String sealed = aead.seal(PLAIN, "row 1");

        assertThatExceptionOfType(KeyException.class).isThrownBy(() -> aead.open(sealed, "row 2"));
    }

    @Test
    void refusesAnotherKey() {
        String sealed = aead.seal(PLAIN, "row 1");

        assertThatExceptionOfType(KeyException.class).isThrownBy(() -> new Aead(key(2), random).open(sealed, "row 1"));
    }

    @Test
    void refusesATextOfWhichAnyBitWasFlipped() {
        byte[] sealed = Base64.getDecoder().decode(aead.seal(PLAIN, "row 1"));

        for (int bit = 0; bit < sealed.length * 8; bit++) {
            byte[] flipped = sealed.clone();
            flipped[bit / 8] ^= (byte) (1 << (bit % 8));
            String text = Base64.getEncoder().encodeToString(flipped);
            assertThatExceptionOfType(KeyException.class).as("bit %d", bit).isThrownBy(() -> aead.open(text, "row 1"));
        }
    }

    @Test
    void refusesWhatIsNoSealedText() {
        for (String text : new String[] {"", "AAAA", "not base64!", "A".repeat(16), "A".repeat(36)}) {
            assertThatExceptionOfType(KeyException.class).as(text).isThrownBy(() -> aead.open(text, "row 1"));
        }
    }

    @Test
    void wantsAKeyOf32Bytes() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Aead(new byte[16], random))
                .withMessage("AES key has 16 bytes, want 32");
    }

    private static byte[] key(int first) {
        byte[] key = new byte[Aead.KEY_SIZE];
        key[0] = (byte) first;
        return key;
    }
}
