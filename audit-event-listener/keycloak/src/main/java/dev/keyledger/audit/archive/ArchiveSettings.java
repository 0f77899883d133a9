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
 *   <li>those of {@link S3Settings}: a bucket in place of the folder
 * </ul>
 *
 * @param unit entries of an archive
 */
public record ArchiveSettings(
        @Nullable Path folder, @Nullable S3Settings bucket, int unit) {
    private static final int TILE = 256;
    private static final int MAX_UNIT = TILE * TILE;

    public ArchiveSettings {
        if (folder != null && bucket != null) {
            throw new IllegalArgumentException(
                    "options archive-folder and archive-s3-bucket of keyledger-audit are both set, want one of them");
        }
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
        return new ArchiveSettings(
                folder.isEmpty() ? null : Path.of(folder),
                S3Settings.read(options),
                options.getInt("archive-unit", MAX_UNIT));
    }

    /** What the log tells of them when they change. */
    public Map<String, JsonValue> toJson() {
        return Map.of(
                "archives",
                JsonString.of(place()),
                "archiveLock",
                JsonString.of(bucket == null ? "none" : bucket.describeLock()),
                "archiveUnit",
                JsonNumber.of(unit));
    }

    private String place() {
        if (bucket != null) {
            return bucket.describe();
        }
        return folder == null ? "none" : folder.toString();
    }
}
