package dev.keyledger.audit.storage;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import jakarta.persistence.Table;
import java.io.Serializable;

/**
 * One combination of the words of entries, under a number. A log has some hundred of them, so that a search for words
 * becomes one for numbers, of which an index can tell the newest entries.
 */
@Entity
@Table(name = "AUDIT_FACET")
@IdClass(FacetEntity.Key.class)
public class FacetEntity {
    @Id
    @Column(name = "LOG_ID", length = 36)
    public String logId = "";

    @Id
    @Column(name = "FACET")
    public int facet;

    @Column(name = "KIND", length = 10)
    public String kind = "";

    @Column(name = "OPERATION", length = 100)
    public String operation = "";

    @Column(name = "RESOURCE_TYPE", length = 100)
    public String resourceType = "";

    @Column(name = "SUCCESS")
    public boolean success;

    /** No entry with this facet is newer. */
    @Column(name = "LAST_TIME")
    public long lastTime;

    /** Log and number. */
    public record Key(String logId, int facet) implements Serializable {}
}
