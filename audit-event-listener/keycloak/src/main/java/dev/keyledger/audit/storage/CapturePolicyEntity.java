package dev.keyledger.audit.storage;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import org.hibernate.Length;
import org.hibernate.annotations.Nationalized;

/** The capture policy of a realm that has one of its own. */
@Entity
@Table(name = "AUDIT_POLICY")
public class CapturePolicyEntity {
    @Id
    @Column(name = "REALM_ID", length = 36)
    public String realmId = "";

    /** Canonical JSON. */
    @Nationalized
    @Column(name = "POLICY", length = Length.LONG32)
    public String policy = "";

    /** Of the master key that the code was made with. */
    @Column(name = "GENERATION")
    public int generation;

    @Column(name = "MAC", length = 44)
    public String mac = "";
}
