package dev.keyledger.audit.privacy;

import dev.keyledger.audit.key.KeyRing;
import dev.keyledger.audit.storage.LogEpoch;
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
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** One epoch's share of an erasure: what is to go, and how it goes. */
final class ErasedEpoch {
    private static final long PIECE = 256;

    /**
     * How many slots one entry lists and one transaction erases at most: so that nobody waits long for the log's head, and
     * so that the list fits a slot, whose size is bounded, with some 23 characters for each.
     */
    static final int MAX_PLACES = 5_000;

    private static final Comparator<ErasedSlots.Place> ORDER =
            Comparator.comparingLong(ErasedSlots.Place::index).thenComparing(ErasedSlots.Place::slot);

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
        private final SortedSet<ErasedSlots.Place> places;
        private final long entries;
        private final String fingerprints;
        private final boolean more;

        private Part(SortedSet<ErasedSlots.Place> places, boolean more, String fingerprints) {
            this.fingerprints = fingerprints;
            this.more = more;
            this.places = places;
            this.entries =
                    places.stream().map(ErasedSlots.Place::index).distinct().count();
            places.forEach(place -> slots.add(place.index(), place.slot()));
        }

        /** Whether there are so many that this is not all. */
        boolean hasMore() {
            return more;
        }

        /** Whether an entry has to tell of it. */
        boolean isToBeTold() {
            // Of whoever's entries were all pruned there is the key, which opens what archives hold.
            return !places.isEmpty() || (!fingerprints.isEmpty() && !told);
        }

        int entries() {
            return (int) entries;
        }

        Map<String, JsonValue> details() {
            Map<String, JsonValue> details = new TreeMap<>();
            details.put(Erasure.LOG, new JsonString(log.origin()));
            details.put(Erasure.SLOTS, slots.toJson());
            details.put("entries", JsonNumber.of(entries));
            if (!fingerprints.isEmpty()) {
                details.put("keys", new JsonString(fingerprints));
            }
            return details;
        }

        /** Puts the entry's id in the place of what the slots held, and nothing in the place of their references. */
        void mark(EntityManager em, String entryId) {
            new SlotRows(em, log).mark(places, entryId, keys);
            mentioned.removeIf(place -> slots.covers(place.index(), place.slot()));
            told = true;
        }
    }

    /**
     * The first that is to go, so many slots of whole entries: of the person's own slots those whose names were learned.
     */
    Part next(EntityManager em, String id) {
        List<SlotRows.Row> own = new SlotRows(em, log).owned(references(id), learned, maxPlaces);
        boolean more = own.size() == maxPlaces;
        long end = more ? own.get(own.size() - 1).index() : Long.MAX_VALUE;
        TreeSet<ErasedSlots.Place> places = new TreeSet<>(ORDER);
        own.stream()
                .filter(row -> row.index() < end)
                .flatMap(SlotRows.Row::places)
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
            there.addAll(new SlotRows(em, log).kept(first));
            there.retainAll(Set.copyOf(first));
            first.stream().filter(place -> !there.contains(place)).forEach(mentioned::remove);
        }
        return there;
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
