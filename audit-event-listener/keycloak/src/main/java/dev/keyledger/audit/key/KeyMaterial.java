package dev.keyledger.audit.key;

import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.security.spec.NamedParameterSpec;
import java.util.Arrays;

/**
 * The secrets of one server: all its nodes share them. Whoever has them can read every private part and sign in the
 * log's name.
 */
public final class KeyMaterial {
    private static final int SIZE = 32;

    private final byte[] master;
    private final byte[] seed;
    private final byte[] publicKey;

    /**
     * @param master 32 random bytes
     * @param seed the 32-byte Ed25519 seed (RFC 8032)
     * @param publicKey the 32-byte public key of the seed
     */
    public KeyMaterial(byte[] master, byte[] seed, byte[] publicKey) {
        if (master.length != SIZE || seed.length != SIZE || publicKey.length != SIZE) {
            throw new IllegalArgumentException("master key, seed and public key have " + master.length + ", "
                    + seed.length + " and " + publicKey.length + " bytes, want 32 each");
        }
        this.master = master.clone();
        this.seed = seed.clone();
        this.publicKey = publicKey.clone();
    }

    /** Draws new secrets. */
    public static KeyMaterial generate(SecureRandom random) {
        try {
            byte[] master = new byte[SIZE];
            random.nextBytes(master);
            KeyPairGenerator generator = KeyPairGenerator.getInstance("Ed25519");
            generator.initialize(NamedParameterSpec.ED25519, random);
            KeyPair pair = generator.generateKeyPair();
            return new KeyMaterial(
                    master,
                    last(pair.getPrivate().getEncoded()),
                    last(pair.getPublic().getEncoded()));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK from 15 on has Ed25519", e);
        }
    }

    public byte[] master() {
        return master.clone();
    }

    public byte[] seed() {
        return seed.clone();
    }

    public byte[] publicKey() {
        return publicKey.clone();
    }

    /** Hides the bytes, so that no log line shows them. */
    @Override
    public String toString() {
        return "KeyMaterial";
    }

    /** Both PKCS#8 and X.509 end in the 32 raw bytes. */
    private static byte[] last(byte[] encoded) {
        return Arrays.copyOfRange(encoded, encoded.length - SIZE, encoded.length);
    }
}
