package dev.keyledger.audit.key;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Locale;

/** The working keys that are derived from the master key, each under a label of its own, and their uses. Thread-safe. */
public final class KeyRing {
    private static final byte[] NO_SALT = new byte[0];

    private final Aead stage;
    private final Aead wrap;
    private final byte[] captureKey;
    private final byte[] indexKey;
    private final SecureRandom random;

    public KeyRing(KeyMaterial material, SecureRandom random) {
        this.random = random;
        this.stage = new Aead(derive(material, "keyledger/stage/v1"), random);
        this.wrap = new Aead(derive(material, "keyledger/subject-key/v1"), random);
        this.captureKey = derive(material, "keyledger/capture/v1");
        this.indexKey = derive(material, "keyledger/index/v1");
    }

    /** Encrypts private parts between capture and sealing. */
    public Aead stage() {
        return stage;
    }

    /** Says that this server made a staged row: base64 of 32 bytes over the id, the log, the leaf and the private part. */
    public String captureCode(String id, String logId, String leaf, String sealedParts) {
        byte[] code = Hkdf.hmac(
                captureKey,
                utf8("keyledger/capture/v1\0" + id + '\0' + logId + '\0' + leaf + '\0'),
                sha256(utf8(sealedParts)));
        return Base64.getEncoder().encodeToString(code);
    }

    /** Whether a staged row bears the code of {@link #captureCode}; compares in constant time. */
    public boolean isCaptured(String code, String id, String logId, String leaf, String sealedParts) {
        return MessageDigest.isEqual(utf8(code), utf8(captureCode(id, logId, leaf, sealedParts)));
    }

    /**
     * A keyed reference to an id, name or address: equal for equal text (case is ignored) within one log, unlinkable
     * between logs and meaningless without the index key. 43 characters.
     */
    public String reference(String logId, String text) {
        byte[] code = Hkdf.hmac(indexKey, utf8(logId + '\0' + text.toLowerCase(Locale.ROOT)));
        return Base64.getUrlEncoder().withoutPadding().encodeToString(code);
    }

    /** Draws the key of one data subject and wraps it for storage. */
    public String newSubjectKey(String logId, String subjectRef) {
        byte[] key = new byte[Aead.KEY_SIZE];
        random.nextBytes(key);
        return wrap.seal(key, subjectContext(logId, subjectRef));
    }

    /** Unwraps the key of one data subject. */
    public Aead subjectKey(String logId, String subjectRef, String wrapped) throws KeyException {
        return new Aead(wrap.open(wrapped, subjectContext(logId, subjectRef)), random);
    }

    private static String subjectContext(String logId, String subjectRef) {
        return logId + '\0' + subjectRef;
    }

    private static byte[] derive(KeyMaterial material, String label) {
        return Hkdf.derive(material.master(), NO_SALT, utf8(label), Aead.KEY_SIZE);
    }

    private static byte[] sha256(byte[] bytes) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(bytes);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
