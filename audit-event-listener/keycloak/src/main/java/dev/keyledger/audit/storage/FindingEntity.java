package dev.keyledger.audit.storage;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import jakarta.persistence.Table;
import java.io.Serializable;
import org.jspecify.annotations.Nullable;

/** Something that is not as it was written, found once and kept until it is gone. */
@Entity
@Table(name = "AUDIT_FINDING")
@IdClass(FindingEntity.Key.class)
public class FindingEntity {
    @Id
    @Column(name = "LOG_ID", length = 36)
    public String logId = "";

    /** Of the check and the message: what is found again is the same finding. */
    @Id
    @Column(name = "FINGERPRINT", length = 44)
    public String fingerprint = "";

    @Column(name = "CHECK_NAME", length = 20)
    public String check = "";

    @Column(name = "MESSAGE", length = 1000)
    public String message = "";

    @Column(name = "FOUND_TIME")
    public long foundTime;

    /** When a verification of everything did not find it any more; null as long as it stands. */
    @Column(name = "GONE_TIME")
    public @Nullable Long goneTime;

    /** Log and fingerprint. */
    public record Key(String logId, String fingerprint) implements Serializable {}
}
