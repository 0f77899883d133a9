package dev.keyledger.audit.storage;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import org.jspecify.annotations.Nullable;

/** When a log was verified, and the claim of the node that is at it. Times are epoch milliseconds, 0 for never. */
@Entity
@Table(name = "AUDIT_VERIFICATION")
public class VerificationEntity {
    @Id
    @Column(name = "LOG_ID", length = 36)
    public String logId = "";

    /** No other node verifies the log until then; whoever dies at it is waited for no longer. */
    @Column(name = "CLAIMED_UNTIL")
    public long claimedUntil;

    @Column(name = "SAMPLED_TIME")
    public long sampledTime;

    @Column(name = "VERIFIED_TIME")
    public long verifiedTime;

    @Column(name = "VERIFIED_SIZE")
    public long verifiedSize;

    /** Of the master key that the code was made with. */
    @Column(name = "GENERATION")
    public @Nullable Integer generation;

    /** Says that this server wrote the times and the size; null when it has verified nothing yet. */
    @Column(name = "MAC", length = 44)
    public @Nullable String mac;

    /** What the code is made over. */
    String place() {
        return "verification\0" + logId;
    }

    /** The rest of it. */
    String times() {
        return sampledTime + " " + verifiedTime + " " + verifiedSize;
    }
}
