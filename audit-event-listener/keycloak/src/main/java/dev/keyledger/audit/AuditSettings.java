package dev.keyledger.audit;

import dev.keyledger.audit.archive.ArchiveSettings;
import dev.keyledger.audit.capture.CapturePolicy;
import dev.keyledger.audit.integrity.VerificationSettings;
import dev.keyledger.audit.publish.PublishSettings;
import dev.keyledger.audit.runtime.KeySettings;
import dev.keyledger.audit.runtime.SinkSettings;
import dev.keyledger.audit.runtime.WitnessSettings;
import dev.keyledger.audit.timestamp.TimestampSettings;
import dev.keyledger.log.FormatException;
import dev.keyledger.log.entry.EntryKind;
import dev.keyledger.log.json.JsonArray;
import dev.keyledger.log.json.JsonNumber;
import dev.keyledger.log.json.JsonString;
import dev.keyledger.log.json.JsonValue;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.keycloak.Config;

/**
 * The options of the log, {@code --spi-events-listener--keyledger-audit--<option>}, read once at start-up:
 *
 * <ul>
 *   <li>{@code origin}: the host part of the origins of logs that are created from now on, without scheme, such as
 *       {@code audit.example.com/kc}. Default: the host of Keycloak's {@code hostname} option, else {@code keyledger}.
 *       An existing log keeps the origin it was created with.
 *   <li>{@code interval}: milliseconds between two rounds of the sequencer, default 1000, 250 to 60000
 *   <li>{@code excluded-events}: user event types that are not recorded, separated by commas
 *   <li>{@code fail-open}: kinds of entries ({@code admin}, {@code user}, {@code scim}, {@code system}), separated by
 *       commas, for the lack of which no request fails: what is missing is told by a {@code GAP} entry. Default: none
 *   <li>{@code durability}: {@code async} for user events that do not make PostgreSQL wait for its disk, as Keycloak's own
 *       do not: a crash of the database may forget the last ones. Default: {@code sync}
 *   <li>{@code realm-policy}: kinds of entries ({@code admin}, {@code user}, {@code scim}), separated by commas, of
 *       which a realm's own policy may record less than these options say, fail open or be asynchronous. Default: {@code
 *       user}
 *   <li>{@code witness-file}: where the newest checkpoint of every log is remembered outside the database: a file whose
 *       name ends in {@code .jsonl}, or a folder, in which every node has a file of its own. Default: nowhere
 *   <li>{@code verify-interval}, {@code verify-sample-interval}: seconds from one verification of a whole log, or of a
 *       random segment of it, to the next; 0 for never. Defaults: a day, an hour
 *   <li>{@code verify-rate}: most entries a second that a verification looks at, 100 to 1000000, default 10000
 *   <li>{@code health-readiness}: whether an alarm makes {@code /health/ready} say DOWN. Default: no, only {@code
 *       /health/group/keyledger} does
 *   <li>those of {@link KeySettings}, {@link WitnessSettings}, {@link ArchiveSettings}, {@link TimestampSettings}, {@link
 *       PublishSettings} and {@link SinkSettings}
 * </ul>
 */
