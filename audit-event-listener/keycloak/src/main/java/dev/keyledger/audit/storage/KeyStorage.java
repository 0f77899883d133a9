package dev.keyledger.audit.storage;

import dev.keyledger.audit.key.KeyMaterial;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.Base64;

/**
 * Key custody {@code database}: the secrets are made on first use and stay in the table. Convenient, not strong:
 * whoever can write the database can sign anew.
 *
 * <p>Commit point: the one transaction that fills the row. The row is locked before it is looked at, so of several
 * nodes that start together one makes the secrets and the others wait and read them; a crash before the commit leaves
 * the row empty and the next node makes other ones, which nobody had used.
 */
public final class KeyStorage {
    private final Transactions transactions;
    private final SecureRandom random;
    private final InstantSource clock;

    public KeyStorage(Transactions transactions, SecureRandom random, InstantSource clock) {
        this.transactions = transactions;
        this.random = random;
        this.clock = clock;
    }

    /** Reads the secrets, and makes them when there are none. */
    public KeyMaterial load() {
        return transactions.run(this::load);
    }

    private KeyMaterial load(EntityManager em) {
        KeyEntity row = em.find(KeyEntity.class, KeyEntity.SERVER, LockModeType.PESSIMISTIC_WRITE);
        if (row == null) {
            throw new IllegalStateException(
                    "AUDIT_KEY has no row '" + KeyEntity.SERVER + "', the changelog inserts it");
        }
        String master = row.masterKey;
        String seed = row.signingSeed;
        String publicKey = row.publicKey;
        if (master != null && seed != null && publicKey != null) {
            Base64.Decoder decoder = Base64.getDecoder();
            return new KeyMaterial(decoder.decode(master), decoder.decode(seed), decoder.decode(publicKey));
        }
        if (master != null || seed != null || publicKey != null || hasEntries(em)) {
            // Other secrets could neither read nor continue what is there; a second key must never appear silently.
            throw new IllegalStateException("AUDIT_KEY is incomplete although the log has been used; restore the row");
        }
        KeyMaterial made = KeyMaterial.generate(random);
        Base64.Encoder encoder = Base64.getEncoder();
        row.masterKey = encoder.encodeToString(made.master());
        row.signingSeed = encoder.encodeToString(made.seed());
        row.publicKey = encoder.encodeToString(made.publicKey());
        row.createdTime = clock.millis();
        return made;
    }

    private static boolean hasEntries(EntityManager em) {
        return !em.createQuery("select h.logId from HeadEntity h where h.treeSize > 0", String.class)
                .setMaxResults(1)
                .getResultList()
                .isEmpty();
    }
}
