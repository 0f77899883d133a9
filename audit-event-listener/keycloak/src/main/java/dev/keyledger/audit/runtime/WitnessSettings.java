package dev.keyledger.audit.runtime;

import dev.keyledger.log.FormatException;
import dev.keyledger.log.checkpoint.WitnessPolicy;
import dev.keyledger.log.json.JsonNumber;
import dev.keyledger.log.json.JsonString;
import dev.keyledger.log.json.JsonValue;
import dev.keyledger.log.witness.WitnessedLogs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.keycloak.Config;

/**
 * The options that concern witnesses, {@code --spi-events-listener--keyledger-audit--<option>}:
 *
 * <ul>
 *   <li>{@code witness-policy}: a file, C2SP tlog-policy: who is asked to cosign our checkpoints (the witnesses with a
 *       URL), and how many of them have to. Default: nobody
 *   <li>{@code witness-interval}: seconds between two rounds of asking them, default 10, 1 to 3600
 *   <li>{@code witness-alarm}: seconds after which a checkpoint without the policy's quorum is an alarm, default 600
 *   <li>{@code witness-logs}: a file that says whose logs this server cosigns, see {@link WitnessedLogs}. Default:
 *       nobody's, and there is no endpoint
 *   <li>{@code witness-name}: the name under which it does, default {@code <host>/witness}
 * </ul>
 *
 * @param policy null when nobody is asked
 * @param logs null when this server is no witness
 */
public record WitnessSettings(
        @Nullable WitnessPolicy policy,
        Duration interval,
        Duration alarm,
        @Nullable WitnessedLogsFile logs,
        String name) {
    private static final int DEFAULT_INTERVAL = 10;
    private static final int MAX_INTERVAL = 3_600;
    private static final int DEFAULT_ALARM = 600;

    /** A note has at most 16 lines, and the log's own keys need some. */
    private static final int MAX_WITNESSES = 8;

    public WitnessSettings {
        if (interval.toSeconds() < 1 || interval.toSeconds() > MAX_INTERVAL) {
            throw new IllegalArgumentException("option witness-interval of keyledger-audit is " + interval.toSeconds()
                    + " s, want 1 to " + MAX_INTERVAL);
        }
        if (policy != null && asked(policy).size() > MAX_WITNESSES) {
            throw new IllegalArgumentException("option witness-policy of keyledger-audit names "
                    + asked(policy).size() + " witnesses with a URL, want at most " + MAX_WITNESSES);
        }
    }

    /**
     * Reads the options and the files; throws when one cannot be used.
     *
     * @param host of the origins of this server's logs
     */
    public static WitnessSettings read(Config.Scope options, String host) {
        return new WitnessSettings(
                policy(path(options.get("witness-policy"))),
                Duration.ofSeconds(options.getInt("witness-interval", DEFAULT_INTERVAL)),
                Duration.ofSeconds(options.getInt("witness-alarm", DEFAULT_ALARM)),
                logs(path(options.get("witness-logs"))),
                options.get("witness-name", host + "/witness"));
    }

    /** The witnesses that are asked: those that the policy says an address of. */
    List<WitnessPolicy.Witness> asked() {
        return policy == null ? List.of() : asked(policy);
    }

    /** What the log tells of them when they change. */
    public Map<String, JsonValue> toJson() {
        return Map.of(
                "witnesses",
                JsonString.of(asked().stream()
                        .map(witness -> witness.name() + " " + witness.vkey().keyIdHex())
                        .toList()
                        .toString()),
                "witnessAlarmSeconds",
                JsonNumber.of(alarm.toSeconds()));
    }

    private static List<WitnessPolicy.Witness> asked(WitnessPolicy policy) {
        return policy.witnesses().stream()
                .filter(witness -> witness.url() != null)
                .toList();
    }

    private static @Nullable Path path(@Nullable String path) {
        return path == null || path.isBlank() ? null : Path.of(path.strip());
    }

    private static @Nullable WitnessedLogsFile logs(@Nullable Path path) {
        return path == null ? null : new WitnessedLogsFile(path);
    }

    private static @Nullable WitnessPolicy policy(@Nullable Path path) {
        try {
            return path == null ? null : WitnessPolicy.parse(Files.readString(path));
        } catch (IOException | FormatException e) {
            throw new IllegalArgumentException(
                    "option witness-policy of keyledger-audit names " + path + ", which cannot be used: "
                            + e.getMessage(),
                    e);
        }
    }
}
