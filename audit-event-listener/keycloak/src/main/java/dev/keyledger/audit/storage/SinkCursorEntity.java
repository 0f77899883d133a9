package dev.keyledger.audit.storage;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import jakarta.persistence.Table;
import java.io.Serializable;

/** How far a sink has been told of one log; without a row, nothing yet. */
@Entity
@Table(name = "AUDIT_SINK_CURSOR")
@IdClass(SinkCursorEntity.Key.class)
public class SinkCursorEntity {
    @Id
    @Column(name = "SINK_ID", length = 36)
    public String sinkId = "";

    @Id
    @Column(name = "LOG_ID", length = 36)
    public String logId = "";

    /** Leaf index of the first entry that it has not been told. */
    @Column(name = "NEXT_INDEX")
    public long nextIndex;

    /** Size of the newest checkpoint that it has been told. */
    @Column(name = "SIGNED_SIZE")
    public long signedSize;

    /** Sink and log. */
    public record Key(String sinkId, String logId) implements Serializable {}
}
