package dev.keyledger.audit.privacy;

import dev.keyledger.audit.key.KeyRing;
import dev.keyledger.audit.storage.LogEpoch;
import dev.keyledger.audit.storage.PackedRows;
import dev.keyledger.audit.storage.PackedSlots;
import dev.keyledger.audit.storage.PrivateEntity;
import dev.keyledger.audit.storage.PrivateReader;
import dev.keyledger.audit.storage.SubjectKeyEntity;
import dev.keyledger.audit.storage.Transactions;
import dev.keyledger.log.entry.ErasedSlots;
import dev.keyledger.log.entry.Erasure;
import dev.keyledger.log.entry.Slot;
import dev.keyledger.log.json.JsonNumber;
import dev.keyledger.log.json.JsonString;
import dev.keyledger.log.json.JsonValue;
import dev.keyledger.log.merkle.LogHasher;
import jakarta.persistence.EntityManager;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** One epoch's share of an erasure: what is to go, and how it goes. */
final class ErasedEpoch {
    private static final long PIECE = 256;
    private static final int CHUNK = 500;

    /**
     * How many slots one entry lists and one transaction erases at most: so that nobody waits long for the log's head, and
     * so that the list fits a slot, whose size is bounded, with some 23 characters for each.
     */
    static final int MAX_PLACES = 5_000;

    private static final Comparator<ErasedSlots.Place> ORDER =
            Comparator.comparingLong(ErasedSlots.Place::index).thenComparing(ErasedSlots.Place::slot);

    /** The columns of an entry that were made of each slot. */
    private static final Map<Slot, List<String>> COLUMNS = Map.of(
            Slot.ACTOR, List.of("actorRef", "actorNameRef", "clientRef"),
            Slot.TARGET, List.of("targetRef", "targetNameRef"),
            Slot.NET, List.of("ipRef", "requestRef"),
            Slot.CHANGE, List.of());

    /** Of rows with another label, which somebody has made, the key goes that opened them. */
    private static final Set<String> LABELS = PackedSlots.labels();

    private final LogEpoch log;
    private final KeyRing keys;
    private final int maxPlaces;
    private final TreeSet<ErasedSlots.Place> mentioned = new TreeSet<>(ORDER);
    private long learned;
    private long looked;
    private boolean told;

    /** @param maxPlaces at most {@value #MAX_PLACES} slots are erased at once; more than those of one entry */
    ErasedEpoch(LogEpoch log, KeyRing keys, int maxPlaces) {
        this.log = log;
        this.keys = keys;
        this.maxPlaces = maxPlaces;
    }

    LogEpoch log() {
        return log;
    }

    /** Is told, about every so many entries, how many have been looked at of how many. */
    @FunctionalInterface
    interface Progress {
        void reached(long looked, long of);
    }

    /** Learns the names of the person from the slots that are the person's own, as far as not done before; tells at each. */
    void learn(Transactions transactions, String id, Mentions mentions, Runnable progress) {
        long size = size(transactions);
        transactions
                .run(em -> new SubjectRows(em, log, keys).pruned(references(id)))
                .forEach(mentions::know);
        reader(transactions).eachOwnedBy(references(id), learned, owned -> {
            progress.run();
            mentions.learn(owned.part());
        });
        learned = size;
    }

    /** Looks for the person in the slots of others, as far as not done before. */
    void look(Transactions transactions, String id, Mentions mentions, Progress progress) {
        PrivateReader reader = reader(transactions);
        Set<String> own = references(id);
        Map<String, Set<String>> alsoCalled = alsoCalled(transactions, own, mentions);
        long size = size(transactions);
        for (; looked < size; looked = Math.min(size, looked + PIECE)) {
            progress.reached(looked, size);
            for (PrivateReader.Owned slot : reader.owned(looked, Math.min(size, looked + PIECE))) {
                if (!own.contains(slot.subjectRef())
                        && mentions.isIn(
                                slot.part(),
                                name -> !slot.log()
                                        && alsoCalled
                                                .getOrDefault(name, Set.of())
                                                .contains(slot.subjectRef()))) {
                    mentioned.add(
                            new ErasedSlots.Place(slot.index(), slot.part().slot()));
                    if (Mentions.isNamedOnly(slot.part())) {
                        mentioned.add(new ErasedSlots.Place(slot.index(), Slot.NET));
                    }
                }
            }
        }
    }

