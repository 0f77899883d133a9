package dev.keyledger.audit.key;

import dev.keyledger.log.checkpoint.CosignatureSigner;
import dev.keyledger.log.note.Ed25519Signer;
import dev.keyledger.log.note.SignatureType;
import dev.keyledger.log.note.Signer;
import java.time.InstantSource;

/**
 * Makes the signer of a log. BouncyCastle signs 19 times as fast as the JDK and comes with Keycloak, but not with its
 * FIPS variant, whose class path lacks the class: there the JDK signs.
 */
final class LogSigners {
    private LogSigners() {}

    /** Returns the signer whose key is named after the log's origin. */
    static Signer signer(SigningKey key, String origin, InstantSource clock) {
        if (key.type() == SignatureType.ML_DSA_44) {
            return new BouncyCastleMlDsaSigner(origin, key.seed(), key.publicKey(), clock);
        }
        return key.type() == SignatureType.COSIGNATURE
                ? new CosignatureSigner(ed25519(key, origin), clock)
                : ed25519(key, origin);
    }

    private static Signer ed25519(SigningKey key, String origin) {
        try {
            return new BouncyCastleEd25519Signer(origin, key.seed(), key.publicKey());
        } catch (NoClassDefFoundError e) {
            return Ed25519Signer.of(origin, key.seed(), key.publicKey());
        }
    }
}
