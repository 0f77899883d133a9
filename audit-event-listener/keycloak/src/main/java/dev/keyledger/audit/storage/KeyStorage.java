package dev.keyledger.audit.storage;

import dev.keyledger.audit.key.Custody;
import dev.keyledger.audit.key.KeyException;
import dev.keyledger.audit.key.KeyPlace;
import dev.keyledger.audit.key.KeyRing;
import dev.keyledger.audit.key.MasterKey;
import dev.keyledger.audit.key.MasterKeys;
import dev.keyledger.audit.key.SigningKey;
import dev.keyledger.log.note.SignatureType;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The master keys: where the newest is kept, and the older ones, sealed. Makes the first one on first use, and a new one
 * when the custody that is asked for is not the one in force: a move.
 *
 * <p>Commit points. The row of {@link KeyEntity} is locked before anything is looked at, so of several nodes that start
 * together one makes the key and the others wait and read it. Under a custody outside the database the key becomes
 * durable there first; a crash then leaves a key that nothing was written under, and the next start takes it. The commit
 * of the one transaction makes it the newest: before it, everything is as it was, under the old custody; after it the
 * old master key lies in the database only sealed under the new one, what bore a code of the old one bears one of the new
 * one, and there is a new signing key, which each log is told of by {@link LogKeys}. A second key never appears where the log has been used and the first is not to be had.
 */
public final class KeyStorage {
    private final Transactions transactions;
    private final Map<Custody, KeyPlace> places;
    private final Duration overlap;
    private final SecureRandom random;
    private final InstantSource clock;

    /**
     * @param places outside the database, as far as they are configured
     * @param overlap for how long other nodes may go on under the old keys after a move
     */
    public KeyStorage(
            Transactions transactions,
            Map<Custody, KeyPlace> places,
            Duration overlap,
            SecureRandom random,
            InstantSource clock) {
        this.transactions = transactions;
        this.places = Map.copyOf(places);
        this.overlap = overlap;
        this.random = random;
        this.clock = clock;
    }

    /**
     * Reads the master keys; makes or moves the newest when need be.
     *
     * @throws IllegalStateException when it cannot be had; the message says what to do
     */
    public MasterKeys load(Custody wanted) {
        return transactions.run(em -> {
            try {
                return load(em, wanted);
            } catch (KeyException e) {
                throw new IllegalStateException(e.getMessage(), e);
            }
        });
    }

    /** The custody in force; empty before the first key is made. */
    public static Optional<Custody> inForce(Transactions transactions) {
        return transactions.run(
                em -> generations(em).stream().findFirst().map(newest -> Custody.parse(newest.custody)));
    }

    /** Whether no other node has moved the keys since. */
    public static boolean isNewest(EntityManager em, MasterKeys keys) {
        return generations(em).stream()
                .noneMatch(row -> row.generation > keys.newest().number());
    }

    /** Throws when another node has moved the keys: what this one cannot open may be that one's. */
    static void requireNewest(EntityManager em, MasterKeys keys) {
        if (!isNewest(em, keys)) {
            throw new IllegalStateException(
                    "another node has moved the keys to another custody; restart this node with the same options");
        }
    }

    /** Locks out every other node that looks at the keys or changes them, for the rest of the transaction. */
    static KeyEntity lock(EntityManager em) {
        KeyEntity row = em.find(KeyEntity.class, KeyEntity.SERVER, LockModeType.PESSIMISTIC_WRITE);
        if (row == null) {
            throw new IllegalStateException(
                    "AUDIT_KEY has no row '" + KeyEntity.SERVER + "', the changelog inserts it");
        }
        return row;
    }

    private MasterKeys load(EntityManager em, Custody wanted) throws KeyException {
        takeOver(em, lock(em));
        List<MasterKeyEntity> rows = generations(em);
        if (rows.isEmpty()) {
            if (hasEntries(em)) {
                // Another key could neither read nor continue what is there.
                throw new KeyException("AUDIT_MASTER_KEY is empty although the log has been used; restore it");
            }
            persist(em, 1, wanted, readOrMake(wanted));
        } else if (!rows.get(0).custody.equals(wanted.label())) {
            move(em, rows, wanted);
        }
        return open(generations(em));
    }

    private void move(EntityManager em, List<MasterKeyEntity> rows, Custody wanted) throws KeyException {
        MasterKeyEntity old = rows.get(0);
        MasterKey oldKey = open(rows).newest().key();
        MasterKey newKey = readOrMake(wanted);
        String fingerprint = newKey.fingerprint();
        if (rows.stream().anyMatch(row -> row.fingerprint.equals(fingerprint))) {
            throw new KeyException("the key in " + place(wanted).describe() + " has been this log's before; somebody"
                    + " changed AUDIT_MASTER_KEY, or restored it, or the options name an old custody");
        }
        old.secret = newKey.custodian(random).seal(oldKey.bytes(), context(old));
        persist(em, old.generation + 1, wanted, newKey);
        CodedRows.renew(em, new KeyRing(open(generations(em)), clock, random));
    }

