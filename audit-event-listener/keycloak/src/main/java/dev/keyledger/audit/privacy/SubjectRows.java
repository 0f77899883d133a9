package dev.keyledger.audit.privacy;

import dev.keyledger.audit.key.KeyRing;
import dev.keyledger.audit.storage.ErasureEntity;
import dev.keyledger.audit.storage.HoldEntity;
import dev.keyledger.audit.storage.KnownAs;
import dev.keyledger.audit.storage.LogEpoch;
import dev.keyledger.audit.storage.PersonNames;
import dev.keyledger.audit.storage.PrivateReader;
import dev.keyledger.audit.storage.PrunedPeople;
import dev.keyledger.audit.storage.Transactions;
import jakarta.persistence.EntityManager;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** The rows of one epoch that lead to people, in a transaction that runs. */
final class SubjectRows {
    private final EntityManager em;
    private final LogEpoch log;
    private final KeyRing keys;

    SubjectRows(EntityManager em, LogEpoch log, KeyRing keys) {
        this.em = em;
        this.log = log;
        this.keys = keys;
    }

    LogEpoch log() {
        return log;
    }

    PrivateReader parts() {
        return new PrivateReader(log.logId(), Transactions.within(em), keys);
    }

    /** The references that a text may have been stored under. */
    Set<String> references(String text) {
        return Set.copyOf(keys.references(log.logId(), text));
    }

    /** The people who are or were called like this. */
    List<String> named(String name) {
        return em.createQuery(
                        "select distinct n.subjectRef from NameEntity n"
                                + " where n.logId = :log and n.nameRef in :names",
                        String.class)
                .setParameter("log", log.logId())
                .setParameter("names", references(name))
                .getResultList();
    }

    /** Whether a name is one of this person's. */
    boolean isNamed(String subjectRef, String name) {
        return named(name).contains(subjectRef);
    }

    /** The id of the person with this reference, from what the log holds about the person. */
    Optional<String> id(String subjectRef) {
        return em.createQuery(
                        "select p.logIndex from PrivateEntity p where p.logId = :log and p.subjectRef = :subject"
                                + " and p.slot not in ('change', 'net') order by p.logIndex desc",
                        Long.class)
                .setParameter("log", log.logId())
                .setParameter("subject", subjectRef)
                .setMaxResults(1)
                .getResultStream()
                .flatMap(index -> parts().owned(index, index + 1).stream())
                .filter(owned -> owned.subjectRef().equals(subjectRef))
                .flatMap(owned -> PersonNames.id(owned.part()).stream())
                .filter(id -> references(id).contains(subjectRef))
                .findFirst()
                .or(() ->
                        new PrunedPeople(em, log.logId(), keys).find(subjectRef).map(PrunedPeople.Person::id));
    }

    /** What those of these are called of whom entries were pruned. */
    List<KnownAs> pruned(Collection<String> subjectRefs) {
        PrunedPeople people = new PrunedPeople(em, log.logId(), keys);
        return subjectRefs.stream()
                .flatMap(ref -> people.find(ref).map(PrunedPeople.Person::knownAs).stream())
                .toList();
    }

    /** How many entries have a slot of theirs. */
    long entries(Collection<String> subjectRefs) {
        return count(
                "select count(distinct p.logIndex) from PrivateEntity p where p.logId = :log and p.subjectRef in :refs",
                subjectRefs);
    }

    /** Whether there is a key of theirs, or a slot. Of whom there is only a key there is more in archives. */
    boolean isKnown(Collection<String> subjectRefs) {
        return count(
                                "select count(k.subjectRef) from SubjectKeyEntity k where k.logId = :log and k.subjectRef in :refs",
                                subjectRefs)
                        > 0
                || entries(subjectRefs) > 0;
    }

    private long count(String query, Collection<String> subjectRefs) {
        return em.createQuery(query, Long.class)
                .setParameter("log", log.logId())
                .setParameter("refs", subjectRefs)
                .getSingleResult();
    }

    /** The hold on one of these, whether in force or over. */
    Optional<HoldEntity> hold(Collection<String> subjectRefs) {
        return em.createQuery(
                        "select h from HoldEntity h where h.logId = :log and h.subjectRef in :refs", HoldEntity.class)
                .setParameter("log", log.logId())
                .setParameter("refs", subjectRefs)
                .getResultStream()
                .findFirst();
    }

    /** That one of these was erased. */
    Optional<ErasureEntity> erasure(Collection<String> subjectRefs) {
        return em.createQuery(
                        "select e from ErasureEntity e where e.logId = :log and e.erasedRef in :refs",
                        ErasureEntity.class)
                .setParameter("log", log.logId())
                .setParameter(
                        "refs",
                        subjectRefs.stream()
                                .flatMap(ref -> references(erased(ref)).stream())
                                .collect(Collectors.toCollection(TreeSet::new)))
                .getResultStream()
                .findFirst();
    }

    /** Keeps that the person with this reference was erased. */
    void keepErasure(String subjectRef, String entryId, long entries) {
        ErasureEntity row = new ErasureEntity();
        row.logId = log.logId();
        row.erasedRef = keys.newReference(log.logId(), erased(subjectRef));
        row.entryId = entryId;
        row.entries = entries;
        em.merge(row);
    }

    /** What a reference becomes when nothing else may lead to it: without the key nobody finds the one from the other. */
    private static String erased(String subjectRef) {
        return "erased:" + subjectRef;
    }
}
