package dev.keyledger.audit.capture;

import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import org.jboss.logging.Logger;

/**
 * The entries of open kinds that could not be written, until the logs can be told. Kept in memory only: a node that
 * crashes before the database takes entries again forgets them, and its log shows a start without an end. Thread-safe.
 */
final class Gaps {
    private static final Logger LOG = Logger.getLogger("dev.keyledger.audit");

    private final Map<String, Gap> byLog = new HashMap<>();

    /** What is missing in one log: how many entries of the times from first to last, in epoch milliseconds. */
    record Gap(long entries, long first, long last) {
        private Gap and(Gap other) {
            return new Gap(entries + other.entries, Math.min(first, other.first), Math.max(last, other.last));
        }
    }

    /** Keeps in mind that an entry is missing. */
    synchronized void add(String logId, long time, Throwable cause) {
        LOG.errorf(
                cause, "AUDIT ALARM: an entry of log %s could not be written, and its request was let through", logId);
        put(logId, new Gap(1, time, time));
    }

    /** Puts back what could not be told. */
    synchronized void put(String logId, Gap gap) {
        byLog.merge(logId, gap, Gap::and);
    }

    /** Hands over what is to be told, and forgets it. */
    synchronized Map<String, Gap> take() {
        Map<String, Gap> taken = new TreeMap<>(byLog);
        byLog.clear();
        return taken;
    }
}
