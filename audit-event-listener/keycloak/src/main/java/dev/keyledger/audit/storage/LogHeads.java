package dev.keyledger.audit.storage;

import dev.keyledger.log.merkle.CompactRange;
import dev.keyledger.log.sequence.LogHead;
import java.util.ArrayList;
import java.util.List;

/** Reads the heads of all logs, without locking any. */
public final class LogHeads {
    private final Transactions transactions;

    public LogHeads(Transactions transactions) {
        this.transactions = transactions;
    }

    /** A log and its head as it is committed. */
    public record Found(LogEpoch epoch, LogHead head) {}

    /** All epochs of all logs, ordered by id. */
    public List<Found> all() {
        return transactions.run(em -> {
            List<Found> found = new ArrayList<>();
            for (HeadEntity row : em.createQuery("select h from HeadEntity h order by h.logId", HeadEntity.class)
                    .getResultList()) {
                found.add(new Found(LogEpoch.of(row), head(row)));
            }
            return found;
        });
    }

    static LogHead head(HeadEntity row) {
        String range = row.compactRange;
        return new LogHead(
                row.origin,
                CompactRange.parse(row.treeSize, range == null ? "" : range),
                row.signedSize,
                LogHead.State.valueOf(row.state));
    }
}
