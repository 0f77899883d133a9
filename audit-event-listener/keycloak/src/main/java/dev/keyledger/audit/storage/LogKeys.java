package dev.keyledger.audit.storage;

import dev.keyledger.audit.key.KeyException;
import dev.keyledger.audit.key.SigningKey;
import dev.keyledger.log.bundle.LogKey;
import dev.keyledger.log.checkpoint.SignedCheckpoint;
import dev.keyledger.log.note.SignatureType;
import dev.keyledger.log.note.Signer;
import dev.keyledger.log.note.VerifierKey;
import dev.keyledger.log.tile.ProofBuilder;
import dev.keyledger.log.tile.TileSource;
import jakarta.persistence.EntityManager;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Which keys sign a log. A log begins with the key in force; a later key is staged as an entry of the log, together with
 * its row of {@link LogKeyEntity}, in one transaction, which is the commit point of its introduction: before it the log
 * lacks the key and is found by {@link #lacking} again, after it the entry is sealed as any other. From the first
 * checkpoint that covers the entry on the new key signs; the older one signs beside it until the overlap is over. What is
 * sealed and signed decides, so every node comes to the same keys at whatever point another one died.
 */
public final class LogKeys {
    private final String logId;
    private final Transactions transactions;

    public LogKeys(String logId, Transactions transactions) {
        this.logId = logId;
        this.transactions = transactions;
    }

    /** The keys of the log, oldest first, named after its origin; of one without any, the key that it will begin with. */
    public List<HeldKey> held(String origin) {
        return transactions.run(em -> {
            List<HeldKey> held = held(em, logId, origin);
            boolean keysAreMade = !SigningKeys.all(em).isEmpty();
            return held.isEmpty() && keysAreMade ? List.of(beginning(em, logId, origin)) : held;
        });
    }

    /**
     * The signers of a checkpoint of this size, the newest key first. Called while the log's head is locked, so that no
     * entry is sealed meanwhile.
     *
     * @throws IllegalStateException when a key cannot be had; the message says why
     */
    public List<Signer> signers(String origin, long size, long overlapMillis, long now, SigningKeys keys) {
        InstantSource clock = () -> Instant.ofEpochMilli(now);
        return transactions.run(em -> {
            List<Signer> signers = new ArrayList<>();
            if (rows(em, logId).isEmpty()) {
                begin(em, logId);
            }
            for (HeldKey key : HeldKey.signing(held(em, logId, origin), size, overlapMillis, now)) {
                signers.add(open(em, key, keys).signer(origin, clock));
            }
            return signers;
        });
    }

    /** The cosigner of a checkpoint of this size; empty when no ML-DSA-44 key has been introduced below it. */
    public Optional<Signer> cosigner(String origin, long size, SigningKeys keys, InstantSource clock) {
        return transactions.run(em -> HeldKey.cosigning(held(em, logId, origin), size)
                .map(key -> open(em, key, keys).signer(origin, clock)));
    }

    /** The keys as a bundle under this checkpoint presents them. */
    public List<LogKey> history(SignedCheckpoint under, TileSource tiles) throws IOException {
        List<LogKey> history = new ArrayList<>();
        for (HeldKey key : held(under.checkpoint().origin())) {
            Long index = key.index();
            HeldKey.Covered covered = key.covered();
            if (key.entryId() == null) {
                history.add(LogKey.first(key.vkey()));
            } else if (index != null
                    && covered != null
                    && covered.size() <= under.checkpoint().head().size()) {
                ProofBuilder proofs = new ProofBuilder(tiles, covered.size());
                history.add(LogKey.introduced(
                        key.vkey(), leaf(index), proofs.inclusion(index), checkpoint(covered.size())));
            }
        }
        return history;
    }

    /** The logs that lack the newest key of this type. */
    public static List<String> lacking(EntityManager em, byte type) {
        SigningKeyEntity newest = newest(em, type).orElse(null);
        return newest == null
                ? List.of()
                : em.createQuery(
                                "select h.logId from HeadEntity h where h.state = 'ACTIVE' and not exists (select"
                                        + " k.number from LogKeyEntity k"
                                        + " where k.logId = h.logId and k.number = :newest)",
                                String.class)
                        .setParameter("newest", newest.number)
                        .getResultList();
    }

    /** The newest key of this type, if the log lacks it. A log without any key begins with one. */
    public static Optional<HeldKey> lacked(EntityManager em, String logId, String origin, byte type) {
        if (rows(em, logId).isEmpty()) {
            begin(em, logId);
        }
        return newest(em, type)
                .filter(key -> em.find(LogKeyEntity.class, new LogKeyEntity.Key(logId, key.number)) == null)
                .map(key -> new HeldKey(key.number, vkey(key, origin), null, null, null));
    }

    /** Notes that a staged entry introduces a key to the log. */
    public static void introduce(EntityManager em, String logId, int number, @Nullable String entryId) {
        LogKeyEntity row = new LogKeyEntity();
        row.logId = logId;
        row.number = number;
        row.entryId = entryId;
        em.persist(row);
        em.flush();
    }

    /** A log begins with the key in force; one that was signed before keys were counted began with the first. */
    private static void begin(EntityManager em, String logId) {
        introduce(em, logId, beginning(em, logId, "-").number(), null);
    }

    private static HeldKey beginning(EntityManager em, String logId, String origin) {
        HeadEntity head = em.find(HeadEntity.class, logId);
        boolean signed = head != null && head.signedSize > 0;
        SigningKeyEntity row = signed
                ? row(em, 1)
                : newest(em, SignatureType.ED25519)
                        .orElseThrow(() -> new IllegalStateException("AUDIT_SIGNING_KEY is empty; restore it"));
        return new HeldKey(row.number, vkey(row, origin), null, null, null);
    }

    private static List<HeldKey> held(EntityManager em, String logId, String origin) {
        List<HeldKey> held = new ArrayList<>();
        for (LogKeyEntity row : rows(em, logId)) {
            Long index = row.entryId == null ? null : index(em, logId, row.entryId);
            HeldKey.Covered covered = index == null ? null : covered(em, logId, index);
            held.add(new HeldKey(row.number, vkey(row(em, row.number), origin), row.entryId, index, covered));
        }
        return held;
    }

    private static SigningKey open(EntityManager em, HeldKey key, SigningKeys keys) {
        try {
            return keys.open(row(em, key.number()));
        } catch (KeyException e) {
            throw new IllegalStateException("signing key " + key.number() + ": " + e.getMessage(), e);
        }
    }

    private static List<LogKeyEntity> rows(EntityManager em, String logId) {
        return em.createQuery("select k from LogKeyEntity k where k.logId = :log order by k.number", LogKeyEntity.class)
                .setParameter("log", logId)
                .getResultList();
    }

    private static SigningKeyEntity row(EntityManager em, int number) {
        SigningKeyEntity row = em.find(SigningKeyEntity.class, number);
        if (row == null) {
            throw new IllegalStateException("AUDIT_SIGNING_KEY has lost key " + number + "; restore it");
        }
        return row;
    }

    private static Optional<SigningKeyEntity> newest(EntityManager em, byte type) {
        return SigningKeys.all(em).stream().filter(key -> key.type == type).reduce((older, newer) -> newer);
    }

    private static VerifierKey vkey(SigningKeyEntity row, String origin) {
        return VerifierKey.of(origin, (byte) row.type, Base64.getDecoder().decode(row.publicKey));
    }

    private static @Nullable Long index(EntityManager em, String logId, String entryId) {
        return em.createQuery("select e.logIndex from EntryEntity e where e.id = :id and e.logId = :log", Long.class)
                .setParameter("id", entryId)
                .setParameter("log", logId)
                .getResultStream()
                .findFirst()
                .orElse(null);
    }

    private static HeldKey.@Nullable Covered covered(EntityManager em, String logId, long index) {
        return em.createQuery(
                        "select c from CheckpointEntity c where c.logId = :log and c.treeSize > :index"
                                + " order by c.treeSize",
                        CheckpointEntity.class)
                .setParameter("log", logId)
                .setParameter("index", index)
                .setMaxResults(1)
                .getResultStream()
                .findFirst()
                .map(row -> new HeldKey.Covered(row.treeSize, row.signedTime))
                .orElse(null);
    }

    private byte[] leaf(long index) {
        return transactions.run(em -> em.find(EntryEntity.class, new EntryEntity.Key(logId, index))
                .leaf
                .getBytes(StandardCharsets.US_ASCII));
    }

    private SignedCheckpoint checkpoint(long size) {
        return transactions.run(em ->
                SignedCheckpoint.parse(em.find(CheckpointEntity.class, new CheckpointEntity.Key(logId, size)).note));
    }
}
