package dev.keyledger.audit.storage;

import dev.keyledger.audit.key.KeyException;
import dev.keyledger.audit.key.KeyRing;
import dev.keyledger.log.merkle.TreeHead;
import dev.keyledger.log.sequence.LogHead;
import dev.keyledger.log.sequence.Sequencer;
import dev.keyledger.log.sequence.StagedEntry;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.BiFunction;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Leaves a halted log behind and begins its next epoch. The halted one is never signed again, nothing that is signed is
 * changed, and it stays as readable and provable as it was; what is in its tree and was never signed goes back to the
 * stage ({@link UnsignedTail}).
 *
 * <p>Commit point: the one transaction that freezes the old head, inserts the new one and appends its first entry.
 * Before it: the log is halted as it was. After it: the next round signs the new epoch's first checkpoint, and seals
 * what has been staged meanwhile, for whichever epoch.
 */
public final class EpochChange {
    private static final Logger LOG = Logger.getLogger("dev.keyledger.audit");

    private final Transactions transactions;
    private final KeyRing keys;
    private final InstantSource clock;

    public EpochChange(Transactions transactions, KeyRing keys, InstantSource clock) {
        this.transactions = transactions;
        this.keys = keys;
        this.clock = clock;
    }

    /**
     * The log that is left behind.
     *
     * @param head of its whole tree as it was found
     */
    public record Frozen(
            LogEpoch epoch,
            TreeHead head,
            long signedSize,
            @Nullable String haltReason) {}

    /**
     * Begins the next epoch; empty when the realm's log is not halted.
     *
     * @param known number of the latest epoch that is known outside, which must not be used again
     * @param first makes the first entry of the new epoch
     */
    public Optional<LogEpoch> begin(String realmId, int known, BiFunction<Frozen, LogEpoch, StageEntity> first) {
        return transactions.run(em -> {
            List<HeadEntity> heads = LogEpoch.heads(em, realmId);
            if (heads.isEmpty()) {
                return Optional.empty();
            }
            HeadEntity old = heads.get(0);
            em.refresh(old, LockModeType.PESSIMISTIC_WRITE);
            if (!old.state.equals(LogHead.State.HALTED.name())) {
                return Optional.empty();
            }
            LogHead head = LogHeads.head(old);
            Frozen frozen = new Frozen(LogEpoch.of(old), head.treeHead(), head.signedSize(), old.haltReason);
            old.state = LogHead.State.FROZEN.name();
            restageWhatIsNotSigned(em, old);
            HeadEntity next = insert(em, frozen.epoch(), Math.max(known, old.epoch) + 1);
            LogEpoch epoch = LogEpoch.of(next);
            append(em, next, first.apply(frozen, epoch));
            return Optional.of(epoch);
        });
    }

    private void restageWhatIsNotSigned(EntityManager em, HeadEntity old) {
        try {
            if (old.signedSize < old.treeSize && !new UnsignedTail(em, old, keys).restage()) {
                LOG.warnf(
                        "Log %s is frozen with entries [%d, %d) in it that no checkpoint covers",
                        old.logId, old.signedSize, old.treeSize);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static HeadEntity insert(EntityManager em, LogEpoch old, int number) {
        HeadEntity next = new HeadEntity();
        next.logId = UUID.randomUUID().toString();
        next.realmId = old.realmId();
        next.epoch = number;
        next.origin = old.originOf(number);
        em.persist(next);
        return next;
    }

    private void append(EntityManager em, HeadEntity head, StageEntity row) {
        em.persist(row);
        em.flush();
        try {
            JpaLockedLog log = new JpaLockedLog(em, head, keys, clock, Runnable::run);
            byte[] leaf = row.leaf.getBytes(StandardCharsets.US_ASCII);
            StagedEntry<StagedParts> entry = new StagedEntry<>(row.id, leaf, StagedParts.of(row, keys));
            log.append(Sequencer.sequence(log.head(), List.of(entry)));
        } catch (KeyException e) {
            throw new IllegalStateException("the first entry of " + head.origin + " was not made by this server", e);
        }
    }
}
