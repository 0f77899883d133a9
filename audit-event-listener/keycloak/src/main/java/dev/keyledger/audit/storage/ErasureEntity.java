package dev.keyledger.audit.storage;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import jakarta.persistence.Table;
import java.io.Serializable;

/** That somebody was erased, by a reference to the reference that the person had: whoever knows the person can ask, nobody else. */
@Entity
@Table(name = "AUDIT_ERASURE")
@IdClass(ErasureEntity.Key.class)
public class ErasureEntity {
    @Id
    @Column(name = "LOG_ID", length = 36)
    public String logId = "";

    @Id
    @Column(name = "ERASED_REF", length = 43)
    public String erasedRef = "";

    /** Of the entry that records it, in the newest epoch of then. */
    @Column(name = "ENTRY_ID", length = 36)
    public String entryId = "";

    /** How many entries lost a slot. */
    @Column(name = "ENTRIES")
    public long entries;

    /** Log and person. */
    public record Key(String logId, String erasedRef) implements Serializable {}
}
