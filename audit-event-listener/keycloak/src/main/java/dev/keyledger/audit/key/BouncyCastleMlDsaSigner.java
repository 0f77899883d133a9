package dev.keyledger.audit.key;

import dev.keyledger.log.checkpoint.Checkpoint;
import dev.keyledger.log.checkpoint.Cosignature;
import dev.keyledger.log.note.SignatureType;
import dev.keyledger.log.note.Signer;
import dev.keyledger.log.note.VerifierKey;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import org.bouncycastle.crypto.CryptoException;
import org.bouncycastle.crypto.params.MLDSAParameters;
import org.bouncycastle.crypto.params.MLDSAPrivateKeyParameters;
import org.bouncycastle.crypto.signers.MLDSASigner;

/**
 * Cosigns checkpoints with BouncyCastle's ML-DSA-44 (FIPS 204), deterministically: {@code subtree/v1} of C2SP
 * tlog-cosignature.
 */
final class BouncyCastleMlDsaSigner implements Signer {
    private static final int MILLIS = 1_000;

    private final VerifierKey verifierKey;
    private final MLDSAPrivateKeyParameters privateKey;
    private final InstantSource clock;

    BouncyCastleMlDsaSigner(String name, byte[] seed, byte[] publicKey, InstantSource clock) {
        this.verifierKey = VerifierKey.of(name, SignatureType.ML_DSA_44, publicKey);
        this.privateKey = new MLDSAPrivateKeyParameters(MLDSAParameters.ml_dsa_44, seed);
        this.clock = clock;
    }

    /** The raw public key of a seed. */
    static byte[] publicKey(byte[] seed) {
        return new MLDSAPrivateKeyParameters(MLDSAParameters.ml_dsa_44, seed).getPublicKey();
    }

    @Override
    public VerifierKey verifierKey() {
        return verifierKey;
    }

    @Override
    public byte[] sign(byte[] text) {
        long time = clock.millis() / MILLIS;
        Checkpoint checkpoint = Checkpoint.parse(new String(text, StandardCharsets.UTF_8));
        byte[] message = Cosignature.subtree(verifierKey.name(), time, checkpoint);
        MLDSASigner signer = new MLDSASigner();
        signer.init(true, privateKey);
        signer.update(message, 0, message.length);
        try {
            byte[] signature = signer.generateSignature();
            return ByteBuffer.allocate(Long.BYTES + signature.length)
                    .putLong(time)
                    .put(signature)
                    .array();
        } catch (CryptoException e) {
            throw new IllegalStateException("a private key that was parsed signs", e);
        }
    }
}
