package dev.keyledger.log.note;

import java.util.Arrays;
import java.util.Base64;

/**
 * One signature line of a note: {@code — <name> <base64 of key ID || signature>}. What the signature bytes hold depends
 * on the type of the key; for Ed25519 they are the 64 bytes of the signature. Immutable.
 */
public final class NoteSignature {
    private final String name;
    private final int keyId;
    private final byte[] signature;

    public NoteSignature(String name, int keyId, byte[] signature) {
        this.name = KeyName.check(name);
        this.keyId = keyId;
        this.signature = signature.clone();
    }

    public String name() {
        return name;
    }

    public int keyId() {
        return keyId;
    }

    /** A copy of the bytes after the key ID. */
    public byte[] signature() {
        return signature.clone();
    }

    /** Says whether the line names this key; it says nothing about the signature. */
    public boolean isBy(VerifierKey key) {
        return keyId == key.keyId() && name.equals(key.name());
    }

    /** The line with its final newline. */
    public String format() {
        byte[] payload = new byte[signature.length + 4];
        payload[0] = (byte) (keyId >>> 24);
        payload[1] = (byte) (keyId >>> 16);
        payload[2] = (byte) (keyId >>> 8);
        payload[3] = (byte) keyId;
        System.arraycopy(signature, 0, payload, 4, signature.length);
        return Note.SIGNATURE_PREFIX + name + " " + Base64.getEncoder().encodeToString(payload) + "\n";
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof NoteSignature line
                && keyId == line.keyId
                && name.equals(line.name)
                && Arrays.equals(signature, line.signature);
    }

    @Override
    public int hashCode() {
        return keyId;
    }

    @Override
    public String toString() {
        return format().strip();
    }
}
