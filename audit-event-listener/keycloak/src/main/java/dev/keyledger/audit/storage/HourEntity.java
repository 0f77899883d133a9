package dev.keyledger.audit.storage;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import jakarta.persistence.Table;
import java.io.Serializable;

/** How many entries of one facet happened in one hour. */
@Entity
@Table(name = "AUDIT_HOUR")
@IdClass(HourEntity.Key.class)
public class HourEntity {
    /** Milliseconds. */
    public static final long HOUR = 3_600_000;

    @Id
    @Column(name = "LOG_ID", length = 36)
    public String logId = "";

    /** Epoch milliseconds of its beginning. */
    @Id
    @Column(name = "HOUR_START")
    public long start;

    @Id
    @Column(name = "FACET")
    public int facet;

    @Column(name = "ENTRIES")
    public long entries;

    /** The hour of a time in epoch milliseconds. */
    static Key key(String logId, long time, int facet) {
        return new Key(logId, Math.floorDiv(time, HOUR) * HOUR, facet);
    }

    /** Log, beginning and facet. */
    public record Key(String logId, long start, int facet) implements Serializable {}
}
