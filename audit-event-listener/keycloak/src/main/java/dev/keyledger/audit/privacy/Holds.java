package dev.keyledger.audit.privacy;

import dev.keyledger.audit.key.KeyException;
import dev.keyledger.audit.key.KeyRing;
import dev.keyledger.audit.storage.HeadEntity;
import dev.keyledger.audit.storage.HoldEntity;
import dev.keyledger.audit.storage.LogEpoch;
import dev.keyledger.audit.storage.Transactions;
import dev.keyledger.log.json.JsonNumber;
import dev.keyledger.log.json.JsonString;
import dev.keyledger.log.json.JsonValue;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The legal holds of one realm's log. A change locks the log's head, as an erasure does: of the two that come at the same
 * time one is first, and the other sees it: what has begun to be erased cannot be held any more. Commit point: the row and the entry that tells of it, together.
 */
public final class Holds {
    /** The operations of the entries. */
    public static final String HOLD = "HOLD";

    public static final String RELEASE = "RELEASE";

    private final Subjects subjects;
    private final Transactions transactions;
    private final KeyRing keys;
    private final InstantSource clock;

    public Holds(Subjects subjects, Transactions transactions, KeyRing keys, InstantSource clock) {
        this.subjects = subjects;
        this.transactions = transactions;
        this.keys = keys;
        this.clock = clock;
    }

    /** Those that are in force. */
    public List<Hold> inForce() {
        long now = clock.millis();
        return transactions.run(em -> {
            List<Hold> holds = new ArrayList<>();
            for (SubjectRows rows : subjects.epochs(em)) {
                em.createQuery("select h from HoldEntity h where h.logId = :log order by h.since", HoldEntity.class)
                        .setParameter("log", rows.log().logId())
                        .getResultStream()
                        .map(row -> hold(row, keys))
                        .filter(hold -> hold.isInForce(now))
                        .forEach(holds::add);
            }
            return holds;
        });
    }

    /** Puts a hold on a person, or replaces the one that there is. */
    public Hold put(String reference, String reason, @Nullable Long until, Entries entries) {
        return transactions.run(em -> {
            String id = lock(em, reference);
            UnderWay.refuse(em, keys, subjects.realmId(), id);
            Map<String, JsonValue> details = new TreeMap<>();
            details.put("reason", JsonString.of(reason));
            if (until != null) {
                details.put("until", JsonNumber.of(until));
            }
            List<SubjectRows> epochs = subjects.epochs(em);
            SubjectRows rows = epochs.stream()
                    .filter(each -> each.isKnown(Set.of(reference)))
                    .findFirst()
                    .orElseThrow(Holds::unknown);
            em.persist(entries.make(epochs.get(0).log(), HOLD, id, details));
            epochs.forEach(each -> each.hold(each.references(id)).ifPresent(em::remove));
            em.flush();
            HoldEntity row = new HoldEntity();
            row.logId = rows.log().logId();
            row.subjectRef = reference;
            row.since = clock.millis();
            row.until = until;
            row.reason = keys.sealStaged(reason.getBytes(StandardCharsets.UTF_8), context(row));
            em.persist(row);
            return hold(row, keys);
        });
    }

    /** Takes the hold off a person; false when there is none. */
    public boolean release(String reference, Entries entries) {
        return transactions.run(em -> {
            String id = lock(em, reference);
            List<SubjectRows> epochs = subjects.epochs(em);
            List<HoldEntity> held = epochs.stream()
                    .flatMap(rows -> rows.hold(rows.references(id)).stream())
                    .toList();
            if (held.isEmpty()) {
                return false;
            }
            em.persist(entries.make(epochs.get(0).log(), RELEASE, id, Map.of()));
            held.forEach(em::remove);
            return true;
        });
    }

    /**
     * All references in one epoch of the people on whom a hold is in force, in a transaction that runs.
     *
     * @throws IllegalStateException when it cannot be told who somebody is on whom there is a hold
     */
    public Set<String> held(EntityManager em, LogEpoch log) {
        Set<String> held = new HashSet<>();
        for (SubjectRows rows : subjects.epochs(em)) {
            List<HoldEntity> all = em.createQuery("select h from HoldEntity h where h.logId = :log", HoldEntity.class)
                    .setParameter("log", rows.log().logId())
                    .getResultList();
            for (HoldEntity row : all) {
                if (hold(row, keys).isInForce(clock.millis())) {
                    String id = rows.id(row.subjectRef)
                            .orElseThrow(() -> new IllegalStateException("the hold on " + row.subjectRef + " in log "
                                    + row.logId + " is on somebody of whom nothing there opens"));
                    held.addAll(keys.references(log.logId(), id));
                }
            }
        }
        return held;
    }

    /** The hold that is in force on one of these. */
    static Optional<Hold> read(SubjectRows rows, Set<String> subjectRefs, KeyRing keys, long now) {
        return rows.hold(subjectRefs).map(row -> hold(row, keys)).filter(hold -> hold.isInForce(now));
    }

    private String lock(EntityManager em, String reference) {
        HeadEntity head =
                em.find(HeadEntity.class, subjects.epochs(em).get(0).log().logId());
        em.refresh(head, LockModeType.PESSIMISTIC_WRITE);
        return subjects.epochs(em).stream()
                .flatMap(rows -> rows.id(reference).stream())
                .findFirst()
                .orElseThrow(Holds::unknown);
    }

    private static RefusedException unknown() {
        return new RefusedException(
                RefusedException.Why.UNKNOWN, "this realm's log holds nothing about a person with this reference");
    }

    /** A row that was changed holds without an end: whoever changed it wanted it not to. */
    private static Hold hold(HoldEntity row, KeyRing keys) {
        try {
            String reason = new String(keys.openStaged(row.reason, context(row)), StandardCharsets.UTF_8);
            return new Hold(row.subjectRef, reason, row.since, row.until);
        } catch (KeyException e) {
            return new Hold(
                    row.subjectRef, "(this hold was changed in AUDIT_HOLD, and not by the server)", row.since, null);
        }
    }

    private static String context(HoldEntity row) {
        return "hold\0" + row.logId + '\0' + row.subjectRef + '\0' + row.since + '\0' + row.until;
    }
}
