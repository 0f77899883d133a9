package dev.keyledger.audit.storage;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import org.hibernate.Length;
import org.hibernate.annotations.Nationalized;
import org.jspecify.annotations.Nullable;

/** An erasure that is under way: there from its beginning to its end, so that what a crash breaks off is gone on with. */
@Entity
@Table(name = "AUDIT_ERASING")
public class ErasingEntity {
    @Id
    @Column(name = "ERASING_ID", length = 36)
    public String id = "";

    @Column(name = "REALM_ID", length = 36)
    public String realmId = "";

    /** Of whoever is at it. */
    @Column(name = "RUN_ID", length = 36)
    public String runId = "";

    /** Who is to be erased and why, encrypted, and bound to the ids and to {@link #since}. */
    @Nationalized
    @Column(name = "REQUEST", length = Length.LONG32)
    public String request = "";

    /** Epoch milliseconds, as is the next. */
    @Column(name = "SINCE_TIME")
    public long since;

    /** When a run was last seen at it. */
    @Column(name = "SEEN_TIME")
    public long seen;

    /** How many entries were looked at for what tells of the person, of how many. */
    @Column(name = "LOOKED")
    public long looked;

    @Column(name = "TO_LOOK")
    public long toLook;

    /** How many have lost a slot, and the first entry that says so; null before there is one. */
    @Column(name = "ENTRIES")
    public long entries;

    @Column(name = "FIRST_ENTRY", length = 36)
    public @Nullable String firstEntry;
}
