package dev.keyledger.audit.key;

import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;

/**
 * The one secret of a server, 32 random bytes that all its nodes share. Everything else is derived from it or sealed
 * under it: whoever has it and the database can read every private part and sign in the log's name.
 */
public final class MasterKey {
    static final int SIZE = 32;

    private static final int FINGERPRINT_SIZE = 16;
    private static final byte[] NO_SALT = new byte[0];

    private final byte[] bytes;

    public MasterKey(byte[] bytes) {
        if (bytes.length != SIZE) {
            throw new IllegalArgumentException("master key has " + bytes.length + " bytes, want " + SIZE);
        }
        this.bytes = bytes.clone();
    }

    /** Draws a new one. */
    public static MasterKey generate(SecureRandom random) {
        byte[] bytes = new byte[SIZE];
        random.nextBytes(bytes);
        return new MasterKey(bytes);
    }

    /** Reads base64, 44 characters. */
    static MasterKey parse(String base64) throws KeyException {
        try {
            byte[] bytes = Base64.getDecoder().decode(base64);
            if (bytes.length != SIZE) {
                throw new KeyException("key has " + bytes.length + " bytes, want " + SIZE);
            }
            return new MasterKey(bytes);
        } catch (IllegalArgumentException e) {
            throw new KeyException("key is not base64", e);
        }
    }

    public byte[] bytes() {
        return bytes.clone();
    }

    /** Tells the key from another one and reveals nothing of it: 22 characters. */
    public String fingerprint() {
        byte[] derived = Hkdf.derive(
                bytes, NO_SALT, "keyledger/fingerprint/v1".getBytes(StandardCharsets.UTF_8), FINGERPRINT_SIZE);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(derived);
    }

    /** What seals other secrets, older master keys and signing keys, under this one. */
    public Aead custodian(SecureRandom random) {
        return new Aead(derive("keyledger/custody/v1"), random);
    }

    /** Working keys under different labels are independent of each other. */
    byte[] derive(String label) {
        return Hkdf.derive(bytes, NO_SALT, label.getBytes(StandardCharsets.UTF_8), Aead.KEY_SIZE);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof MasterKey key && Arrays.equals(bytes, key.bytes);
    }

    @Override
    public int hashCode() {
        return fingerprint().hashCode();
    }

    /** Hides the bytes, so that no log line shows them. */
    @Override
    public String toString() {
        return "MasterKey " + fingerprint();
    }
}
