package dev.keyledger.scim.keycloak.storage;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import jakarta.persistence.Table;
import java.io.Serializable;
import org.jspecify.annotations.Nullable;

/** The requests of one connection in one hour, on all nodes together. Times are epoch milliseconds. */
@Entity
@Table(name = "SCIM_ACTIVITY")
@IdClass(ActivityEntity.Key.class)
public class ActivityEntity {
    @Id
    @Column(name = "REALM_ID", length = 36)
    public String realmId = "";

    @Id
    @Column(name = "CONNECTION_NAME", length = 40)
    public String connection = "";

    /** When the hour began. */
    @Id
    @Column(name = "HOUR_TIME")
    public long hour;

    @Column(name = "REQUESTS")
    public long requests;

    @Column(name = "ERRORS")
    public long errors;

    @Column(name = "LAST_TIME")
    public long last;

    @Column(name = "LAST_STATUS")
    public int lastStatus;

    @Column(name = "LAST_ERROR_TIME")
    public @Nullable Long lastError;

    /** What they add up to. */
    public Tally tally() {
        return new Tally(requests, errors, last, lastStatus, lastError);
    }

    /** Realm, connection and hour. */
    public record Key(String realmId, String connection, long hour) implements Serializable {}
}
