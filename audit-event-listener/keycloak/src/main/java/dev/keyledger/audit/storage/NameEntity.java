package dev.keyledger.audit.storage;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import jakarta.persistence.Table;
import java.io.Serializable;

/** A name or e-mail address that a person has or had, as a keyed reference that leads to the person until it is erased. */
@Entity
@Table(name = "AUDIT_NAME")
@IdClass(NameEntity.Key.class)
public class NameEntity {
    @Id
    @Column(name = "LOG_ID", length = 36)
    public String logId = "";

    @Id
    @Column(name = "NAME_REF", length = 43)
    public String nameRef = "";

    @Id
    @Column(name = "SUBJECT_REF", length = 43)
    public String subjectRef = "";

    /** Log, name and person. */
    public record Key(String logId, String nameRef, String subjectRef) implements Serializable {}
}
