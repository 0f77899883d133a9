package dev.keyledger.audit.privacy;

import dev.keyledger.audit.key.KeyRing;
import dev.keyledger.audit.storage.LogDirectory;
import dev.keyledger.audit.storage.Transactions;
import java.time.InstantSource;

/** The people in one realm's log: who they are, what must not be erased, and erasing it. */
public record Privacy(Subjects subjects, Holds holds, SubjectErasure erasure) {
    /** Of a realm's log, in all its epochs. */
    public static Privacy of(
            String realmId, Transactions transactions, LogDirectory directory, KeyRing keys, InstantSource clock) {
        Subjects subjects = new Subjects(realmId, transactions, directory, keys, clock);
        return new Privacy(
                subjects,
                new Holds(subjects, transactions, keys, clock),
                new SubjectErasure(subjects, transactions, keys, clock));
    }
}
