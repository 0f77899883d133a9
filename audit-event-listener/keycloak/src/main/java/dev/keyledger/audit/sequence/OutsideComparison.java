package dev.keyledger.audit.sequence;

import dev.keyledger.audit.runtime.AuditRuntime;
import dev.keyledger.audit.storage.LogEpoch;
import dev.keyledger.audit.storage.LogHeads;
import dev.keyledger.audit.witness.FileWitness;
import dev.keyledger.log.sequence.LogHead;
import dev.keyledger.log.witness.WitnessRecord;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Compares all logs of the database with what is known of them outside, without locking any. What it finds is decided
 * by the log itself, under its lock; only what the database does not know at all is dealt with here.
 */
final class OutsideComparison {
    private static final Logger LOG = Logger.getLogger("dev.keyledger.audit");

    private final AuditRuntime runtime;
    private final FileWitness witness;
    private final LogHeads heads;

    OutsideComparison(AuditRuntime runtime, FileWitness witness) {
        this.runtime = runtime;
        this.witness = witness;
        this.heads = new LogHeads(runtime.transactions());
    }

    /** The logs that do not stand as they are known outside: ahead of it, behind it, or on another root. */
    Set<String> differing() {
        Map<String, LogHeads.Found> byOrigin = new HashMap<>();
        Map<String, LogHeads.Found> newest = new HashMap<>();
        for (LogHeads.Found log : heads.all()) {
            byOrigin.put(log.head().origin(), log);
            newest.merge(log.epoch().realmId(), log, OutsideComparison::later);
        }
        Map<String, List<WitnessRecord>> known = witness.newest();
        Set<String> differing = new TreeSet<>();
        byOrigin.forEach((origin, log) -> {
            if (differs(log.head(), known.getOrDefault(origin, List.of()))) {
                differing.add(log.epoch().logId());
            }
        });
        known.forEach((origin, records) -> {
            if (!byOrigin.containsKey(origin)) {
                lost(records.get(0), newest.get(records.get(0).realmId()));
            }
        });
        return differing;
    }

    private static LogHeads.Found later(LogHeads.Found one, LogHeads.Found other) {
        return one.epoch().number() > other.epoch().number() ? one : other;
    }

    private static boolean differs(LogHead head, List<WitnessRecord> known) {
        if (head.state() != LogHead.State.ACTIVE) {
            return false;
        }
        if (known.size() != 1) {
            return !known.isEmpty() || head.signedSize() > 0;
        }
        WitnessRecord newest = known.get(0);
        boolean otherRoot = newest.size() == head.size()
                && !newest.checkpoint().checkpoint().head().equals(head.treeHead());
        return otherRoot || newest.size() != head.signedSize();
    }

    /** A realm whose log has been recovered since then has told of the loss in its first entry. */
    private void lost(WitnessRecord known, LogHeads.@Nullable Found newest) {
        String reason = "got no log " + known.origin() + ", want it with at least " + known.size()
                + " entries, which are signed and known outside the database: the database was replaced";
        if (newest == null) {
            runtime.directory().restoreHalted(known.realmId(), known.origin(), reason);
            LOG.errorf("AUDIT ALARM: log %s is HALTED, it is not in the database: %s", known.realmId(), reason);
        } else if (newest.head().state() == LogHead.State.ACTIVE
                && newest.epoch().number() <= LogEpoch.number(known.origin())) {
            runtime.log(newest.epoch().logId()).halt(reason);
        }
    }
}
