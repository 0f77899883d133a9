package dev.keyledger.audit.sink;

import dev.keyledger.log.json.CanonicalJson;
import java.util.List;
import org.jboss.logging.Logger;

/** The server's own log: one line of JSON for each entry and checkpoint, of the category {@value #CATEGORY}. */
final class LogSink implements Sink {
    static final String CATEGORY = "dev.keyledger.audit.entries";

    private static final Logger ENTRIES = Logger.getLogger(CATEGORY);

    private final boolean full;

    /** @param full whether the lines tell of people, which an erasure cannot take back from a log file */
    LogSink(boolean full) {
        this.full = full;
    }

    @Override
    public boolean wants(Told told) {
        return true;
    }

    @Override
    public Delivery send(List<Told> told) {
        for (Told each : told) {
            ENTRIES.info(CanonicalJson.format((full ? each : each.impersonal()).ocsf()));
        }
        return Delivery.all(told.size());
    }
}
