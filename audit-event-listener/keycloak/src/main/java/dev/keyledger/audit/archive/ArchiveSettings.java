package dev.keyledger.audit.archive;

import dev.keyledger.log.json.JsonNumber;
import dev.keyledger.log.json.JsonString;
import dev.keyledger.log.json.JsonValue;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.keycloak.Config;

/**
 * The options that concern archives, {@code --spi-events-listener--keyledger-audit--<option>}:
 *
 * <ul>
 *   <li>{@code archive-folder}: an absolute path: where archives of the logs are kept. Default: nowhere
 *   <li>{@code archive-unit}: entries of an archive, a multiple of 256, 256 to 65536, default 65536
 *   <li>{@code archive-alarm}: seconds for which archiving may fail before that is an alarm in health, default 900, 1 to 86400
 *   <li>those of {@link S3Settings}: a bucket in place of the folder
 * </ul>
 *
 * @param unit entries of an archive
 */
public record ArchiveSettings(
        @Nullable Path folder, @Nullable S3Settings bucket, int unit, Duration alarm) {
    private static final int TILE = 256;
    private static final int MAX_UNIT = TILE * TILE;
    private static final int DEFAULT_ALARM = 900;
    private static final int MAX_ALARM = 86_400;

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
        if (alarm.toSeconds() < 1 || alarm.toSeconds() > MAX_ALARM) {
            throw new IllegalArgumentException(
                    "option archive-alarm of keyledger-audit is " + alarm.toSeconds() + " s, want 1 to " + MAX_ALARM);
        }
    }

    /** Reads the options; throws when one is out of its range. */
    public static ArchiveSettings read(Config.Scope options) {
        String folder = options.get("archive-folder", "").strip();
        return new ArchiveSettings(
                folder.isEmpty() ? null : Path.of(folder),
                S3Settings.read(options),
                options.getInt("archive-unit", MAX_UNIT),
                Duration.ofSeconds(options.getInt("archive-alarm", DEFAULT_ALARM)));
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
