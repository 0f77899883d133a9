package dev.keyledger.audit.storage;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import jakarta.persistence.Table;
import java.io.Serializable;
import org.jspecify.annotations.Nullable;

/** One message that was sent to a sink, and what came back. Only the last ones of each sink are kept. */
@Entity
@Table(name = "AUDIT_SINK_ATTEMPT")
@IdClass(SinkAttemptEntity.Key.class)
public class SinkAttemptEntity {
    @Id
    @Column(name = "SINK_ID", length = 36)
    public String sinkId = "";

    /** 1, 2... */
    @Id
    @Column(name = "ATTEMPT")
    public long attempt;

    /** Epoch milliseconds. */
    @Column(name = "ATTEMPT_TIME")
    public long time;

    @Column(name = "MESSAGE_ID", length = 100)
    public String messageId = "";

    @Column(name = "LOG_ID", length = 36)
    public String logId = "";

    /** Leaf index; null of a checkpoint. */
    @Column(name = "LOG_INDEX")
    public @Nullable Long logIndex;

    /** HTTP status; null when none came. */
    @Column(name = "STATUS")
    public @Nullable Integer status;

    @Column(name = "ERROR", length = 1000)
    public @Nullable String error;

    @Column(name = "MILLIS")
    public long millis;

    /** Sink and number. */
    public record Key(String sinkId, long attempt) implements Serializable {}
}
