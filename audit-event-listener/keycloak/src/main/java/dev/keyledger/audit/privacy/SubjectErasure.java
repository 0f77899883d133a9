package dev.keyledger.audit.privacy;

import dev.keyledger.audit.key.KeyRing;
import dev.keyledger.audit.storage.ErasingEntity;
import dev.keyledger.audit.storage.ErasureEntity;
import dev.keyledger.audit.storage.HeadEntity;
import dev.keyledger.audit.storage.StageEntity;
import dev.keyledger.audit.storage.StageSealing;
import dev.keyledger.audit.storage.Transactions;
import dev.keyledger.log.entry.Erasure;
import dev.keyledger.log.json.JsonString;
import dev.keyledger.log.json.JsonValue;
import dev.keyledger.log.sequence.LogHead;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Erases what one realm's log holds about a person: keys, slots, references, names. Leaves, hashes, proofs and signatures
 * stay as they are. No transaction grows with the log, or with what it holds about the person:
 *
 * <ol>
 *   <li>under the lock of the heads of all epochs, the newest first, it is refused if a hold is in force; else a row is made
 *       that the erasure is under way ({@link UnderWay}), and from here on no hold can be put on the person;
 *   <li>what other people's slots tell of the person is looked for, without a lock;
 *   <li>as long as there are more than some thousand slots to go, a transaction locks the heads, puts the mark in the place
 *       of so many slots, and stages the {@code ERASURE} entry that lists them;
 *   <li>the last transaction locks the heads, so that nobody seals; seals what is staged, so that it has indices; looks at
 *       what was sealed since the first look; erases what is left, the keys, the names and the row.
 * </ol>
 *
 * <p>Commit points: that of each of these transactions. Before the first: nothing is erased, and nothing says so. After each
 * of step 3: what its entry lists is gone, the rest is there as it was, and the key with it, so that nothing is ever
 * missing of which no entry tells. A crash between two of them leaves the row, and within minutes whichever node is there
 * goes on ({@link #resume}), with entries of the server's own that name the first as {@code continues}. After the last:
 * all is erased, and the entries are staged. What a request that was under way commits after that is about a person whom the
 * log does not know any more; it is recorded like anybody's, under a new key, and erased when it is asked for again.
 */
public final class SubjectErasure {
    /** So often what was looked at is looked at again without a lock, because the person has got another name meanwhile. */
    private static final int TRIES = 5;

    private final Subjects subjects;
    private final Transactions transactions;
    private final KeyRing keys;
    private final InstantSource clock;

    private final int maxPlaces;

    public SubjectErasure(Subjects subjects, Transactions transactions, KeyRing keys, InstantSource clock) {
        this(subjects, transactions, keys, clock, ErasedEpoch.MAX_PLACES);
    }

    SubjectErasure(Subjects subjects, Transactions transactions, KeyRing keys, InstantSource clock, int maxPlaces) {
        this.subjects = subjects;
        this.transactions = transactions;
        this.keys = keys;
        this.clock = clock;
        this.maxPlaces = maxPlaces;
    }

    /**
     * What was done.
     *
     * @param entryId of the first {@code ERASURE} entry; more follow when the list does not fit one
     * @param entries how many lost a slot
     */
    public record Done(String entryId, long entries) {}

    /** The result of the same request, when the person behind a reference was erased before and nothing came since. */
    public Optional<Done> before(String reference) {
        return subjects.erasure(reference).map(SubjectErasure::done);
    }

    /**
     * Erases the person with this id, which takes as long as reading the whole log does. A person who was erased before, and
     * of whom nothing was recorded since, stays erased, and the answer is that of then.
     *
     * @param reason goes into the log for ever, and must not name the person, as the legal basis must not
     * @throws RefusedException when nothing was done
     */
    public Done erase(String id, String reason, @Nullable String legalBasis, Entries entries) {
        if (id.isEmpty()) {
            throw unknown();
        }
        List<ErasedEpoch> epochs = epochs();
        Mentions mentions = new Mentions(id);
        epochs.forEach(epoch -> epoch.learn(transactions, id, mentions, () -> {}));
        if (mentions.isIn(reason) || (legalBasis != null && mentions.isIn(legalBasis))) {
            throw new RefusedException(
                    RefusedException.Why.NAMES_PERSON,
                    "reason or legalBasis names the person; they stay in the log, so name a ticket instead");
        }
        UnderWay work = transactions.run(em -> {
            lock(em, epochs);
            refuseHeld(em, id);
            UnderWay.Request request = new UnderWay.Request(id, reason, legalBasis, mentions.names());
            return UnderWay.begin(em, transactions, keys, clock, subjects.realmId(), request);
        });
        mentions.know(work.request().names());
        return run(work, epochs, mentions, entries);
    }

    /** The realms of which an erasure is under way at which nobody has been seen for some minutes. */
    public static List<String> abandoned(Transactions transactions, InstantSource clock) {
        return transactions.run(em -> UnderWay.abandoned(em, clock));
    }

    /** Goes on with the erasures at which nobody has been seen for some minutes; answers how many are done now. */
    public int resume(Entries entries) {
        int done = 0;
        for (String erasing : transactions.run(em -> UnderWay.abandoned(em, subjects.realmId(), clock))) {
            UnderWay work = UnderWay.take(transactions, keys, clock, erasing).orElse(null);
            if (work != null) {
                List<ErasedEpoch> epochs = epochs();
                String id = work.request().id();
                Mentions mentions = new Mentions(id);
                mentions.know(work.request().names());
                epochs.forEach(epoch -> epoch.learn(transactions, id, mentions, () -> work.looked(0, 0)));
                run(work, epochs, mentions, entries);
                done++;
            }
        }
        return done;
    }

    /** Those that are under way, the oldest first. */
    public List<Erasing> underWay() {
        return transactions.run(em -> UnderWay.rows(em, subjects.realmId()).stream()
                .map(row -> new Erasing(
                        UnderWay.open(row, keys)
                                .map(UnderWay.Request::reason)
                                .orElse("(this row was changed in AUDIT_ERASING, and not by the server: delete it)"),
                        row.since,
                        row.seen,
                        row.looked,
                        row.toLook,
                        row.entries))
                .toList());
    }

    private List<ErasedEpoch> epochs() {
        return transactions.run(em -> subjects.epochs(em)).stream()
                .map(rows -> new ErasedEpoch(rows.log(), keys, maxPlaces))
                .toList();
    }

    /** Ends with the row gone when it is done or refused; whatever else ends it leaves the row, for another run. */
    private Done run(UnderWay work, List<ErasedEpoch> epochs, Mentions mentions, Entries entries) {
        String id = work.request().id();
        try {
            for (int tries = 1; ; tries++) {
                epochs.forEach(epoch -> epoch.look(transactions, id, mentions, work::looked));
                boolean more = true;
                while (more) {
                    more = transactions.run(em -> eraseSome(em, work, epochs, entries));
                }
                boolean last = tries == TRIES;
                Optional<Done> done = transactions.run(em -> finish(em, work, epochs, mentions, entries, last));
                if (done.isPresent()) {
                    return done.get();
                }
            }
        } catch (RefusedException e) {
            work.end();
            throw e;
        }
    }

    /** One of many transactions; false when there is so little left that the last one can do it. */
    private boolean eraseSome(EntityManager em, UnderWay work, List<ErasedEpoch> epochs, Entries entries) {
        lock(em, epochs);
        ErasingEntity row = work.mine(em);
        for (ErasedEpoch epoch : epochs) {
            ErasedEpoch.Part part = epoch.next(em, work.request().id());
            if (part.hasMore()) {
                erase(em, part, work, row, epochs, entries);
                return true;
            }
        }
        return false;
    }

    /** The last transaction; empty, and nothing erased, when the person has a name now that nobody looked for. */
    private Optional<Done> finish(
            EntityManager em,
            UnderWay work,
            List<ErasedEpoch> epochs,
            Mentions mentions,
            Entries entries,
            boolean lookHere) {
        HeadEntity newest = lock(em, epochs);
        ErasingEntity row = work.mine(em);
        String id = work.request().id();
        StageSealing.all(em, newest, keys, clock);
        int known = mentions.names().size();
        Transactions here = Transactions.within(em);
        epochs.forEach(epoch -> epoch.learn(here, id, mentions, () -> {}));
        if (mentions.names().size() > known) {
            epochs.forEach(ErasedEpoch::lookAgain);
            work.learned(row, keys, mentions.names());
            if (!lookHere) {
                return Optional.empty();
            }
        }
        epochs.forEach(epoch -> epoch.look(here, id, mentions, (looked, of) -> {}));
        for (ErasedEpoch epoch : epochs) {
            for (ErasedEpoch.Part part = epoch.next(em, id); part.isToBeTold(); part = epoch.next(em, id)) {
                erase(em, part, work, row, epochs, entries);
            }
        }
        Done done = done(em, id, row);
        if (row.firstEntry != null) {
            epochs.forEach(epoch -> epoch.forget(em, id, done));
        }
        em.remove(row);
        return Optional.of(done);
    }

    private void erase(
            EntityManager em,
            ErasedEpoch.Part part,
            UnderWay work,
            ErasingEntity row,
            List<ErasedEpoch> epochs,
            Entries entries) {
        Map<String, JsonValue> details = work.request().words();
        details.putAll(part.details());
        if (row.firstEntry != null) {
            details.put("continues", new JsonString(row.firstEntry));
        }
        StageEntity entry = entries.make(epochs.get(0).log(), Erasure.OPERATION, null, details);
        em.persist(entry);
        part.mark(em, entry.id);
        row.firstEntry = row.firstEntry == null ? entry.id : row.firstEntry;
        row.entries += part.entries();
    }

    /** What was done now; if nothing was, what was done before. */
    private Done done(EntityManager em, String id, ErasingEntity row) {
        if (row.firstEntry != null) {
            return new Done(row.firstEntry, row.entries);
        }
        return subjects.epochs(em).stream()
                .flatMap(rows -> rows.erasure(rows.references(id)).stream())
                .findFirst()
                .map(SubjectErasure::done)
                .orElseThrow(SubjectErasure::unknown);
    }

    private HeadEntity lock(EntityManager em, List<ErasedEpoch> epochs) {
        List<HeadEntity> heads = new ArrayList<>();
        for (ErasedEpoch epoch : epochs) {
            HeadEntity head = em.find(HeadEntity.class, epoch.log().logId());
            em.refresh(head, LockModeType.PESSIMISTIC_WRITE);
            heads.add(head);
        }
        if (heads.isEmpty() || !heads.get(0).state.equals(LogHead.State.ACTIVE.name())) {
            throw new RefusedException(
                    RefusedException.Why.HALTED,
                    "the log is halted and can record no erasure; begin its next epoch, then ask again");
        }
        return heads.get(0);
    }

    private void refuseHeld(EntityManager em, String id) {
        for (SubjectRows rows : subjects.epochs(em)) {
            Holds.read(rows, rows.references(id), keys, clock.millis()).ifPresent(hold -> {
                throw new RefusedException(
                        RefusedException.Why.HELD,
                        "a legal hold is on the person: " + hold.reason() + "; release it first");
            });
        }
    }

    private static RefusedException unknown() {
        return new RefusedException(RefusedException.Why.UNKNOWN, "this realm's log holds nothing about this person");
    }

    private static Done done(ErasureEntity row) {
        return new Done(row.entryId, row.entries);
    }
}
