package dev.keyledger.log.note;

/**
 * A private key that signs notes. A port: the server signs with BouncyCastle or, later, a key management service; tests
 * sign with {@link Ed25519Signer}. An implementation must be safe for use by many threads.
 */
public interface Signer {
    /** The public half: its name, key ID and type byte are what the signature line carries. */
    VerifierKey verifierKey();

    /**
     * Signs the text of a note and returns the bytes that follow the key ID in the signature line: 64 bytes for {@link
     * SignatureType#ED25519}; the timestamp and the signature for the cosignature types.
     *
     * @param text the text in UTF-8 with its final newline, without the empty line
     */
    byte[] sign(byte[] text);

    default String name() {
        return verifierKey().name();
    }

    default int keyId() {
        return verifierKey().keyId();
    }

    default byte type() {
        return verifierKey().type();
    }
}
