package dev.keyledger.audit.storage;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;

/** A key that signs the server's logs; of each type the greatest number is the one in force. */
@Entity
@Table(name = "AUDIT_SIGNING_KEY")
public class SigningKeyEntity {
    @Id
    @Column(name = "KEY_NUMBER")
    public int number;

    /** The type byte of the C2SP signed-note specification. */
    @Column(name = "KEY_TYPE")
    public int type;

    /** Base64. */
    @Column(name = "PUBLIC_KEY", length = 1800)
    public String publicKey = "";

    /** Sealed under the master key of {@link #generation}. */
    @Column(name = "SEALED_SEED", length = 200)
    public String sealedSeed = "";

    @Column(name = "GENERATION")
    public int generation;

    @Column(name = "CREATED_TIME")
    public long createdTime;
}
