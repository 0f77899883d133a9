package dev.keyledger.audit.storage;

import dev.keyledger.audit.key.KeyRing;
import dev.keyledger.log.merkle.LogHasher;
import dev.keyledger.log.verify.Finding;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Who verifies which log when, and what was found. Each method is one transaction. */
public final class Verifications {
    /** The check whose findings are rows of the stage; a verification of the tree says nothing about them. */
    public static final String STAGE = "stage";

    /** The check whose findings are capture policies of realms; likewise. */
    public static final String POLICY = "policy";

    /** The check whose findings are retention policies of realms; likewise. */
    public static final String RETENTION = "retention";

    private static final Set<String> NOT_OF_THE_TREE = Set.of(STAGE, POLICY, RETENTION);

    private static final int MAX_MESSAGE = 1_000;

    /** How far the clocks of two nodes may differ. */
    private static final long SKEW = 60_000;

    private final Transactions transactions;

    public Verifications(Transactions transactions) {
        this.transactions = transactions;
    }

    /**
     * When a log was verified, in epoch milliseconds, 0 for never.
     *
     * @param forged whether somebody else has written that
     */
    public record Times(long sampled, long verified, long verifiedSize, boolean forged) {
        /** Of a log that was not. */
        public static final Times NEVER = new Times(0, 0, 0, false);
    }

    /** Something that is not as it was written. */
    public record Found(String logId, String check, String message, long time) {}

    /**
     * Takes a log for this node, for that long; false when another node is at it. Nobody takes one for longer at once: a
     * claim that says so is none.
     */
    public boolean claim(String logId, long now, Duration length) {
        return transactions.run(em -> {
            VerificationEntity row = em.find(VerificationEntity.class, logId, LockModeType.PESSIMISTIC_WRITE);
            if (row == null) {
                row = new VerificationEntity();
                row.logId = logId;
                em.persist(row);
            }
            boolean free = row.claimedUntil <= now || row.claimedUntil > now + length.toMillis() + SKEW;
            row.claimedUntil = free ? now + length.toMillis() : row.claimedUntil;
            return free;
        });
    }

    /** Keeps a claim for longer, or gives it up with the length zero. */
    public void extend(String logId, long now, Duration length) {
        transactions.run(em -> {
            VerificationEntity row = em.find(VerificationEntity.class, logId, LockModeType.PESSIMISTIC_WRITE);
            if (row != null) {
                row.claimedUntil = now + length.toMillis();
            }
            return logId;
        });
    }

    /**
     * Ends a verification: keeps what it found and gives the log free. Answers what was not known before. A verification
     * of everything ends the findings that it did not find again.
     *
     * @param size of the tree that was verified; null when it was a sample
     * @param keys that say later that this server wrote it
     */
    public List<Finding> finish(String logId, List<Finding> findings, @Nullable Long size, long now, KeyRing keys) {
        return transactions.run(em -> {
            VerificationEntity row = em.find(VerificationEntity.class, logId, LockModeType.PESSIMISTIC_WRITE);
            if (row != null) {
                boolean own = CodedRows.isOwn(row, keys);
                row.claimedUntil = 0;
                row.sampledTime = now;
                // A sample must not put the code to what somebody else has written.
                row.verifiedTime = size != null ? now : own ? row.verifiedTime : 0;
                row.verifiedSize = size != null ? size : own ? row.verifiedSize : 0;
                CodedRows.sign(row, keys);
            }
            Set<String> found = new HashSet<>();
            List<Finding> fresh = add(em, logId, findings, now, found);
            if (size != null) {
                standing(em, logId).stream()
                        .filter(known -> !NOT_OF_THE_TREE.contains(known.check) && !found.contains(known.fingerprint))
                        .forEach(known -> known.goneTime = now);
            }
            return fresh;
        });
    }

    /** Keeps findings that no verification has made; answers what was not known before. */
    public List<Finding> add(String logId, List<Finding> findings, long now) {
        return findings.isEmpty() ? List.of() : transactions.run(em -> add(em, logId, findings, now, new HashSet<>()));
    }

