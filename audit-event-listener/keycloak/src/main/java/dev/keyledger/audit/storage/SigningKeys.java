package dev.keyledger.audit.storage;

import dev.keyledger.audit.key.KeyException;
import dev.keyledger.audit.key.MasterKey;
import dev.keyledger.audit.key.MasterKeys;
import dev.keyledger.audit.key.SigningKey;
import jakarta.persistence.EntityManager;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The signing keys, each sealed under a master key. All nodes read them from the table, so that a rotation reaches them
 * without a restart. Thread-safe.
 */
public final class SigningKeys {
    private final MasterKeys masters;
    private final SecureRandom random;
    private final InstantSource clock;
    private final Map<Integer, SigningKey> opened = new ConcurrentHashMap<>();

    public SigningKeys(MasterKeys masters, SecureRandom random, InstantSource clock) {
        this.masters = masters;
        this.random = random;
        this.clock = clock;
    }

    /**
     * Adds a new key of this type. Commit point: the transaction's commit; the key signs nothing before it has been
     * introduced to a log.
     */
    public void add(EntityManager em, SigningKey key) {
        KeyStorage.lock(em);
        KeyStorage.requireNewest(em, masters);
        MasterKeys.Generation newest = masters.newest();
        persist(em, key, newest.number(), newest.key(), random, clock.millis());
    }

    /** Adds a key of a type of which there is none yet; of several nodes that try, one does. */
    public void addFirst(EntityManager em, SigningKey key) {
        KeyStorage.lock(em);
        if (!has(em, key.type())) {
            add(em, key);
        }
    }

    /** Whether there is a key of this type. */
    public boolean has(EntityManager em, byte type) {
        return all(em).stream().anyMatch(row -> row.type == type);
    }

    /** The newest key of a type; throws when there is none, or it cannot be had. */
    public SigningKey newest(EntityManager em, byte type) {
        SigningKeyEntity row = all(em).stream()
                .filter(each -> each.type == type)
                .reduce((older, newer) -> newer)
                .orElseThrow(() -> new IllegalStateException("AUDIT_SIGNING_KEY has no key of type " + type));
        try {
            return open(row);
        } catch (KeyException e) {
            throw new IllegalStateException("signing key " + row.number + ": " + e.getMessage(), e);
        }
    }

    /** The key of this number. */
    SigningKey open(SigningKeyEntity row) throws KeyException {
        SigningKey known = opened.get(row.number);
        if (known != null) {
            return known;
        }
        MasterKey master = masters.find(row.generation)
                .orElseThrow(() -> new KeyException("signing key " + row.number
                        + " is sealed under a master key that another node has made; restart this node"));
        byte[] seed = master.custodian(random).open(row.sealedSeed, context(row));
        SigningKey key =
                new SigningKey((byte) row.type, seed, Base64.getDecoder().decode(row.publicKey));
        opened.put(row.number, key);
        return key;
    }

    /** All keys, oldest first. */
    static List<SigningKeyEntity> all(EntityManager em) {
        return em.createQuery("select k from SigningKeyEntity k order by k.number", SigningKeyEntity.class)
                .getResultList();
    }

    /** Stores a key behind those that are there. The caller holds the lock of {@link KeyStorage#lock}. */
    static void persist(
            EntityManager em, SigningKey key, int generation, MasterKey master, SecureRandom random, long time) {
        int last = all(em).stream().mapToInt(row -> row.number).max().orElse(0);
        SigningKeyEntity row = new SigningKeyEntity();
        row.number = last + 1;
        row.type = key.type();
        row.publicKey = Base64.getEncoder().encodeToString(key.publicKey());
        row.generation = generation;
        row.sealedSeed = master.custodian(random).seal(key.seed(), context(row));
        row.createdTime = time;
        em.persist(row);
        em.flush();
    }

    /** What a sealed seed is bound to: with another public key beside it, it does not open. */
    private static String context(SigningKeyEntity row) {
        return "signing\0" + row.number + '\0' + row.type + '\0' + row.publicKey;
    }
}
