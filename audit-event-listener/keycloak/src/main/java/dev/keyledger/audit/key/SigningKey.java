package dev.keyledger.audit.key;

import dev.keyledger.log.note.SignatureType;
import dev.keyledger.log.note.Signer;
import dev.keyledger.log.note.VerifierKey;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.security.spec.NamedParameterSpec;
import java.time.InstantSource;
import java.util.Arrays;

/** A private key that signs every log of the server, under a name of its own in each, or cosigns the logs of others. */
public final class SigningKey {
    private static final int SEED_SIZE = 32;

    private final byte type;
    private final byte[] seed;
    private final byte[] publicKey;

    /**
     * @param type {@link SignatureType#ED25519}, {@link SignatureType#ML_DSA_44} or {@link SignatureType#COSIGNATURE}
     * @param seed 32 bytes (RFC 8032, FIPS 204)
     * @param publicKey the raw public key of the seed
     */
    public SigningKey(byte type, byte[] seed, byte[] publicKey) {
        if (seed.length != SEED_SIZE) {
            throw new IllegalArgumentException("seed has " + seed.length + " bytes, want " + SEED_SIZE);
        }
        this.type = type;
        this.seed = seed.clone();
        this.publicKey = publicKey.clone();
    }

    /** Draws a new Ed25519 key. */
    public static SigningKey generate(SecureRandom random) {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("Ed25519");
            generator.initialize(NamedParameterSpec.ED25519, random);
            KeyPair pair = generator.generateKeyPair();
            return new SigningKey(
                    SignatureType.ED25519,
                    last(pair.getPrivate().getEncoded()),
                    last(pair.getPublic().getEncoded()));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK from 15 on has Ed25519", e);
        }
    }

    /** Draws a new key to cosign the checkpoints of others with. */
    public static SigningKey generateWitness(SecureRandom random) {
        SigningKey key = generate(random);
        return new SigningKey(SignatureType.COSIGNATURE, key.seed, key.publicKey);
    }

    /** Draws a new ML-DSA-44 key; needs a BouncyCastle that has it. */
    public static SigningKey generateMlDsa(SecureRandom random) {
        byte[] seed = new byte[SEED_SIZE];
        random.nextBytes(seed);
        return new SigningKey(SignatureType.ML_DSA_44, seed, BouncyCastleMlDsaSigner.publicKey(seed));
    }

    public byte type() {
        return type;
    }

    public byte[] seed() {
        return seed.clone();
    }

    public byte[] publicKey() {
        return publicKey.clone();
    }

    /** The key under the name of a log. */
    public VerifierKey verifierKey(String origin) {
        return VerifierKey.of(origin, type, publicKey);
    }

    /**
     * Signs under the name of a log.
     *
     * @param clock whose time a cosignature bears
     */
    public Signer signer(String origin, InstantSource clock) {
        return LogSigners.signer(this, origin, clock);
    }

    /** Hides the seed, so that no log line shows it. */
    @Override
    public String toString() {
        return "SigningKey";
    }

    /** Both PKCS#8 and X.509 end in the 32 raw bytes. */
    private static byte[] last(byte[] encoded) {
        return Arrays.copyOfRange(encoded, encoded.length - SEED_SIZE, encoded.length);
    }
}
