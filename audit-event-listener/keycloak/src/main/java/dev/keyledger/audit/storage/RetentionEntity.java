package dev.keyledger.audit.storage;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import org.hibernate.Length;
import org.hibernate.annotations.Nationalized;

/** How long a realm that has decided so keeps entries of each class in its database. */
@Entity
@Table(name = "AUDIT_RETENTION")
public class RetentionEntity {
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

    /** What the code is made over besides the policy: another place than a capture policy's, whose code is none here. */
    public String place() {
        return "retention\0" + realmId;
    }
}
