package dev.keyledger.audit.key;

import dev.keyledger.log.note.Signer;
import dev.keyledger.log.note.VerifierKey;
import org.bouncycastle.crypto.params.Ed25519PrivateKeyParameters;

/** Signs with BouncyCastle's Ed25519. The only class that names BouncyCastle, so that nothing else needs it to load. */
final class BouncyCastleEd25519Signer implements Signer {
    private final VerifierKey verifierKey;
    private final Ed25519PrivateKeyParameters privateKey;

    BouncyCastleEd25519Signer(String name, byte[] seed, byte[] publicKey) {
        this.verifierKey = VerifierKey.ed25519(name, publicKey);
        this.privateKey = new Ed25519PrivateKeyParameters(seed, 0);
    }

    @Override
    public VerifierKey verifierKey() {
        return verifierKey;
    }

    @Override
    public byte[] sign(byte[] text) {
        org.bouncycastle.crypto.signers.Ed25519Signer signer = new org.bouncycastle.crypto.signers.Ed25519Signer();
        signer.init(true, privateKey);
        signer.update(text, 0, text.length);
        return signer.generateSignature();
    }
}
