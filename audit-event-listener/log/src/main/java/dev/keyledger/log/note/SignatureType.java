package dev.keyledger.log.note;

/** The type bytes of keys and signatures that the C2SP signed-note specification hands out and this log meets. */
public final class SignatureType {
    /** Ed25519 over the text of the note. */
    public static final byte ED25519 = 0x01;

    /** Timestamped Ed25519 cosignature, {@code cosignature/v1}. */
    public static final byte COSIGNATURE = 0x04;

    /** Timestamped ML-DSA-44 cosignature, {@code subtree/v1}. Verified by a JDK that has ML-DSA. */
    public static final byte ML_DSA_44 = 0x06;

    private SignatureType() {}

    /** Returns the name that a report shows for a type byte. */
    public static String describe(byte type) {
        return switch (type) {
            case ED25519 -> "Ed25519";
            case COSIGNATURE -> "Ed25519 cosignature";
            case ML_DSA_44 -> "ML-DSA-44 cosignature";
            default -> "type 0x" + Integer.toHexString(type & 0xff);
        };
    }
}
