package dev.keyledger.audit.key;

import java.io.ByteArrayOutputStream;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** HKDF with SHA-256, RFC 5869. */
final class Hkdf {
    private static final int HASH_SIZE = 32;

    /** Finding the implementation costs more than a code does; a Mac is used by one thread at a time. */
    private static final ThreadLocal<Mac> MAC = ThreadLocal.withInitial(Hkdf::newMac);

    private Hkdf() {}

    /**
     * Derives {@code length} bytes (1 to 8,160) from the input key; different {@code info} gives independent bytes.
     *
     * @param salt may be empty
     */
    static byte[] derive(byte[] inputKey, byte[] salt, byte[] info, int length) {
        byte[] extracted = hmac(salt.length == 0 ? new byte[HASH_SIZE] : salt, inputKey);
        ByteArrayOutputStream okm = new ByteArrayOutputStream();
        byte[] block = new byte[0];
        for (int counter = 1; okm.size() < length; counter++) {
            block = hmac(extracted, block, info, new byte[] {(byte) counter});
            okm.writeBytes(block);
        }
        return Arrays.copyOf(okm.toByteArray(), length);
    }

    /** HMAC-SHA256 over the parts, one after the other. */
    static byte[] hmac(byte[] key, byte[]... parts) {
        try {
            Mac mac = MAC.get();
            mac.init(new SecretKeySpec(key, "HmacSHA256"));
            for (byte[] part : parts) {
                mac.update(part);
            }
            return mac.doFinal();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has HmacSHA256", e);
        }
    }

    private static Mac newMac() {
        try {
            return Mac.getInstance("HmacSHA256");
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has HmacSHA256", e);
        }
    }
}
