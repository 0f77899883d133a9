package dev.keyledger.audit.storage;

import jakarta.persistence.LockModeType;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;

/**
 * A node's right to do a piece of work on a log alone. Who dies with it is waited for as long as it lasts, no longer; so the
 * work must come to no harm when a second node begins it all the same. Commit point of each method: its one transaction.
 */
public final class Claim implements AutoCloseable {
    private static final Duration LENGTH = Duration.ofMinutes(10);

    private final Transactions transactions;
    private final InstantSource clock;
    private final ClaimEntity.Key key;

    // What the row says as long as the claim is ours.
    private long until;

    private Claim(Transactions transactions, InstantSource clock, ClaimEntity.Key key) {
        this.transactions = transactions;
        this.clock = clock;
        this.key = key;
    }

    /** Takes a piece of work, at most 20 characters, for ten minutes; empty when another node has it. */
    public static Optional<Claim> take(Transactions transactions, InstantSource clock, String logId, String work) {
        Claim claim = new Claim(transactions, clock, new ClaimEntity.Key(logId, work));
        return claim.set(0) ? Optional.of(claim) : Optional.empty();
    }

    /** Keeps it for ten minutes from now; false when it has run out and another node has it. */
    public boolean renew() {
        return set(until);
    }

    /** Gives it up, if it is still ours. */
    @Override
    public void close() {
        transactions.run(em -> {
            ClaimEntity row = em.find(ClaimEntity.class, key, LockModeType.PESSIMISTIC_WRITE);
            if (row != null && row.claimedUntil == until) {
                row.claimedUntil = 0;
            }
            return key;
        });
    }

    private boolean set(long ours) {
        long now = clock.millis();
        return transactions.run(em -> {
            // Of two nodes that make the row, the lock of the head lets one go first.
            em.find(HeadEntity.class, key.logId(), LockModeType.PESSIMISTIC_WRITE);
            ClaimEntity row = em.find(ClaimEntity.class, key, LockModeType.PESSIMISTIC_WRITE);
            if (row == null) {
                row = new ClaimEntity();
                row.logId = key.logId();
                row.work = key.work();
                em.persist(row);
            } else if (row.claimedUntil > now && row.claimedUntil != ours) {
                return false;
            }
            // Never the same twice, or one node could take another's claim for its own.
            until = Math.max(now + LENGTH.toMillis(), row.claimedUntil + 1);
            row.claimedUntil = until;
            return true;
        });
    }
}
