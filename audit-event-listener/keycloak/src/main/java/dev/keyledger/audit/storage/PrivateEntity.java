package dev.keyledger.audit.storage;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import jakarta.persistence.Table;
import java.io.Serializable;
import org.hibernate.Length;
import org.hibernate.annotations.Nationalized;

/**
 * Salts and values of those slots of a sequenced entry that are about one person or thing, encrypted with the key of that.
 */
@Entity
@Table(name = "AUDIT_PRIVATE")
@IdClass(PrivateEntity.Key.class)
public class PrivateEntity {
    /** In place of the subject of a slot that was erased; {@link #data} is then the id of the entry that says so. */
    public static final String ERASED = "-";

    @Id
    @Column(name = "LOG_ID", length = 36)
    public String logId = "";

    @Id
    @Column(name = "LOG_INDEX")
    public long logIndex;

    /** Label of {@link PackedSlots}. */
    @Id
    @Column(name = "SLOT", length = 10)
    public String slot = "";

    @Column(name = "SUBJECT_REF", length = 43)
    public String subjectRef = "";

    @Nationalized
    @Column(name = "DATA", length = Length.LONG32)
    public String data = "";

    /** Log, leaf index and slot. */
    public record Key(String logId, long logIndex, String slot) implements Serializable {}
}
