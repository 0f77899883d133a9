package dev.keyledger.audit.timestamp;

import java.net.URI;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.keycloak.Config;

/**
 * The options that concern time stamps, {@code --spi-events-listener--keyledger-audit--<option>}:
 *
 * <ul>
 *   <li>{@code tsa-url}: addresses of time stamp authorities, separated by commas; each is asked when those before it
 *       fail. Default: none, and nothing is stamped
 *   <li>{@code tsa-interval}: seconds between two time stamps of a log, default 3600, 1 to 604800
 * </ul>
 */
public record TimestampSettings(List<URI> authorities, Duration interval) {
    private static final int DEFAULT_INTERVAL = 3_600;
    private static final int MAX_INTERVAL = 604_800;

    public TimestampSettings {
        authorities = List.copyOf(authorities);
        if (interval.toSeconds() < 1 || interval.toSeconds() > MAX_INTERVAL) {
            throw new IllegalArgumentException("option tsa-interval of keyledger-audit is " + interval.toSeconds()
                    + " s, want 1 to " + MAX_INTERVAL);
        }
    }

    /** Reads the options; throws when one is out of its range. */
    public static TimestampSettings read(Config.Scope options) {
        return new TimestampSettings(
                Arrays.stream(options.get("tsa-url", "").split(",", -1))
                        .map(String::strip)
                        .filter(url -> !url.isEmpty())
                        .map(URI::create)
                        .toList(),
                Duration.ofSeconds(options.getInt("tsa-interval", DEFAULT_INTERVAL)));
    }
}
