package dev.keyledger.audit.storage;

import dev.keyledger.audit.key.Aead;
import dev.keyledger.audit.key.KeyException;
import dev.keyledger.audit.key.KeyRing;
import dev.keyledger.log.FormatException;
import dev.keyledger.log.json.JsonReader;
import jakarta.persistence.EntityManager;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Who the people of one log are of whom entries were pruned: their ids and names, encrypted with their own keys. So whoever
 * is in archives only is still found, held and erased; and when a key goes, this says nothing any more either.
 */
public final class PrunedPeople {
    private static final int MAX_BYTES = 1 << 20;

    private final EntityManager em;
    private final String logId;
    private final KeyRing keys;

    public PrunedPeople(EntityManager em, String logId, KeyRing keys) {
        this.em = em;
        this.logId = logId;
        this.keys = keys;
    }

    /** One of them. */
    public record Person(String id, KnownAs knownAs) {}

    /** Keeps what these entries tell of their people, before the rows go. Only the holder of the head's lock may. */
    void keep(Collection<Long> indices) {
        Map<String, List<PrivateReader.Owned>> bySubject = new LinkedHashMap<>();
        for (PrivateReader.Owned owned : new PrivateReader(logId, Transactions.within(em), keys).ownedAt(indices)) {
            if (!owned.log()) {
                bySubject
                        .computeIfAbsent(owned.subjectRef(), ref -> new ArrayList<>())
                        .add(owned);
            }
        }
        SubjectKeys subjects = new SubjectKeys(em, logId, keys);
        subjects.load(bySubject.keySet());
        bySubject.forEach((subjectRef, slots) -> keep(subjectRef, slots, subjects.required(subjectRef)));
    }

    private void keep(String subjectRef, List<PrivateReader.Owned> slots, Aead key) {
        PersonEntity row = em.find(PersonEntity.class, new PersonEntity.Key(logId, subjectRef));
        Optional<Person> before = Optional.ofNullable(row).flatMap(known -> open(known, key));
        KnownAs knownAs = new KnownAs();
        before.ifPresent(person -> knownAs.know(person.knownAs()));
        Set<String> known = Set.copyOf(knownAs.names());
        slots.forEach(owned -> knownAs.learn(owned.part()));
        String id = before.map(Person::id)
                .or(() -> slots.stream()
                        .flatMap(owned -> PersonNames.id(owned.part()).stream())
                        .filter(each -> keys.references(logId, each).contains(subjectRef))
                        .findFirst())
                .orElse(null);
        if (id == null || (before.isPresent() && known.containsAll(knownAs.names()))) {
            return;
        }
        PersonEntity kept = row == null ? new PersonEntity() : row;
        kept.logId = logId;
        kept.subjectRef = subjectRef;
        kept.knownAs = key.seal(knownAs.encode(id), context(subjectRef));
        if (row == null) {
            em.persist(kept);
        }
    }

    /** The person behind a reference; empty of whom nothing was pruned, or who was erased. */
    public Optional<Person> find(String subjectRef) {
        PersonEntity row = em.find(PersonEntity.class, new PersonEntity.Key(logId, subjectRef));
        if (row == null) {
            return Optional.empty();
        }
        SubjectKeys subjects = new SubjectKeys(em, logId, keys);
        subjects.load(Set.of(subjectRef));
        return subjects.loaded(subjectRef)
                .flatMap(key -> open(row, key))
                .filter(person -> keys.references(logId, person.id()).contains(subjectRef));
    }

    private static Optional<Person> open(PersonEntity row, Aead key) {
        try {
            byte[] bytes = key.open(row.knownAs, context(row.subjectRef));
            return Optional.of(
                    new Person(JsonReader.parseObject(bytes, MAX_BYTES).string("id"), KnownAs.parse(bytes)));
        } catch (KeyException | FormatException e) {
            // Somebody has changed the row.
            return Optional.empty();
        }
    }

    private static String context(String subjectRef) {
        return "person\0" + subjectRef;
    }
}
