package dev.keyledger.audit.storage;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import jakarta.persistence.Transient;
import org.hibernate.Length;
import org.hibernate.annotations.Nationalized;
import org.keycloak.connections.jpa.AsynchronousCommitAllowed;

/**
 * A captured entry that has no index yet. Written in the transaction of the change, deleted when it is sequenced. On
 * PostgreSQL Keycloak commits a transaction with nothing but entities that allow it asynchronously, and a crash can forget
 * it; this one makes the commit wait unless the realm's policy says otherwise.
 */
@Entity
@Table(name = "AUDIT_STAGE")
public class StageEntity implements AsynchronousCommitAllowed {
    /** Waiting to be sequenced. */
    public static final String STAGED = "STAGED";

    /** Not made by this server: set aside for a person to look at, never sequenced. */
    public static final String QUARANTINED = "QUARANTINED";

    @Id
    @Column(name = "ID", length = 36)
    public String id = "";

    @Column(name = "LOG_ID", length = 36)
    public String logId = "";

    @Column(name = "EVENT_TIME")
    public long eventTime;

    @Column(name = "STATE", length = 12)
    public String state = STAGED;

    @Column(name = "LEAF", length = 2000)
    public String leaf = "";

    /** All slots with their salts, encrypted with the stage key. */
    @Nationalized
    @Column(name = "PRIVATE_PART", length = Length.LONG32)
    public String privatePart = "";

    @Column(name = "MAC", length = 44)
    public String mac = "";

    /** Whether the commit that inserts this row need not wait for it. */
    @Transient
    public boolean asynchronous;

    @Override
    public boolean isAsyncCommitAllowed(EntityOperationType operation) {
        return asynchronous && operation == EntityOperationType.INSERT;
    }
}
