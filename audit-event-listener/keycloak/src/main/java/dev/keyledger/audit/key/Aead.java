package dev.keyledger.audit.key;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * AES-256-GCM under one key. A sealed text is base64 of the 12-byte nonce, the ciphertext and the 16-byte tag. The
 * context is authenticated and not stored: a text moved to another row does not open. Thread-safe.
 */
public final class Aead {
    /** Bytes of a key. */
    public static final int KEY_SIZE = 32;

    private static final int NONCE_SIZE = 12;
    private static final int TAG_SIZE = 16;

    /** Finding a cipher's implementation costs as much as encrypting a slot; a cipher is used by one thread at a time. */
    private static final ThreadLocal<Cipher> CIPHER = ThreadLocal.withInitial(Aead::newCipher);

    private final SecretKeySpec key;
    private final SecureRandom random;

    /** Takes a key of 32 bytes. */
    public Aead(byte[] key, SecureRandom random) {
        if (key.length != KEY_SIZE) {
            throw new IllegalArgumentException("AES key has " + key.length + " bytes, want " + KEY_SIZE);
        }
        this.key = new SecretKeySpec(key, "AES");
        this.random = random;
    }

    /** Encrypts. */
    public String seal(byte[] plain, String context) {
        byte[] nonce = new byte[NONCE_SIZE];
        random.nextBytes(nonce);
        try {
            byte[] sealed = cipher(Cipher.ENCRYPT_MODE, nonce, context).doFinal(plain);
            byte[] joined = Arrays.copyOf(nonce, NONCE_SIZE + sealed.length);
            System.arraycopy(sealed, 0, joined, NONCE_SIZE, sealed.length);
            return Base64.getEncoder().encodeToString(joined);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has AES/GCM", e);
        }
    }

    /** Decrypts; throws when the text was altered, made with another key, or stands in another context. */
    public byte[] open(String sealed, String context) throws KeyException {
        try {
            byte[] joined = Base64.getDecoder().decode(sealed);
            int min = NONCE_SIZE + TAG_SIZE;
            if (joined.length < min) {
                // Shorter input makes the JDK's cipher throw what is no GeneralSecurityException.
                throw new KeyException("sealed text has " + joined.length + " bytes, want " + min + " or more");
            }
            byte[] nonce = Arrays.copyOf(joined, NONCE_SIZE);
            return cipher(Cipher.DECRYPT_MODE, nonce, context).doFinal(joined, NONCE_SIZE, joined.length - NONCE_SIZE);
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            throw new KeyException("sealed text does not open in this context with this key", e);
        }
    }

    private Cipher cipher(int mode, byte[] nonce, String context) throws GeneralSecurityException {
        Cipher cipher = CIPHER.get();
        cipher.init(mode, key, new GCMParameterSpec(TAG_SIZE * 8, nonce));
        cipher.updateAAD(context.getBytes(StandardCharsets.UTF_8));
        return cipher;
    }

    private static Cipher newCipher() {
        try {
            return Cipher.getInstance("AES/GCM/NoPadding");
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has AES/GCM", e);
        }
    }
}