public record AuditSettings(
        String host,
        Duration interval,
        CapturePolicy policy,
        Set<EntryKind> weakenable,
        KeySettings keys,
        @Nullable Path witness,
        WitnessSettings witnesses,
        ArchiveSettings archives,
        TimestampSettings timestamps,
        VerificationSettings verification,
        boolean readiness,
        PublishSettings publish,
        SinkSettings sinks) {
    private static final String DEFAULT_HOST = "keyledger";
    private static final int DEFAULT_INTERVAL = 1_000;
    private static final int DEFAULT_VERIFY = 86_400;
    private static final int DEFAULT_SAMPLE = 3_600;
    private static final int DEFAULT_RATE = 10_000;
    private static final int MIN_INTERVAL = 250;
    private static final int MAX_INTERVAL = 60_000;

    /** What applications and services do in the background, many times per session. */
    private static final String DEFAULT_EXCLUDED = "REFRESH_TOKEN,REFRESH_TOKEN_ERROR,INTROSPECT_TOKEN,"
            + "INTROSPECT_TOKEN_ERROR,USER_INFO_REQUEST,USER_INFO_REQUEST_ERROR,VALIDATE_ACCESS_TOKEN,"
            + "VALIDATE_ACCESS_TOKEN_ERROR,CODE_TO_TOKEN,OAUTH2_DEVICE_CODE_TO_TOKEN,PUSHED_AUTHORIZATION_REQUEST,"
            + "PERMISSION_TOKEN";

    public AuditSettings {
        long millis = interval.toMillis();
        if (millis < MIN_INTERVAL || millis > MAX_INTERVAL) {
            throw new IllegalArgumentException("option interval of keyledger-audit is " + millis + " ms, want "
                    + MIN_INTERVAL + " to " + MAX_INTERVAL);
        }
        if (!host.matches("[A-Za-z0-9._:/-]{1,200}") || host.endsWith("/")) {
            throw new IllegalArgumentException(
                    "option origin of keyledger-audit wants a host name, perhaps with port and path, without scheme");
        }
    }

    /** Reads the options; throws when one is out of its range. */
    public static AuditSettings read(Config.Scope options, @Nullable String hostname) {
        String origins = options.get("origin", host(hostname));
        return new AuditSettings(
                origins,
                Duration.ofMillis(options.getInt("interval", DEFAULT_INTERVAL)),
                new CapturePolicy(
                        Map.of(EntryKind.USER, names(options.get("excluded-events", DEFAULT_EXCLUDED))),
                        kinds("fail-open", options.get("fail-open", "")),
                        asynchronous(options.get("durability", "sync"))),
                kinds("realm-policy", options.get("realm-policy", "user")),
                KeySettings.read(options),
                path(options.get("witness-file")),
                WitnessSettings.read(options, origins),
                ArchiveSettings.read(options),
                TimestampSettings.read(options),
                new VerificationSettings(
                        Duration.ofSeconds(options.getInt("verify-interval", DEFAULT_VERIFY)),
                        Duration.ofSeconds(options.getInt("verify-sample-interval", DEFAULT_SAMPLE)),
                        options.getInt("verify-rate", DEFAULT_RATE)),
                options.getBoolean("health-readiness", false),
                PublishSettings.read(options),
                SinkSettings.read(options));
    }

    /** What is recorded and how, as the log tells it when it is changed. */
    Map<String, JsonValue> toJson() {
        Map<String, JsonValue> json = new TreeMap<>(keys.toJson());
        json.putAll(witnesses.toJson());
        json.putAll(archives.toJson());
        json.put("timeStampAuthorities", texts(timestamps.authorities().stream().map(String::valueOf)));
        json.put("asynchronous", texts(policy.asynchronous().stream().map(EntryKind::label)));
        json.put("excludedEvents", texts(policy.excluded().getOrDefault(EntryKind.USER, Set.of()).stream()));
        json.put("failOpen", texts(policy.open().stream().map(EntryKind::label)));
        json.put("realmPolicy", texts(weakenable.stream().map(EntryKind::label)));
        json.put("intervalMillis", JsonNumber.of(interval.toMillis()));
        json.put("origin", new JsonString(host));
        json.put("publicTiles", texts(publish.realms().stream()));
        json.put("verifySeconds", JsonNumber.of(verification.everything().toSeconds()));
        json.put("verifySampleSeconds", JsonNumber.of(verification.sample().toSeconds()));
        json.putAll(sinks.toJson());
        json.put("witness", JsonString.of(witness == null ? "none" : witness.toString()));
        return json;
    }

    private static @Nullable Path path(@Nullable String text) {
        return text == null || text.isBlank() ? null : Path.of(text.strip());
    }

    private static JsonArray texts(Stream<String> texts) {
        return new JsonArray(texts.sorted().<JsonValue>map(JsonString::of).toList());
    }

    private static Set<String> names(String list) {
        return Arrays.stream(list.split(",", -1))
                .map(String::strip)
                .filter(name -> !name.isEmpty())
                .collect(Collectors.toSet());
    }

    private static Set<EntryKind> kinds(String option, String list) {
        try {
            return names(list).stream().map(EntryKind::parse).collect(Collectors.toSet());
        } catch (FormatException e) {
            throw new IllegalArgumentException(
                    "option " + option + " of keyledger-audit wants some of admin, user, scim, system", e);
        }
    }

    private static Set<EntryKind> asynchronous(String durability) {
        return switch (durability) {
            case "sync" -> Set.of();
            case "async" -> Set.of(EntryKind.USER);
            default ->
                throw new IllegalArgumentException(
                        "option durability of keyledger-audit is " + durability + ", want sync or async");
        };
    }

    /** Keycloak's hostname option is a host or a URL. */
    static String host(@Nullable String hostname) {
        if (hostname == null || hostname.isBlank()) {
            return DEFAULT_HOST;
        }
        String host = hostname.contains("://") ? URI.create(hostname).getHost() : hostname;
        return host == null ? DEFAULT_HOST : host;
    }
}