    /** What stands of one log, the oldest first, at most {@code max}. */
    public List<Found> standing(String logId, int max) {
        return transactions.run(em -> em.createQuery(
                        "select f from FindingEntity f where f.goneTime is null and f.logId = :log"
                                + " order by f.foundTime, f.message",
                        FindingEntity.class)
                .setParameter("log", logId)
                .setMaxResults(max)
                .getResultStream()
                .map(row -> new Found(row.logId, row.check, row.message, row.foundTime))
                .toList());
    }

    /** When a log was verified, as the table says. */
    public Times times(String logId) {
        return transactions.run(em -> {
            VerificationEntity row = em.find(VerificationEntity.class, logId);
            return row == null ? Times.NEVER : times(row);
        });
    }

    /** The same, or never where somebody else has written it, or an earlier version. */
    public Times own(String logId, KeyRing keys) {
        return transactions.run(em -> {
            VerificationEntity row = em.find(VerificationEntity.class, logId);
            if (row == null || row.mac == null) {
                return Times.NEVER;
            }
            return CodedRows.isOwn(row, keys) ? times(row) : new Times(0, 0, 0, true);
        });
    }

    private static Times times(VerificationEntity row) {
        return new Times(row.sampledTime, row.verifiedTime, row.verifiedSize, false);
    }

    /** When each log that ever was verified was, as the table says. */
    public Map<String, Times> times() {
        return transactions.run(em -> {
            Map<String, Times> times = new HashMap<>();
            em.createQuery("select v from VerificationEntity v", VerificationEntity.class)
                    .getResultStream()
                    .forEach(row -> times.put(row.logId, times(row)));
            return times;
        });
    }

    /** The rows of the stage that were set aside, as findings by log. */
    public List<Found> quarantined(int max) {
        return transactions.run(em -> em.createQuery(
                        "select s from StageEntity s where s.state = :state order by s.logId, s.id", StageEntity.class)
                .setParameter("state", StageEntity.QUARANTINED)
                .setMaxResults(max)
                .getResultStream()
                .map(row -> new Found(
                        row.logId,
                        STAGE,
                        "staged row " + row.id + " was not made by this server, or not like this; it is set aside",
                        row.eventTime))
                .toList());
    }

    /** Ends the findings about rows of the stage that are not set aside any more: a person has dealt with them. */
    public void settle(List<Found> quarantined, long now) {
        Set<String> messages = quarantined.stream().map(Found::message).collect(Collectors.toSet());
        settle(STAGE, found -> messages.contains(found.message()), now);
    }

    /** Ends the findings of a check that do not stand any more, such as a row that a person has dealt with. */
    public void settle(String check, Predicate<Found> stands, long now) {
        transactions.run(em -> {
            em.createQuery(
                            "select f from FindingEntity f where f.check = :check and f.goneTime is null",
                            FindingEntity.class)
                    .setParameter("check", check)
                    .getResultStream()
                    .filter(row -> !stands.test(new Found(row.logId, row.check, row.message, row.foundTime)))
                    .forEach(row -> row.goneTime = now);
            return now;
        });
    }

    private static List<Finding> add(
            EntityManager em, String logId, List<Finding> findings, long now, Set<String> found) {
        List<Finding> fresh = new ArrayList<>();
        for (Finding finding : findings) {
            String fingerprint = LogHasher.leaf(
                            (finding.check() + '\0' + finding.message()).getBytes(StandardCharsets.UTF_8))
                    .toBase64();
            if (!found.add(fingerprint)) {
                continue;
            }
            FindingEntity row = em.find(FindingEntity.class, new FindingEntity.Key(logId, fingerprint));
            if (row == null) {
                row = new FindingEntity();
                row.logId = logId;
                row.fingerprint = fingerprint;
                row.check = finding.check();
                row.message = finding.message()
                        .substring(0, Math.min(MAX_MESSAGE, finding.message().length()));
                row.foundTime = now;
                em.persist(row);
                fresh.add(finding);
            } else if (row.goneTime != null) {
                row.goneTime = null;
                fresh.add(finding);
            }
        }
        return fresh;
    }

    private static List<FindingEntity> standing(EntityManager em, String logId) {
        return em.createQuery(
                        "select f from FindingEntity f where f.logId = :log and f.goneTime is null",
                        FindingEntity.class)
                .setParameter("log", logId)
                .getResultList();
    }
}
