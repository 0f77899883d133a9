package dev.keyledger.audit.storage;

import dev.keyledger.audit.key.KeyException;
import dev.keyledger.audit.key.KeyRing;
import dev.keyledger.log.FormatException;
import dev.keyledger.log.VerificationException;
import dev.keyledger.log.entry.Commitment;
import dev.keyledger.log.entry.Disclosure;
import dev.keyledger.log.entry.Entry;
import dev.keyledger.log.entry.EntryKind;
import dev.keyledger.log.entry.Slot;
import dev.keyledger.log.json.JsonObject;
import dev.keyledger.log.json.JsonString;
import dev.keyledger.log.merkle.LogHasher;
import dev.keyledger.log.verify.Finding;
import jakarta.persistence.EntityManager;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Checks what {@code AUDIT_PRUNED} says of one log: it excuses missing rows, and whoever owns the database can write it. So
 * it has to be what the entry {@code PRUNE} says, and of what that entry keeps every row must be there.
 */
public final class PrunedRows {
    /** The operation of the entry. */
    public static final String OPERATION = "PRUNE";

    private static final String CHECK = "pruned";
    private static final String UNTOLD = "AUDIT_PRUNED does not say what an entry PRUNE of the log says";

    private final String logId;
    private final String origin;
    private final Transactions transactions;
    private final KeyRing keys;

    public PrunedRows(String logId, String origin, Transactions transactions, KeyRing keys) {
        this.logId = logId;
        this.origin = origin;
        this.transactions = transactions;
        this.keys = keys;
    }

    /** What an entry says that a check has to find in the row again. */
    public static Map<String, String> facts(String origin, long from, long to, String kept, long time) {
        Map<String, String> facts = new TreeMap<>();
        facts.put("log", origin);
        facts.put("from", Long.toString(from));
        facts.put("to", Long.toString(to));
        facts.put(
                "keptHash",
                LogHasher.leaf(kept.getBytes(StandardCharsets.US_ASCII)).toBase64());
        facts.put("time", Long.toString(time));
        return facts;
    }

    /** What is wrong with the units that a range touches. */
    public List<Finding> check(long from, long to) {
        return transactions.run(em -> {
            List<Finding> found = new ArrayList<>();
            long end = 0;
            for (PrunedEntity row : em.createQuery(
                            "select p from PrunedEntity p where p.logId = :log order by p.from", PrunedEntity.class)
                    .setParameter("log", logId)
                    .getResultList()) {
                if (row.from != end) {
                    found.add(fail(row, "they were not pruned in order"));
                }
                end = row.to;
                if (row.from < to && row.to > from) {
                    check(em, row, found);
                }
            }
            return found;
        });
    }

    /**
     * Refuses a unit whose row is not what the entry says: by such a row nothing is deleted, or whoever can write to that
     * table would have the server delete what he names.
     */
    public void requireTold(PrunedUnit unit) throws VerificationException {
        if (!transactions.run(em -> isTold(em, unit))) {
            throw new VerificationException(
                    "unit " + unit.from() + " to " + unit.to() + " of log " + logId + ": " + UNTOLD);
        }
    }

    private void check(EntityManager em, PrunedEntity row, List<Finding> found) {
        PrunedUnit unit = PrunedUnits.unit(row, null);
        if (!isTold(em, unit)) {
            found.add(fail(row, UNTOLD));
            return;
        }
        long kept = unit.count();
        long there = em.createQuery(
                        "select e.logIndex from EntryEntity e where e.logId = :log and e.logIndex >= :from"
                                + " and e.logIndex < :to",
                        Long.class)
                .setParameter("log", logId)
                .setParameter("from", row.from)
                .setParameter("to", row.to)
                .getResultStream()
                .filter(index -> !unit.lacks(index))
                .count();
        if (there != kept) {
            found.add(fail(row, (kept - there) + " rows are missing that pruning has kept"));
        }
        long other = em.createQuery(
                        "select count(e.logIndex) from EntryEntity e join NodeEntity n on n.logId = e.logId"
                                + " and n.tileLevel = 0 and n.nodeIndex = e.logIndex where e.logId = :log"
                                + " and e.logIndex >= :from and e.logIndex < :to and n.hash <> e.leafHash",
                        Long.class)
                .setParameter("log", logId)
                .setParameter("from", row.from)
                .setParameter("to", row.to)
                .getSingleResult();
        if (other > 0) {
            found.add(fail(row, other + " leaf hashes are not those that pruning has kept"));
        }
        long nodes = em.createQuery(
                        "select count(n.nodeIndex) from NodeEntity n where n.logId = :log and n.tileLevel = 0"
                                + " and n.nodeIndex >= :from and n.nodeIndex < :to",
                        Long.class)
                .setParameter("log", logId)
                .setParameter("from", row.from)
                .setParameter("to", row.to)
                .getSingleResult();
        if (nodes != row.to - row.from) {
            found.add(fail(row, (row.to - row.from - nodes) + " leaf hashes are missing that pruning has kept"));
        }
    }

    private boolean isTold(EntityManager em, PrunedUnit unit) {
        JsonObject details = details(em, unit.entryId()).orElse(null);
        return details != null
                && facts(origin, unit.from(), unit.to(), KeptRows.format(unit.kept()), unit.time()).entrySet().stream()
                        .allMatch(fact -> details.get(fact.getKey()) instanceof JsonString text
                                && text.value().equals(fact.getValue()));
    }

    /** What an entry PRUNE says; empty when there is no such entry, or it does not open to what it commits to. */
    private Optional<JsonObject> details(EntityManager em, String entryId) {
        EntryEntity row = em.createQuery("select e from EntryEntity e where e.id = :id", EntryEntity.class)
                .setParameter("id", entryId)
                .getResultStream()
                .findFirst()
                .orElse(null);
        if (row != null) {
            Map<Slot, Disclosure> slots = new PrivateReader(row.logId, Transactions.within(em), keys)
                    .openRange(row.logIndex, row.logIndex + 1)
                    .getOrDefault(row.logIndex, Map.of());
            return details(row.leaf, slots.get(Slot.CHANGE));
        }
        StageEntity staged = em.find(StageEntity.class, entryId);
        try {
            return staged == null
                    ? Optional.empty()
                    : details(staged.leaf, StagedParts.of(staged, keys).slots().get(Slot.CHANGE));
        } catch (KeyException e) {
            return Optional.empty();
        }
    }

    private static Optional<JsonObject> details(String leaf, @Nullable Disclosure change) {
        try {
            Entry entry = Entry.parse(leaf.getBytes(StandardCharsets.UTF_8));
            Commitment commitment = entry.commitments().get(Slot.CHANGE);
            if (change == null
                    || commitment == null
                    || entry.kind() != EntryKind.SYSTEM
                    || !entry.operation().equals(OPERATION)) {
                return Optional.empty();
            }
            commitment.verify(entry.origin(), entry.id(), change);
            return change.value().get("details") instanceof JsonObject details
                    ? Optional.of(details)
                    : Optional.empty();
        } catch (FormatException | VerificationException e) {
            return Optional.empty();
        }
    }

    private static Finding fail(PrunedEntity row, String message) {
        Finding.Span span = new Finding.Span(row.from, row.to);
        return new Finding(Finding.Status.FAIL, CHECK, span + ": " + message, span);
    }
}
