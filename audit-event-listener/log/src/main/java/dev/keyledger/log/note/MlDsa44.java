package dev.keyledger.log.note;

import dev.keyledger.log.FormatException;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.NoSuchAlgorithmException;
import java.security.PublicKey;
import java.security.Signature;
import java.security.SignatureException;
import java.security.spec.X509EncodedKeySpec;
import java.util.HexFormat;

/** The JDK's ML-DSA-44 (FIPS 204) over raw bytes, where the JDK has it: from Java 24 on. */
public final class MlDsa44 {
    /** Bytes of a signature. */
    public static final int SIGNATURE_SIZE = 2_420;

    /** Bytes of a public key. */
    public static final int KEY_SIZE = 1_312;

    private static final String ALGORITHM = "ML-DSA-44";
    private static final byte[] X509_PREFIX = HexFormat.of().parseHex("30820532300b06096086480165030403110382052100");

    private MlDsa44() {}

    /** Whether this Java can verify. */
    public static boolean isSupported() {
        try {
            Signature.getInstance(ALGORITHM);
            return true;
        } catch (NoSuchAlgorithmException e) {
            return false;
        }
    }

    /** Says whether the signature is the key's; ask {@link #isSupported} first. */
    public static boolean verifies(byte[] publicKey, byte[] message, byte[] signature) {
        if (signature.length != SIGNATURE_SIZE) {
            return false;
        }
        try {
            Signature verifier = Signature.getInstance(ALGORITHM);
            verifier.initVerify(publicKey(publicKey));
            verifier.update(message);
            return verifier.verify(signature);
        } catch (SignatureException e) {
            return false;
        } catch (GeneralSecurityException e) {
            throw new FormatException("not an ML-DSA-44 public key, or a Java without ML-DSA", e);
        }
    }

    private static PublicKey publicKey(byte[] raw) throws GeneralSecurityException {
        byte[] encoded = new byte[X509_PREFIX.length + raw.length];
        System.arraycopy(X509_PREFIX, 0, encoded, 0, X509_PREFIX.length);
        System.arraycopy(raw, 0, encoded, X509_PREFIX.length, raw.length);
        return KeyFactory.getInstance(ALGORITHM).generatePublic(new X509EncodedKeySpec(encoded));
    }
}
