package dev.keyledger.log.note;

import dev.keyledger.log.FormatException;
import dev.keyledger.log.VerificationException;
import java.util.Map;

/** Checks {@link SignatureType#ED25519} signatures with the JDK. Immutable and thread-safe. */
public record Ed25519Verifier(VerifierKey verifierKey) implements Verifier {
    public Ed25519Verifier {
        if (verifierKey.type() != SignatureType.ED25519) {
            throw new FormatException("key " + verifierKey.keyIdHex() + " is of type "
                    + SignatureType.describe(verifierKey.type()) + ", want Ed25519");
        }
    }

    @Override
    public void verify(byte[] text, NoteSignature signature) throws VerificationException {
        if (!Ed25519.verifies(verifierKey.publicKey(), text, signature.signature())) {
            throw new VerificationException(
                    "signature by " + FormatException.quote(verifierKey.name()) + " (key ID " + verifierKey.keyIdHex()
                            + ") does not verify",
                    Map.of("vkey", verifierKey.toString(), "signature line", signature.toString()));
        }
    }
}
