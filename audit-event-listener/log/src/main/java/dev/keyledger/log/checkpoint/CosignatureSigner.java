package dev.keyledger.log.checkpoint;

import dev.keyledger.log.note.Ed25519;
import dev.keyledger.log.note.SignatureType;
import dev.keyledger.log.note.Signer;
import dev.keyledger.log.note.VerifierKey;
import java.nio.ByteBuffer;
import java.time.InstantSource;

/**
 * Cosigns checkpoints as a witness does, type 0x04: the time and an Ed25519 signature over {@code cosignature/v1}, that
 * time and the text of the note. C2SP tlog-cosignature. Thread-safe when the signer is.
 */
public final class CosignatureSigner implements Signer {
    private static final int MILLIS = 1_000;

    private final Signer ed25519;
    private final VerifierKey verifierKey;
    private final InstantSource clock;

    /** @param ed25519 the same key under the same name, as one of type 0x01 */
    public CosignatureSigner(Signer ed25519, InstantSource clock) {
        this.ed25519 = ed25519;
        this.verifierKey = VerifierKey.of(
                ed25519.name(), SignatureType.COSIGNATURE, ed25519.verifierKey().publicKey());
        this.clock = clock;
    }

    @Override
    public VerifierKey verifierKey() {
        return verifierKey;
    }

    @Override
    public byte[] sign(byte[] text) {
        long time = clock.millis() / MILLIS;
        return ByteBuffer.allocate(Long.BYTES + Ed25519.SIGNATURE_SIZE)
                .putLong(time)
                .put(ed25519.sign(Cosignature.message(time, text)))
                .array();
    }
}
