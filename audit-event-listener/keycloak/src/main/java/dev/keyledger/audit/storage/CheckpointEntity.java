package dev.keyledger.audit.storage;

import dev.keyledger.log.FormatException;
import dev.keyledger.log.checkpoint.SignedCheckpoint;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import jakarta.persistence.Table;
import java.io.Serializable;
import java.util.Optional;
import org.hibernate.Length;
import org.hibernate.annotations.Nationalized;

/** A signed checkpoint, the whole note. */
@Entity
@Table(name = "AUDIT_CHECKPOINT")
@IdClass(CheckpointEntity.Key.class)
public class CheckpointEntity {
    @Id
    @Column(name = "LOG_ID", length = 36)
    public String logId = "";

    @Id
    @Column(name = "TREE_SIZE")
    public long treeSize;

    @Column(name = "SIGNED_TIME")
    public long signedTime;

    @Nationalized
    @Column(name = "NOTE", length = Length.LONG32)
    public String note = "";

    /** The checkpoint; empty when somebody has made the note unreadable, which the verification tells of. */
    Optional<SignedCheckpoint> readable() {
        try {
            return Optional.of(SignedCheckpoint.parse(note));
        } catch (FormatException e) {
            return Optional.empty();
        }
    }

    /** Log and tree size. */
    public record Key(String logId, long treeSize) implements Serializable {}
}
