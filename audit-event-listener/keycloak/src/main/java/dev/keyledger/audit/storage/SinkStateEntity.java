package dev.keyledger.audit.storage;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import org.jspecify.annotations.Nullable;

/** How a sink is, and the row that a node locks for as long as it tells the sink something. Times are epoch milliseconds. */
@Entity
@Table(name = "AUDIT_SINK_STATE")
public class SinkStateEntity {
    @Id
    @Column(name = "SINK_ID", length = 36)
    public String sinkId = "";

    /** Number of the last row of {@link SinkAttemptEntity}. */
    @Column(name = "ATTEMPTS")
    public long attempts;

    /** Failures since the last success. */
    @Column(name = "FAILURES")
    public int failures;

    /** Time of the first of them; null when there is none. */
    @Column(name = "FAILING_SINCE")
    public @Nullable Long failingSince;

    @Column(name = "NEXT_ATTEMPT")
    public long nextAttempt;

    @Column(name = "LAST_SUCCESS")
    public @Nullable Long lastSuccess;

    @Column(name = "LAST_ERROR", length = 1000)
    public @Nullable String lastError;

    /** The last {@link SinkEntity#replayNumber} that was followed. */
    @Column(name = "REPLAYED")
    public int replayed;
}
