package dev.keyledger.audit.privacy;

import dev.keyledger.audit.key.KeyRing;
import dev.keyledger.audit.storage.ErasureEntity;
import dev.keyledger.audit.storage.HeadEntity;
import dev.keyledger.audit.storage.LogEpoch;
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
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Erases what one realm's log holds about a person: keys, slots, references, names. Leaves, hashes, proofs and signatures
 * stay as they are.
 *
 * <p>What other people's slots tell of the person is looked for first, without a lock. Then one transaction
 *
 * <ol>
 *   <li>locks the heads of all epochs, the newest first: from here on nobody seals, and nobody changes a hold;
 *   <li>refuses when a hold is in force;
 *   <li>seals what is staged, so that it has indices and can be listed;
 *   <li>looks again at what was sealed since the first look;
 *   <li>deletes, and stages the {@code ERASURE} entries that list what was deleted.
 * </ol>
 *
 * <p>Commit point: the commit of that transaction. Before it: nothing is erased, and nothing says so; sealed is what
 * would have been sealed anyhow. After it: all is erased, and the entries are staged. What a request that was under way
 * commits after that is about a person whom the log does not know any more; it is recorded like anybody's, under a new
 * key, and erased when it is asked for again.
 */
public final class SubjectErasure {
    private final Subjects subjects;
    private final Transactions transactions;
    private final KeyRing keys;
    private final InstantSource clock;

    public SubjectErasure(Subjects subjects, Transactions transactions, KeyRing keys, InstantSource clock) {
        this.subjects = subjects;
        this.transactions = transactions;
        this.keys = keys;
        this.clock = clock;
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
     * Erases the person with this id. A person who was erased before, and of whom nothing was recorded since, stays
     * erased, and the answer is that of then.
     *
     * @param reason goes into the log for ever, and must not name the person, as the legal basis must not
     */
    public Done erase(String id, String reason, @Nullable String legalBasis, Entries entries) {
        if (id.isEmpty()) {
            throw unknown();
        }
        List<ErasedEpoch> epochs = transactions.run(em -> subjects.epochs(em)).stream()
                .map(rows -> new ErasedEpoch(rows.log(), keys))
                .toList();
        Mentions mentions = new Mentions(id);
        epochs.forEach(epoch -> epoch.learn(transactions, id, mentions));
        epochs.forEach(epoch -> epoch.look(transactions, id, mentions));
        if (mentions.isIn(reason) || (legalBasis != null && mentions.isIn(legalBasis))) {
            throw new RefusedException(
                    RefusedException.Why.NAMES_PERSON,
                    "reason or legalBasis names the person; they stay in the log, so name a ticket instead");
        }
        Map<String, JsonValue> words = new TreeMap<>(Map.of("reason", JsonString.of(reason)));
        if (legalBasis != null) {
            words.put("legalBasis", JsonString.of(legalBasis));
        }
        return transactions.run(em -> {
            HeadEntity newest = lock(em, epochs);
            refuseHeld(em, id);
            StageSealing.all(em, newest, keys, clock);
            int known = mentions.names().size();
            Transactions here = Transactions.within(em);
            epochs.forEach(epoch -> epoch.learn(here, id, mentions));
            if (mentions.names().size() > known) {
                epochs.forEach(ErasedEpoch::lookAgain);
            }
            epochs.forEach(epoch -> epoch.look(here, id, mentions));
            return erase(em, id, epochs, words, entries);
        });
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

    private Done erase(
            EntityManager em, String id, List<ErasedEpoch> epochs, Map<String, JsonValue> words, Entries entries) {
        LogEpoch newest = epochs.get(0).log();
        Done first = null;
        long count = 0;
        for (ErasedEpoch epoch : epochs) {
            for (ErasedEpoch.Part part : epoch.parts(em, id)) {
                Map<String, JsonValue> details = new TreeMap<>(words);
                details.putAll(part.details());
                StageEntity row = entries.make(newest, Erasure.OPERATION, null, details);
                em.persist(row);
                part.mark(em, row.id);
                first = first == null ? new Done(row.id, 0) : first;
                count += part.entries();
            }
        }
        if (first == null) {
            return subjects.epochs(em).stream()
                    .flatMap(rows -> rows.erasure(rows.references(id)).stream())
                    .findFirst()
                    .map(SubjectErasure::done)
                    .orElseThrow(SubjectErasure::unknown);
        }
        Done done = new Done(first.entryId(), count);
        epochs.forEach(epoch -> epoch.forget(em, id, done));
        return done;
    }

    private static RefusedException unknown() {
        return new RefusedException(RefusedException.Why.UNKNOWN, "this realm's log holds nothing about this person");
    }

    private static Done done(ErasureEntity row) {
        return new Done(row.entryId, row.entries);
    }
}
