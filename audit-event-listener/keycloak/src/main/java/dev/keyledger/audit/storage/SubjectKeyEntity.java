package dev.keyledger.audit.storage;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import jakarta.persistence.Table;
import java.io.Serializable;

/** The key that the private parts about one subject are encrypted with, itself wrapped; deleting it erases them all. */
@Entity
@Table(name = "AUDIT_SUBJECT_KEY")
@IdClass(SubjectKeyEntity.Key.class)
public class SubjectKeyEntity {
    @Id
    @Column(name = "LOG_ID", length = 36)
    public String logId = "";

    @Id
    @Column(name = "SUBJECT_REF", length = 43)
    public String subjectRef = "";

    @Column(name = "WRAPPED_KEY", length = 200)
    public String wrappedKey = "";

    @Column(name = "CREATED_TIME")
    public long createdTime;

    /** Log and subject. */
    public record Key(String logId, String subjectRef) implements Serializable {}
}
