package dev.keyledger.audit.storage;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import jakarta.persistence.Table;
import java.io.Serializable;
import org.hibernate.Length;
import org.hibernate.annotations.Nationalized;

/** Who a person is of whom entries were pruned, encrypted with the person's key. */
@Entity
@Table(name = "AUDIT_PERSON")
@IdClass(PersonEntity.Key.class)
public class PersonEntity {
    @Id
    @Column(name = "LOG_ID", length = 36)
    public String logId = "";

    @Id
    @Column(name = "SUBJECT_REF", length = 43)
    public String subjectRef = "";

    @Nationalized
    @Column(name = "KNOWN_AS", length = Length.LONG32)
    public String knownAs = "";

    /** Log and person. */
    public record Key(String logId, String subjectRef) implements Serializable {}
}
