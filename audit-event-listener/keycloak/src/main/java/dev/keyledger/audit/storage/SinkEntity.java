package dev.keyledger.audit.storage;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import org.hibernate.Length;
import org.hibernate.annotations.Nationalized;
import org.jspecify.annotations.Nullable;

/** Somebody outside to whom logs are told: which logs, how, and from where anew. Whoever tells them does not write here. */
@Entity
@Table(name = "AUDIT_SINK")
public class SinkEntity {
    /** The realm of a sink that is told every log. */
    public static final String ALL = "_all";

    @Id
    @Column(name = "SINK_ID", length = 36)
    public String sinkId = "";

    /** The realm whose logs it is told, all epochs of them, or {@link #ALL}. */
    @Column(name = "REALM_ID", length = 36)
    public String realmId = "";

    @Column(name = "NAME", length = 100)
    public String name = "";

    /** {@code syslog}, {@code log} or {@code webhook}. */
    @Column(name = "KIND", length = 10)
    public String kind = "";

    /** {@code ACTIVE}, {@code PAUSED}, or {@code OFF}: no option names it any more. */
    @Column(name = "STATE", length = 10)
    public String state = Sinks.ACTIVE;

    /** Sealed; null where the server's options say it. */
    @Nationalized
    @Column(name = "SETTINGS", length = Length.LONG32)
    public @Nullable String settings;

    /** How often somebody has asked to begin again somewhere. */
    @Column(name = "REPLAY_NUMBER")
    public int replayNumber;

    @Column(name = "REPLAY_LOG", length = 36)
    public @Nullable String replayLog;

    @Column(name = "REPLAY_FROM")
    public @Nullable Long replayFrom;

    @Column(name = "CREATED_TIME")
    public long createdTime;
}