    private void persist(EntityManager em, int generation, Custody custody, MasterKey key) {
        MasterKeyEntity row = new MasterKeyEntity();
        row.generation = generation;
        row.custody = custody.label();
        row.fingerprint = key.fingerprint();
        row.secret = custody == Custody.DATABASE ? Base64.getEncoder().encodeToString(key.bytes()) : null;
        row.createdTime = clock.millis();
        em.persist(row);
        SigningKeys.persist(em, SigningKey.generate(random), generation, key, random, clock.millis());
        em.flush();
    }

    /** What a server made before there was a choice of custodies becomes its first generation. */
    private void takeOver(EntityManager em, KeyEntity row) throws KeyException {
        String master = row.masterKey;
        String seed = row.signingSeed;
        String publicKey = row.publicKey;
        if (master == null && seed == null && publicKey == null) {
            return;
        }
        if (master == null
                || seed == null
                || publicKey == null
                || !generations(em).isEmpty()) {
            throw new KeyException("AUDIT_KEY is incomplete although the log has been used; restore the row");
        }
        Base64.Decoder decoder = Base64.getDecoder();
        MasterKey key = new MasterKey(decoder.decode(master));
        MasterKeyEntity first = new MasterKeyEntity();
        first.generation = 1;
        first.custody = Custody.DATABASE.label();
        first.fingerprint = key.fingerprint();
        first.secret = master;
        first.createdTime = row.createdTime == null ? clock.millis() : row.createdTime;
        em.persist(first);
        SigningKey signing = new SigningKey(SignatureType.ED25519, decoder.decode(seed), decoder.decode(publicKey));
        SigningKeys.persist(em, signing, 1, key, random, first.createdTime);
        row.masterKey = null;
        row.signingSeed = null;
        row.publicKey = null;
        em.flush();
    }

    private MasterKeys open(List<MasterKeyEntity> rows) throws KeyException {
        List<MasterKeys.Generation> generations = new ArrayList<>();
        MasterKey newer = null;
        long capturesUntil = Long.MAX_VALUE;
        for (MasterKeyEntity row : rows) {
            MasterKey key = newer == null ? newest(row) : sealed(row, newer);
            generations.add(new MasterKeys.Generation(row.generation, key, capturesUntil));
            capturesUntil = row.createdTime + overlap.toMillis();
            newer = key;
        }
        return new MasterKeys(generations);
    }

    private MasterKey newest(MasterKeyEntity row) throws KeyException {
        Custody custody = Custody.parse(row.custody);
        String where = custody == Custody.DATABASE
                ? "AUDIT_MASTER_KEY"
                : place(custody).describe();
        MasterKey key = custody == Custody.DATABASE
                ? clear(row)
                : place(custody)
                        .read()
                        .orElseThrow(() ->
                                new KeyException(where + " is not there; it holds the log's master key, put it back"));
        if (!key.fingerprint().equals(row.fingerprint)) {
            throw new KeyException(where + " holds another key than the log's: fingerprint " + key.fingerprint()
                    + ", want " + row.fingerprint);
        }
        return key;
    }

    private static MasterKey clear(MasterKeyEntity row) throws KeyException {
        String secret = row.secret;
        if (secret == null) {
            throw new KeyException("AUDIT_MASTER_KEY is incomplete although the log has been used; restore it");
        }
        return new MasterKey(Base64.getDecoder().decode(secret));
    }

    private MasterKey sealed(MasterKeyEntity row, MasterKey newer) throws KeyException {
        String secret = row.secret;
        if (secret == null) {
            throw new KeyException("AUDIT_MASTER_KEY has lost generation " + row.generation + "; restore it");
        }
        return new MasterKey(newer.custodian(random).open(secret, context(row)));
    }

    private MasterKey readOrMake(Custody custody) throws KeyException {
        if (custody == Custody.DATABASE) {
            return MasterKey.generate(random);
        }
        KeyPlace place = place(custody);
        Optional<MasterKey> there = place.read();
        return there.isPresent() ? there.get() : place.make();
    }

    private KeyPlace place(Custody custody) throws KeyException {
        KeyPlace place = places.get(custody);
        if (place == null) {
            throw new KeyException("the log's master key is under custody " + custody.label()
                    + ", and the options do not say where; they have to until it is moved");
        }
        return place;
    }

    /** What a sealed master key is bound to. */
    private static String context(MasterKeyEntity row) {
        return "master\0" + row.generation + '\0' + row.fingerprint;
    }

    private static List<MasterKeyEntity> generations(EntityManager em) {
        return em.createQuery("select k from MasterKeyEntity k order by k.generation desc", MasterKeyEntity.class)
                .getResultList();
    }

    private static boolean hasEntries(EntityManager em) {
        return !em.createQuery("select h.logId from HeadEntity h where h.treeSize > 0", String.class)
                .setMaxResults(1)
                .getResultList()
                .isEmpty();
    }
}