    /** Forgets what was looked at: there is a name that nobody looked for. */
    void lookAgain() {
        looked = 0;
    }

    /** Of each of the person's names, who else is called so. */
    private Map<String, Set<String>> alsoCalled(Transactions transactions, Set<String> own, Mentions mentions) {
        return transactions.run(em -> {
            SubjectRows rows = new SubjectRows(em, log, keys);
            Map<String, Set<String>> called = new TreeMap<>();
            for (String name : mentions.names()) {
                called.put(
                        name,
                        rows.named(name).stream()
                                .filter(ref -> !own.contains(ref))
                                .collect(Collectors.toSet()));
            }
            return called;
        });
    }

    /** Slots that are listed by one entry. */
    final class Part {
        private final ErasedSlots slots = new ErasedSlots();
        private final Map<Slot, List<Long>> indices = new EnumMap<>(Slot.class);
        private final Set<Long> entries = new TreeSet<>();
        private final String fingerprints;
        private final boolean more;

        private Part(SortedSet<ErasedSlots.Place> places, boolean more, String fingerprints) {
            this.fingerprints = fingerprints;
            this.more = more;
            for (ErasedSlots.Place place : places) {
                slots.add(place.index(), place.slot());
                indices.computeIfAbsent(place.slot(), s -> new ArrayList<>()).add(place.index());
                entries.add(place.index());
            }
        }

        /** Whether there are so many that this is not all. */
        boolean hasMore() {
            return more;
        }

        /** Whether an entry has to tell of it. */
        boolean isToBeTold() {
            // Of whoever's entries were all pruned there is the key, which opens what archives hold.
            return !entries.isEmpty() || (!fingerprints.isEmpty() && !told);
        }

        int entries() {
            return entries.size();
        }

        Map<String, JsonValue> details() {
            Map<String, JsonValue> details = new TreeMap<>();
            details.put(Erasure.LOG, new JsonString(log.origin()));
            details.put(Erasure.SLOTS, slots.toJson());
            details.put("entries", JsonNumber.of(entries.size()));
            if (!fingerprints.isEmpty()) {
                details.put("keys", new JsonString(fingerprints));
            }
            return details;
        }

        /** Puts the entry's id in the place of what the slots held, and nothing in the place of their references. */
        void mark(EntityManager em, String entryId) {
            PackedRows packed = new PackedRows(em, log.logId(), keys);
            List<Long> touched = List.copyOf(entries);
            for (int from = 0; from < touched.size(); from += CHUNK) {
                packed.unpack(touched.subList(from, Math.min(touched.size(), from + CHUNK)));
            }
            indices.forEach((slot, all) -> {
                for (int from = 0; from < all.size(); from += CHUNK) {
                    mark(em, entryId, slot, all.subList(from, Math.min(all.size(), from + CHUNK)));
                }
            });
            mentioned.removeIf(place -> slots.covers(place.index(), place.slot()));
            told = true;
        }

        private void mark(EntityManager em, String entryId, Slot slot, List<Long> chunk) {
            em.createQuery("update PrivateEntity p set p.subjectRef = :erased, p.data = :entry"
                            + " where p.logId = :log and p.slot = :slot and p.logIndex in :indices")
                    .setParameter("erased", PrivateEntity.ERASED)
                    .setParameter("entry", entryId)
                    .setParameter("log", log.logId())
                    .setParameter("slot", slot.label())
                    .setParameter("indices", chunk)
                    .executeUpdate();
            String nothing = COLUMNS.getOrDefault(slot, List.of()).stream()
                    .map(column -> "e." + column + " = null")
                    .collect(Collectors.joining(", "));
            if (!nothing.isEmpty()) {
                em.createQuery("update EntryEntity e set " + nothing
                                + " where e.logId = :log and e.logIndex in :indices")
                        .setParameter("log", log.logId())
                        .setParameter("indices", chunk)
                        .executeUpdate();
            }
        }
    }

