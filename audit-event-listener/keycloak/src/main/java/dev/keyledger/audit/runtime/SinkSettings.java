package dev.keyledger.audit.runtime;

import dev.keyledger.log.json.JsonNumber;
import dev.keyledger.log.json.JsonString;
import dev.keyledger.log.json.JsonValue;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.keycloak.Config;

/**
 * The options that concern those who are told the logs, {@code --spi-events-listener--keyledger-audit--<option>}:
 *
 * <ul>
 *   <li>{@code syslog}: {@code tls://host:port}, a syslog receiver that is told every log, port 6514 by default. Default:
 *       none
 *   <li>{@code syslog-ca}: a PEM file with the certificates that the receiver's is checked against. Default: what Keycloak
 *       trusts
 *   <li>{@code syslog-keystore}, {@code syslog-keystore-password}: a PKCS#12 file with the certificate and key that Keycloak
 *       shows to the receiver
 *   <li>{@code syslog-max-bytes}: longest message, 2048 to 1048576, default 8192; of an entry that is longer the receiver
 *       is not told what changed
 *   <li>{@code syslog-timeout}: seconds after which a receiver that has not taken what it was sent is given up until the
 *       next attempt, 1 to 60, default 15
 *   <li>{@code log-entries}: what the server's own log is told of every entry: {@code off}, {@code leaf} (nothing about a
 *       person) or {@code full}. Default: off
 *   <li>{@code webhook-http}: whether webhooks may go to {@code http:} URLs. Default: no
 *   <li>{@code webhook-local}: whether they may go to loopback and link-local addresses. Default: no
 *   <li>{@code sink-alarm}: seconds after which a failing sink is an alarm, 1 to 86400, default 900
 * </ul>
 */
public record SinkSettings(
        @Nullable URI syslog,
        @Nullable Path syslogCa,
        @Nullable Path syslogKeystore,
        @Nullable String syslogKeystorePassword,
        int syslogMaxBytes,
        Duration syslogTimeout,
        Entries entries,
        boolean webhookHttp,
        boolean webhookLocal,
        Duration alarm) {
    /** The kind and id of the sink of the option {@code syslog}. */
    public static final String SYSLOG = "syslog";

    /** The kind and id of the sink of the option {@code log-entries}. */
    public static final String LOG = "log";

    private static final int DEFAULT_MAX_BYTES = 8_192;
    private static final int MIN_BYTES = 2_048;
    private static final int MAX_BYTES = 1 << 20;
    private static final int DEFAULT_TIMEOUT = 15;
    private static final int MAX_TIMEOUT = 60;
    private static final int DEFAULT_ALARM = 900;
    private static final int MAX_ALARM = 86_400;

    /** What the server's own log is told of an entry. */
    public enum Entries {
        OFF,
        LEAF,
        FULL;

        static Entries parse(String text) {
            for (Entries each : values()) {
                if (each.label().equals(text)) {
                    return each;
                }
            }
            throw new IllegalArgumentException(
                    "option log-entries of keyledger-audit is " + text + ", want off, leaf or full");
        }

        String label() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    public SinkSettings {
        if (syslog != null && (!"tls".equals(syslog.getScheme()) || syslog.getHost() == null)) {
            throw new IllegalArgumentException(
                    "option syslog of keyledger-audit is " + syslog + ", want tls://host:port");
        }
        if (syslogMaxBytes < MIN_BYTES || syslogMaxBytes > MAX_BYTES) {
            throw new IllegalArgumentException("option syslog-max-bytes of keyledger-audit is " + syslogMaxBytes
                    + ", want " + MIN_BYTES + " to " + MAX_BYTES);
        }
        if (syslogTimeout.isNegative() || syslogTimeout.isZero() || syslogTimeout.toSeconds() > MAX_TIMEOUT) {
            throw new IllegalArgumentException("option syslog-timeout of keyledger-audit is "
                    + syslogTimeout.toSeconds() + " s, want 1 to " + MAX_TIMEOUT);
        }
        if (alarm.isNegative() || alarm.isZero() || alarm.toSeconds() > MAX_ALARM) {
            throw new IllegalArgumentException(
                    "option sink-alarm of keyledger-audit is " + alarm.toSeconds() + " s, want 1 to " + MAX_ALARM);
        }
    }

    /** Reads the options; throws when one is out of its range. */
    public static SinkSettings read(Config.Scope options) {
        String syslog = options.get("syslog");
        return new SinkSettings(
                syslog == null || syslog.isBlank() ? null : URI.create(syslog.strip()),
                path(options.get("syslog-ca")),
                path(options.get("syslog-keystore")),
                options.get("syslog-keystore-password"),
                options.getInt("syslog-max-bytes", DEFAULT_MAX_BYTES),
                Duration.ofSeconds(options.getInt("syslog-timeout", DEFAULT_TIMEOUT)),
                Entries.parse(options.get("log-entries", Entries.OFF.label())),
                options.getBoolean("webhook-http", false),
                options.getBoolean("webhook-local", false),
                Duration.ofSeconds(options.getInt("sink-alarm", DEFAULT_ALARM)));
    }

    /** The sinks that the options name. */
    public Set<String> kinds() {
        Set<String> kinds = new HashSet<>();
        if (syslog != null) {
            kinds.add(SYSLOG);
        }
        if (entries != Entries.OFF) {
            kinds.add(LOG);
        }
        return kinds;
    }

    /** What the log tells of them when they change; no path and no password. */
    public Map<String, JsonValue> toJson() {
        Map<String, JsonValue> json = new TreeMap<>();
        json.put("logEntries", JsonString.of(entries.label()));
        json.put("sinkAlarmSeconds", JsonNumber.of(alarm.toSeconds()));
        json.put("syslog", JsonString.of(syslog == null ? "none" : syslog.toString()));
        return json;
    }

    private static @Nullable Path path(@Nullable String text) {
        return text == null || text.isBlank() ? null : Path.of(text.strip());
    }
}
