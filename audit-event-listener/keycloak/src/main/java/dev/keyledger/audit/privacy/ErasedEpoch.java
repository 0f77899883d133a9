package dev.keyledger.audit.privacy;

import dev.keyledger.audit.key.KeyRing;
import dev.keyledger.audit.storage.LogEpoch;
import dev.keyledger.audit.storage.PrivateEntity;
import dev.keyledger.audit.storage.PrivateReader;
import dev.keyledger.audit.storage.SubjectKeyEntity;
import dev.keyledger.audit.storage.Transactions;
import dev.keyledger.log.FormatException;
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
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** One epoch's share of an erasure: what is to go, and how it goes. */
final class ErasedEpoch {
    private static final long PIECE = 256;
    private static final int CHUNK = 500;

    /** So that the list fits a slot, whose size is bounded: at most some 23 characters each. */
    private static final int MAX_RANGES = 8_000;

    private static final Comparator<ErasedSlots.Place> ORDER =
            Comparator.comparingLong(ErasedSlots.Place::index).thenComparing(ErasedSlots.Place::slot);

    /** The columns of an entry that were made of each slot. */
    private static final Map<Slot, List<String>> COLUMNS = Map.of(
            Slot.ACTOR, List.of("actorRef", "actorNameRef", "clientRef"),
            Slot.TARGET, List.of("targetRef", "targetNameRef"),
            Slot.NET, List.of("ipRef", "requestRef"),
            Slot.CHANGE, List.of());

    private final LogEpoch log;
    private final KeyRing keys;
    private final TreeSet<ErasedSlots.Place> mentioned = new TreeSet<>(ORDER);
    private long learned;
    private long looked;

    ErasedEpoch(LogEpoch log, KeyRing keys) {
        this.log = log;
        this.keys = keys;
    }

    LogEpoch log() {
        return log;
    }

    /** Learns the names of the person from the slots that are the person's own, as far as not done before. */
    void learn(Transactions transactions, String id, Mentions mentions) {
        long size = size(transactions);
        reader(transactions).eachOwnedBy(references(id), learned, owned -> mentions.learn(owned.part()));
        learned = size;
    }

    /** Looks for the person in the slots of others, as far as not done before. */
    void look(Transactions transactions, String id, Mentions mentions) {
        PrivateReader reader = reader(transactions);
        Set<String> own = references(id);
        Map<String, Set<String>> alsoCalled = alsoCalled(transactions, own, mentions);
        long size = size(transactions);
        for (; looked < size; looked = Math.min(size, looked + PIECE)) {
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

    /** What is listed by one entry, which takes so much and no more. */
    final class Part {
        private final ErasedSlots slots = new ErasedSlots();
        private final Map<Slot, List<Long>> indices = new EnumMap<>(Slot.class);
        private final Set<Long> entries = new TreeSet<>();
        private final String fingerprints;

        private Part(String fingerprints) {
            this.fingerprints = fingerprints;
        }

        private void add(ErasedSlots.Place place) {
            slots.add(place.index(), place.slot());
            indices.computeIfAbsent(place.slot(), s -> new ArrayList<>()).add(place.index());
            entries.add(place.index());
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
            indices.forEach((slot, all) -> {
                for (int from = 0; from < all.size(); from += CHUNK) {
                    List<Long> chunk = all.subList(from, Math.min(all.size(), from + CHUNK));
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
            });
        }
    }

    /** All that is to go, as it is listed. */
    List<Part> parts(EntityManager em, String id) {
        TreeSet<ErasedSlots.Place> places = new TreeSet<>(ORDER);
        places.addAll(mentioned);
        em.createQuery(
                        "select p.logIndex, p.slot from PrivateEntity p where p.logId = :log and p.subjectRef in :refs",
                        Object[].class)
                .setParameter("log", log.logId())
                .setParameter("refs", references(id))
                .getResultList()
                .forEach(row -> add(places, (Long) row[0], (String) row[1]));
        String fingerprints = fingerprints(em, id);
        List<Part> parts = new ArrayList<>();
        for (ErasedSlots.Place place : places) {
            if (parts.isEmpty() || parts.get(parts.size() - 1).slots.rangeCount() >= MAX_RANGES) {
                parts.add(new Part(fingerprints));
            }
            parts.get(parts.size() - 1).add(place);
        }
        if (parts.isEmpty() && !fingerprints.isEmpty()) {
            // Whose entries were pruned: the key opens what archives hold.
            parts.add(new Part(fingerprints));
        }
        return parts;
    }

    private static void add(Set<ErasedSlots.Place> places, long index, String label) {
        try {
            places.add(new ErasedSlots.Place(index, Slot.parse(label)));
        } catch (FormatException e) {
            // Somebody has made a label that is none; the key that opened the row goes all the same.
            return;
        }
    }

    /** Deletes what else leads to the person, and keeps that there was one. */
    void forget(EntityManager em, String id, SubjectErasure.Done done) {
        SubjectRows rows = new SubjectRows(em, log, keys);
        for (String table : List.of("SubjectKeyEntity", "NameEntity", "HoldEntity")) {
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
