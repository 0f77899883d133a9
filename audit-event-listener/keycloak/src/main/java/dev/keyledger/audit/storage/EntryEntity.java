package dev.keyledger.audit.storage;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import jakarta.persistence.Table;
import java.io.Serializable;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A sequenced entry. Written once, never changed; the columns from KIND on only serve searches. */
@Entity
@Table(name = "AUDIT_ENTRY")
@IdClass(EntryEntity.Key.class)
public class EntryEntity {
    @Id
    @Column(name = "LOG_ID", length = 36)
    public String logId = "";

    @Id
    @Column(name = "LOG_INDEX")
    public long logIndex;

    @Column(name = "ID", length = 36)
    public String id = "";

    @Column(name = "EVENT_TIME")
    public long eventTime;

    @Column(name = "LEAF", length = 2000)
    public String leaf = "";

    @Column(name = "LEAF_HASH", length = 44)
    public String leafHash = "";

    @Column(name = "KIND", length = 10)
    public String kind = "";

    @Column(name = "OPERATION", length = 100)
    public String operation = "";

    @Column(name = "RESOURCE_TYPE", length = 100)
    public String resourceType = "";

    @Column(name = "SUCCESS")
    public boolean success;

    @Column(name = "ACTOR_REF", length = 43)
    public @Nullable String actorRef;

    @Column(name = "ACTOR_NAME_REF", length = 43)
    public @Nullable String actorNameRef;

    @Column(name = "TARGET_REF", length = 43)
    public @Nullable String targetRef;

    @Column(name = "TARGET_NAME_REF", length = 43)
    public @Nullable String targetNameRef;

    @Column(name = "IP_REF", length = 43)
    public @Nullable String ipRef;

    @Column(name = "CLIENT_REF", length = 43)
    public @Nullable String clientRef;

    @Column(name = "REQUEST_REF", length = 43)
    public @Nullable String requestRef;

    /** Number of {@link FacetEntity}. */
    @Column(name = "FACET")
    public int facet;

    /** All that only serves searches: what {@link SearchIndex} fills in. */
    List<@Nullable Object> searchColumns() {
        return Arrays.asList(
                eventTime,
                kind,
                operation,
                resourceType,
                success,
                actorRef,
                actorNameRef,
                targetRef,
                targetNameRef,
                clientRef,
                ipRef,
                requestRef);
    }

    /** Log and leaf index. */
    public record Key(String logId, long logIndex) implements Serializable {}
}
