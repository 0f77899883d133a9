package dev.keyledger.log.entry;

import dev.keyledger.log.FormatException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;

/**
 * The 32 random bytes that key a commitment. A secret while its value is one: whoever lacks it cannot test guesses of
 * the value against the leaf. Immutable.
 */
public final class Salt {
    /** Bytes of a salt. */
    public static final int SIZE = 32;

    private final byte[] bytes;

    private Salt(byte[] bytes) {
        this.bytes = bytes;
    }

    /** Draws a new salt. */
    public static Salt random(SecureRandom random) {
        byte[] bytes = new byte[SIZE];
        random.nextBytes(bytes);
        return new Salt(bytes);
    }

    /** Copies 32 bytes. */
    public static Salt of(byte[] bytes) {
        if (bytes.length != SIZE) {
            throw new FormatException("salt has " + bytes.length + " bytes, want " + SIZE);
        }
        return new Salt(bytes.clone());
    }

    /** Parses 43 characters of unpadded base64url. */
    public static Salt parse(String base64url) {
        try {
            Salt salt = of(Base64.getUrlDecoder().decode(base64url));
            if (salt.encode().equals(base64url)) {
                return salt;
            }
        } catch (IllegalArgumentException e) {
            throw new FormatException("salt is not 32 bytes in base64url", e);
        }
        throw new FormatException("salt is not in canonical base64url");
    }

    /** Unpadded base64url, 43 characters. */
    public String encode() {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    public byte[] toBytes() {
        return bytes.clone();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Salt salt && Arrays.equals(bytes, salt.bytes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bytes);
    }

    /** Hides the bytes, so that no log line shows them. */
    @Override
    public String toString() {
        return "Salt";
    }
}