    /**
     * The first that is to go, so many slots of whole entries: of the person's own slots those whose names were learned.
     */
    Part next(EntityManager em, String id) {
        List<Object[]> own = em.createQuery(
                        "select p.logIndex, p.slot from PrivateEntity p where p.logId = :log and p.subjectRef in :refs"
                                + " and p.logIndex < :learned and p.slot in :labels order by p.logIndex, p.slot",
                        Object[].class)
                .setParameter("log", log.logId())
                .setParameter("refs", references(id))
                .setParameter("learned", learned)
                .setParameter("labels", LABELS)
                .setMaxResults(maxPlaces)
                .getResultList();
        boolean more = own.size() == maxPlaces;
        long end = more ? (Long) own.get(own.size() - 1)[0] : Long.MAX_VALUE;
        TreeSet<ErasedSlots.Place> places = new TreeSet<>(ORDER);
        own.stream()
                .filter(row -> (Long) row[0] < end)
                .flatMap(ErasedEpoch::places)
                .forEach(places::add);
        places.addAll(stillThere(em, mentioned.headSet(new ErasedSlots.Place(end, Slot.ACTOR))));
        if (places.size() > maxPlaces) {
            more = true;
            long cut = places.stream()
                    .skip(maxPlaces)
                    .findFirst()
                    .map(ErasedSlots.Place::index)
                    .orElseThrow();
            places.removeIf(place -> place.index() >= cut);
        }
        return new Part(places, more, fingerprints(em, id));
    }

    /** Those of the first of these that have something to lose: none that were pruned or erased meanwhile. */
    private Set<ErasedSlots.Place> stillThere(EntityManager em, SortedSet<ErasedSlots.Place> candidates) {
        Set<ErasedSlots.Place> there = new TreeSet<>(ORDER);
        while (there.isEmpty() && !candidates.isEmpty()) {
            List<ErasedSlots.Place> first =
                    candidates.stream().limit(maxPlaces + 1L).toList();
            for (int from = 0; from < first.size(); from += CHUNK) {
                there.addAll(notErased(em, first.subList(from, Math.min(first.size(), from + CHUNK))));
            }
            there.retainAll(Set.copyOf(first));
            first.stream().filter(place -> !there.contains(place)).forEach(mentioned::remove);
        }
        return there;
    }

    private List<ErasedSlots.Place> notErased(EntityManager em, List<ErasedSlots.Place> places) {
        return em.createQuery(
                        "select p.logIndex, p.slot from PrivateEntity p where p.logId = :log"
                                + " and p.subjectRef <> :erased and p.logIndex in :indices and p.slot in :labels",
                        Object[].class)
                .setParameter("log", log.logId())
                .setParameter("erased", PrivateEntity.ERASED)
                .setParameter("labels", LABELS)
                .setParameter(
                        "indices", places.stream().map(ErasedSlots.Place::index).collect(Collectors.toSet()))
                .getResultStream()
                .flatMap(ErasedEpoch::places)
                .toList();
    }

    private static Stream<ErasedSlots.Place> places(Object[] row) {
        return PackedSlots.parse((String) row[1]).slots().stream()
                .map(slot -> new ErasedSlots.Place((Long) row[0], slot));
    }

    /** Deletes what else leads to the person, and keeps that there was one. */
    void forget(EntityManager em, String id, SubjectErasure.Done done) {
        SubjectRows rows = new SubjectRows(em, log, keys);
        for (String table : List.of("SubjectKeyEntity", "NameEntity", "PersonEntity", "HoldEntity")) {
            em.createQuery("delete from " + table + " x where x.logId = :log and x.subjectRef in :refs")
                    .setParameter("log", log.logId())
                    .setParameter("refs", references(id))
                    .executeUpdate();
        }
        references(id).forEach(ref -> rows.keepErasure(ref, done.entryId(), done.entries()));
    }

    /** Tells a key in a backup that must not come back, and nothing to anybody who has not got it. */
    private String fingerprints(EntityManager em, String id) {
        return em.createQuery(
                        "select k from SubjectKeyEntity k where k.logId = :log and k.subjectRef in :refs"
                                + " order by k.createdTime",
                        SubjectKeyEntity.class)
                .setParameter("log", log.logId())
                .setParameter("refs", references(id))
                .getResultStream()
                .map(row -> LogHasher.leaf(row.wrappedKey.getBytes(StandardCharsets.US_ASCII))
                        .toBase64())
                .collect(Collectors.joining(","));
    }

    private long size(Transactions transactions) {
        return transactions.run(
                em -> em.createQuery("select h.treeSize from HeadEntity h where h.logId = :log", Long.class)
                        .setParameter("log", log.logId())
                        .getSingleResult());
    }

    private PrivateReader reader(Transactions transactions) {
        return new PrivateReader(log.logId(), transactions, keys);
    }

    private Set<String> references(String id) {
        return Set.copyOf(keys.references(log.logId(), id));
    }
}
