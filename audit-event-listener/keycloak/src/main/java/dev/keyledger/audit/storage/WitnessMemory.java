package dev.keyledger.audit.storage;

import dev.keyledger.log.checkpoint.SignedCheckpoint;
import dev.keyledger.log.merkle.LogHasher;
import dev.keyledger.log.note.Note;
import dev.keyledger.log.note.NoteSignature;
import dev.keyledger.log.note.Signer;
import dev.keyledger.log.witness.AddCheckpoint;
import dev.keyledger.log.witness.WitnessRefusal;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What this server, as a witness, has cosigned of other logs.
 *
 * <p>Commit point of {@link #cosign}: the transaction that has locked the log's row, compared the old size with it, and
 * replaced it. Before it, the cosignature has left nobody's memory, and the log asks again with the same old size. After
 * it, it is given to the log; if a crash keeps it from that, the log is told the new size and asks for the same
 * checkpoint again. So no two trees that contradict each other are ever cosigned, by whatever nodes.
 */
public final class WitnessMemory {
    /** Origins are not stored beyond this length. */
    public static final int MAX_ORIGIN = 500;

    /** Logs that one server witnesses at most: whoever holds the key of a whole server may invent origins. */
    private static final long MAX_LOGS = 10_000;

    private final Transactions transactions;
    private final InstantSource clock;

    public WitnessMemory(Transactions transactions, InstantSource clock) {
        this.transactions = transactions;
        this.clock = clock;
    }

    /**
     * How a request ended.
     *
     * @param line our cosignature; null when it was refused
     */
    public record Result(
            @Nullable NoteSignature line, @Nullable WitnessRefusal refusal) {}

    /**
     * Cosigns a checkpoint, or refuses to.
     *
     * @param verified the lines by which keys of the log have signed it
     */
    public Result cosign(AddCheckpoint request, List<NoteSignature> verified, Signer signer) {
        String origin = request.checkpoint().checkpoint().origin();
        String hash = hash(origin);
        if (!exists(hash) && !create(hash, origin)) {
            return new Result(null, WitnessRefusal.unknown("this witness has no room for another log"));
        }
        return transactions.run(em -> {
            WitnessedEntity row = em.find(WitnessedEntity.class, hash, LockModeType.PESSIMISTIC_WRITE);
            WitnessRefusal refusal = request.refusal(row.head()).orElse(null);
            return refusal == null
                    ? new Result(sign(row, request.checkpoint(), verified, signer), null)
                    : new Result(null, refusal);
        });
    }

    /** The checkpoint of a log that was cosigned last, with both signatures; empty for one that never was. */
    public Optional<String> newest(String originHash) {
        return transactions.run(em ->
                Optional.ofNullable(em.find(WitnessedEntity.class, originHash)).map(row -> row.note));
    }

    /** The name of a log's checkpoint at a witness: SHA-256 of its origin, hexadecimal. */
    public static String hash(String origin) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(origin.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    private NoteSignature sign(
            WitnessedEntity row, SignedCheckpoint checkpoint, List<NoteSignature> verified, Signer signer) {
        NoteSignature line = new NoteSignature(
                signer.name(), signer.keyId(), signer.sign(checkpoint.note().textBytes()));
        row.treeSize = checkpoint.checkpoint().head().size();
        row.rootHash = checkpoint.checkpoint().head().root().toBase64();
        row.note = new Note(checkpoint.note().text(), verified).with(line).format();
        row.cosignedTime = clock.millis();
        return line;
    }

    private boolean exists(String hash) {
        return transactions.run(em -> em.find(WitnessedEntity.class, hash) != null);
    }

    /** Makes the row of a log, at size 0; false when there are too many. Commit point: the insert. */
    private boolean create(String hash, String origin) {
        try {
            return transactions.run(em -> insert(em, hash, origin));
        } catch (RuntimeException e) {
            // Another request was faster: its row is the log's. Otherwise the failure is real.
            if (exists(hash)) {
                return true;
            }
            throw e;
        }
    }

    private static boolean insert(EntityManager em, String hash, String origin) {
        long logs = em.createQuery("select count(w.originHash) from WitnessedEntity w", Long.class)
                .getSingleResult();
        if (logs >= MAX_LOGS) {
            return false;
        }
        WitnessedEntity row = new WitnessedEntity();
        row.originHash = hash;
        row.origin = origin;
        row.rootHash = LogHasher.emptyRoot().toBase64();
        em.persist(row);
        em.flush();
        return true;
    }
}
