package dev.keyledger.audit.key;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.Base64;
import java.util.List;
import java.util.Locale;

/**
 * The working keys that are derived from the master keys, each under a label of its own, and their uses. Everything new
 * is written under the newest master key; what was written under an older one is still read. Thread-safe.
 */
public final class KeyRing {
    private final MasterKeys masters;
    private final List<Derived> derived;
    private final InstantSource clock;
    private final SecureRandom random;

    public KeyRing(MasterKeys masters, InstantSource clock, SecureRandom random) {
        this.masters = masters;
        this.clock = clock;
        this.random = random;
        this.derived = masters.generations().stream()
                .map(generation -> new Derived(generation, random))
                .toList();
    }

    /** The master keys that this is derived from. */
    public MasterKeys masters() {
        return masters;
    }

    /** One ring per master key, the newest first: what was written under it, and nothing else, agrees with it. */
    public List<KeyRing> each() {
        return masters.generations().stream()
                .map(generation -> new KeyRing(new MasterKeys(List.of(generation)), clock, random))
                .toList();
    }

    /** Encrypts private parts between capture and sealing. */
    public String sealStaged(byte[] parts, String id) {
        return newest().stage.seal(parts, id);
    }

    /** Decrypts what {@link #sealStaged} made, for the same id. */
    public byte[] openStaged(String sealed, String id) throws KeyException {
        return firstThatOpens(key -> key.stage.open(sealed, id));
    }

    /** Says that this server made a staged row: base64 of 32 bytes over the id, the log, the leaf and the private part. */
    public String captureCode(String id, String logId, String leaf, String sealedParts) {
        return captureCode(newest(), id, logId, leaf, sealedParts);
    }

    /**
     * Whether a staged row bears the code of {@link #captureCode}; compares in constant time. An older master key's code
     * counts for as long as other nodes may still stage under it, no longer: an old backup of the database may hold it.
     */
    public boolean isCaptured(String code, String id, String logId, String leaf, String sealedParts) {
        long now = clock.millis();
        return derived.stream()
                .filter(key -> now <= key.capturesUntil)
                .anyMatch(
                        key -> MessageDigest.isEqual(utf8(code), utf8(captureCode(key, id, logId, leaf, sealedParts))));
    }

    /**
     * A keyed reference to an id, name or address, to be stored: equal for equal text (case is ignored) within one log
     * and under one master key, unlinkable between logs and meaningless without the index key. 43 characters.
     */
    public String newReference(String logId, String text) {
        return reference(newest(), logId, text);
    }

    /** All references that a text may have been stored under, the newest first; a search looks for any of them. */
    public List<String> references(String logId, String text) {
        return derived.stream().map(key -> reference(key, logId, text)).toList();
    }

    /** The number of the master key that {@link #policyCode} makes a code with. */
    public int generation() {
        return masters.newest().number();
    }

    /** Says that this server stored a realm's capture policy: base64 of 32 bytes over the realm and the policy. */
    public String policyCode(String realmId, String policy) {
        return policyCode(newest(), realmId, policy);
    }

    /**
     * Whether a realm's capture policy bears the code of {@link #policyCode}, made with the master key of this number,
     * which may have been replaced since; compares in constant time.
     */
    public boolean isPolicy(String code, int generation, String realmId, String policy) {
        return derived.stream()
                .filter(key -> key.number == generation)
                .anyMatch(key -> MessageDigest.isEqual(utf8(code), utf8(policyCode(key, realmId, policy))));
    }

    /** Encrypts what a sink is told by, its secrets among it, for one place. */
    public String sealSink(String settings, String place) {
        return newest().sink.seal(utf8(settings), place);
    }

    /** Decrypts what {@link #sealSink} made, for the same place. */
    public String openSink(String sealed, String place) throws KeyException {
        return new String(firstThatOpens(key -> key.sink.open(sealed, place)), StandardCharsets.UTF_8);
    }

    /** Draws the key of one data subject and wraps it for storage. */
    public String newSubjectKey(String logId, String subjectRef) {
        byte[] key = new byte[Aead.KEY_SIZE];
        random.nextBytes(key);
        return newest().wrap.seal(key, subjectContext(logId, subjectRef));
    }

    /** Unwraps the key of one data subject. */
    public Aead subjectKey(String logId, String subjectRef, String wrapped) throws KeyException {
        return new Aead(firstThatOpens(key -> key.wrap.open(wrapped, subjectContext(logId, subjectRef))), random);
    }

    private Derived newest() {
        return derived.get(0);
    }

    private byte[] firstThatOpens(Opening opening) throws KeyException {
        KeyException failure = null;
        for (Derived key : derived) {
            try {
                return opening.with(key);
            } catch (KeyException e) {
                failure = failure == null ? e : failure;
            }
        }
        throw failure == null ? new KeyException("there is no key") : failure;
    }

    private static String captureCode(Derived key, String id, String logId, String leaf, String sealedParts) {
        byte[] code = Hkdf.hmac(
                key.capture,
                utf8("keyledger/capture/v1\0" + id + '\0' + logId + '\0' + leaf + '\0'),
                sha256(utf8(sealedParts)));
        return Base64.getEncoder().encodeToString(code);
    }

    private static String policyCode(Derived key, String realmId, String policy) {
        byte[] code = Hkdf.hmac(key.policy, utf8("keyledger/policy/v1\0" + realmId + '\0'), sha256(utf8(policy)));
        return Base64.getEncoder().encodeToString(code);
    }

    private static String reference(Derived key, String logId, String text) {
        byte[] code = Hkdf.hmac(key.index, utf8(logId + '\0' + text.toLowerCase(Locale.ROOT)));
        return Base64.getUrlEncoder().withoutPadding().encodeToString(code);
    }

    private static String subjectContext(String logId, String subjectRef) {
        return logId + '\0' + subjectRef;
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

    @FunctionalInterface
    private interface Opening {
        byte[] with(Derived key) throws KeyException;
    }

    private static final class Derived {
        private final Aead stage;
        private final Aead wrap;
        private final Aead sink;
        private final byte[] capture;
        private final byte[] index;
        private final byte[] policy;
        private final int number;
        private final long capturesUntil;

        Derived(MasterKeys.Generation generation, SecureRandom random) {
            MasterKey master = generation.key();
            this.stage = new Aead(master.derive("keyledger/stage/v1"), random);
            this.wrap = new Aead(master.derive("keyledger/subject-key/v1"), random);
            this.sink = new Aead(master.derive("keyledger/sink/v1"), random);
            this.capture = master.derive("keyledger/capture/v1");
            this.index = master.derive("keyledger/index/v1");
            this.policy = master.derive("keyledger/policy/v1");
            this.number = generation.number();
            this.capturesUntil = generation.capturesUntil();
        }
    }
}
