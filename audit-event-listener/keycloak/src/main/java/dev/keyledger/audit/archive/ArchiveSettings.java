package dev.keyledger.audit.archive;

import dev.keyledger.log.json.JsonNumber;
import dev.keyledger.log.json.JsonString;
import dev.keyledger.log.json.JsonValue;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.keycloak.Config;

/**
 * The options that concern archives, {@code --spi-events-listener--keyledger-audit--<option>}:
 *
 * <ul>
 *   <li>{@code archive-folder}: an absolute path: where archives of the logs are kept. Default: nowhere
 *   <li>{@code archive-unit}: entries of an archive, a multiple of 256, 256 to 65536, default 65536
 * </ul>
 *
 * @param unit entries of an archive
 */
public record ArchiveSettings(@Nullable Path folder, int unit) {
    private static final int TILE = 256;
    private static final int MAX_UNIT = TILE * TILE;

    public ArchiveSettings {
        if (folder != null && !folder.isAbsolute()) {
            throw new IllegalArgumentException(
                    "option archive-folder of keyledger-audit is " + folder + ", want an absolute path");
        }
        if (unit < TILE || unit > MAX_UNIT || unit % TILE != 0) {
            throw new IllegalArgumentException("option archive-unit of keyledger-audit is " + unit
                    + ", want a multiple of " + TILE + ", " + TILE + " to " + MAX_UNIT);
        }
    }

    /** Reads the options; throws when one is out of its range. */
    public static ArchiveSettings read(Config.Scope options) {
        String folder = options.get("archive-folder", "").strip();
        return new ArchiveSettings(folder.isEmpty() ? null : Path.of(folder), options.getInt("archive-unit", MAX_UNIT));
    }

    /** What the log tells of them when they change. */
    public Map<String, JsonValue> toJson() {
        return Map.of(
                "archives",
                JsonString.of(folder == null ? "none" : folder.toString()),
                "archiveUnit",
                JsonNumber.of(unit));
    }
}
