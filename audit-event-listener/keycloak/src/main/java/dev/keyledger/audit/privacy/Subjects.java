package dev.keyledger.audit.privacy;

import dev.keyledger.audit.key.KeyRing;
import dev.keyledger.audit.storage.ErasureEntity;
import dev.keyledger.audit.storage.LogDirectory;
import dev.keyledger.audit.storage.PersonNames;
import dev.keyledger.audit.storage.Transactions;
import jakarta.persistence.EntityManager;
import java.time.InstantSource;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Finds, in all epochs of one realm's log, the people whom it tells of. Reads only. */
public final class Subjects {
    private static final int SLOTS_READ = 500;

    private final String realmId;
    private final Transactions transactions;
    private final LogDirectory directory;
    private final KeyRing keys;
    private final InstantSource clock;

    public Subjects(
            String realmId, Transactions transactions, LogDirectory directory, KeyRing keys, InstantSource clock) {
        this.realmId = realmId;
        this.transactions = transactions;
        this.directory = directory;
        this.keys = keys;
        this.clock = clock;
    }

    /**
     * The people who have or had this id, user name or e-mail address.
     *
     * @param ids of users who are called so now, whether the log has heard of it or not
     */
    public List<Subject> find(String text, Collection<String> ids) {
        return transactions.run(em -> {
            List<SubjectRows> epochs = epochs(em);
            Set<String> found = new LinkedHashSet<>();
            for (SubjectRows rows : epochs) {
                rows.named(text).forEach(ref -> rows.id(ref).ifPresent(found::add));
            }
            found.addAll(ids);
            found.add(text);
            return found.stream()
                    .map(id -> describe(epochs, id))
                    .flatMap(Optional::stream)
                    .toList();
        });
    }

    /** The id behind a reference that {@link #find} has told, or that is one itself. */
    public Optional<String> id(String reference) {
        return transactions.run(em ->
                epochs(em).stream().flatMap(rows -> rows.id(reference).stream()).findFirst());
    }

    /** What there is about one person; empty when there never was anything. */
    public Optional<Subject> describe(String id) {
        return transactions.run(em -> describe(epochs(em), id));
    }

    /** That the person behind a reference was erased. */
    Optional<ErasureEntity> erasure(String reference) {
        return transactions.run(em -> epochs(em).stream()
                .flatMap(rows -> rows.erasure(Set.of(reference)).stream())
                .findFirst());
    }

    String realmId() {
        return realmId;
    }

    List<SubjectRows> epochs(EntityManager em) {
        return directory.epochs(realmId).stream()
                .map(epoch -> new SubjectRows(em, epoch, keys))
                .toList();
    }

    private Optional<Subject> describe(List<SubjectRows> epochs, String id) {
        if (id.isEmpty()) {
            // What is nobody's is the log's own.
            return Optional.empty();
        }
        String reference = null;
        long entries = 0;
        ErasureEntity erased = null;
        TreeSet<String> names = new TreeSet<>();
        Hold hold = null;
        for (SubjectRows rows : epochs) {
            Set<String> refs = rows.references(id);
            if (rows.isKnown(refs)) {
                entries += rows.entries(refs);
                reference = reference == null ? reference(rows, id) : reference;
                names.addAll(names(rows, refs));
            }
            erased = erased == null ? rows.erasure(refs).orElse(null) : erased;
            hold = hold == null ? Holds.read(rows, refs, keys, clock.millis()).orElse(null) : hold;
        }
        if (reference != null) {
            Subject.State state = hold == null ? Subject.State.OPEN : Subject.State.HELD;
            return Optional.of(new Subject(reference, id, names, entries, state, hold));
        }
        return erased == null
                ? Optional.empty()
                : Optional.of(new Subject(newest(epochs, id), null, names, erased.entries, Subject.State.ERASED, null));
    }

    private @Nullable String reference(SubjectRows rows, String id) {
        return rows.references(id).stream()
                .filter(ref -> rows.isKnown(Set.of(ref)))
                .findFirst()
                .orElse(null);
    }

    private String newest(List<SubjectRows> epochs, String id) {
        return keys.newReference(epochs.get(0).log().logId(), id);
    }

    private static Set<String> names(SubjectRows rows, Set<String> refs) {
        Set<String> names = new TreeSet<>();
        rows.parts().newestOwnedBy(refs, SLOTS_READ).forEach(owned -> names.addAll(PersonNames.in(owned.part())));
        rows.pruned(refs).forEach(known -> names.addAll(known.called()));
        return names;
    }
}
