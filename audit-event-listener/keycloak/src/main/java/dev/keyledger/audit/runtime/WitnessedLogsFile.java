package dev.keyledger.audit.runtime;

import dev.keyledger.log.FormatException;
import dev.keyledger.log.witness.WitnessedLogs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * The list of the logs that this server cosigns, read anew when its file has changed: a log's new key must not wait for a
 * restart. A file that cannot be read any more leaves the list as it was, and is told once. Thread-safe.
 */
public final class WitnessedLogsFile {
    private static final Logger LOG = Logger.getLogger("dev.keyledger.audit");

    private final Path path;
    private WitnessedLogs logs;
    private @Nullable FileTime modified;

    /** Reads the file; throws {@link IllegalArgumentException} when it is none. */
    WitnessedLogsFile(Path path) {
        this.path = path;
        try {
            this.modified = Files.getLastModifiedTime(path);
            this.logs = WitnessedLogs.parse(Files.readString(path));
        } catch (IOException | FormatException e) {
            throw new IllegalArgumentException(
                    "option witness-logs of keyledger-audit names " + path + ", which cannot be used: "
                            + e.getMessage(),
                    e);
        }
    }

    /** The list as it is now. */
    public synchronized WitnessedLogs logs() {
        try {
            FileTime now = Files.getLastModifiedTime(path);
            if (!now.equals(modified)) {
                modified = now;
                logs = WitnessedLogs.parse(Files.readString(path));
            }
        } catch (IOException | FormatException e) {
            if (modified != null) {
                LOG.errorf("Keyledger goes on as a witness with the logs of before: %s: %s", path, e.getMessage());
                modified = null;
            }
        }
        return logs;
    }
}
