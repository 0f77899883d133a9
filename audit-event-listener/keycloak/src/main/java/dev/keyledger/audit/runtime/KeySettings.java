package dev.keyledger.audit.runtime;

import dev.keyledger.audit.key.Custody;
import dev.keyledger.log.json.JsonLiteral;
import dev.keyledger.log.json.JsonNumber;
import dev.keyledger.log.json.JsonString;
import dev.keyledger.log.json.JsonValue;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.keycloak.Config;

/**
 * The options that concern the log's keys, {@code --spi-events-listener--keyledger-audit--<option>}:
 *
 * <ul>
 *   <li>{@code key-custody}: {@code database} (default), {@code file} or {@code vault}. Another value than the one in
 *       force moves the keys at the next start
 *   <li>{@code key-file}: of custody {@code file}; also needed at the start that moves the keys away from it
 *   <li>{@code key-file-password}: makes the file, or says that it is, PKCS#12 instead of text
 *   <li>{@code key-vault-entry}: the secret's name in the vault, default {@code keyledger-master}; the realm is the
 *       admin realm
 *   <li>{@code key-overlap}: minutes for which an older signing key signs beside a new one, default 1440, 0 to 525600
 *   <li>{@code ml-dsa}: whether checkpoints are cosigned with ML-DSA-44 as well, about once a minute. Default: no
 * </ul>
 */
public record KeySettings(
        Custody custody,
        @Nullable Path file,
        @Nullable String filePassword,
        String vaultEntry,
        Duration overlap,
        boolean mlDsa) {
    private static final int DEFAULT_OVERLAP = 1_440;
    private static final int MAX_OVERLAP = 525_600;

    public KeySettings {
        if (custody == Custody.FILE && file == null) {
            throw new IllegalArgumentException(
                    "option key-custody of keyledger-audit is file, and the option key-file is not set");
        }
        if (overlap.isNegative() || overlap.toMinutes() > MAX_OVERLAP) {
            throw new IllegalArgumentException("option key-overlap of keyledger-audit is " + overlap.toMinutes()
                    + " minutes, want 0 to " + MAX_OVERLAP);
        }
    }

    /** Reads the options; throws when one is out of its range. */
    public static KeySettings read(Config.Scope options) {
        String file = options.get("key-file");
        return new KeySettings(
                Custody.parse(options.get("key-custody", Custody.DATABASE.label())),
                file == null || file.isBlank() ? null : Path.of(file),
                options.get("key-file-password"),
                options.get("key-vault-entry", "keyledger-master"),
                Duration.ofMinutes(options.getInt("key-overlap", DEFAULT_OVERLAP)),
                options.getBoolean("ml-dsa", false));
    }

    /** What the log tells of them when they change; no path and no password. */
    public Map<String, JsonValue> toJson() {
        return Map.of(
                "keyCustody",
                new JsonString(custody.label()),
                "keyOverlapMinutes",
                JsonNumber.of(overlap.toMinutes()),
                "mlDsa",
                JsonLiteral.of(mlDsa));
    }
}
