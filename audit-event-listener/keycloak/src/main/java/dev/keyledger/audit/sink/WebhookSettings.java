package dev.keyledger.audit.sink;

import dev.keyledger.audit.key.KeyException;
import dev.keyledger.audit.key.KeyRing;
import dev.keyledger.audit.storage.SinkEntity;
import dev.keyledger.log.FormatException;
import dev.keyledger.log.entry.EntryKind;
import dev.keyledger.log.json.CanonicalJson;
import dev.keyledger.log.json.JsonArray;
import dev.keyledger.log.json.JsonLiteral;
import dev.keyledger.log.json.JsonNumber;
import dev.keyledger.log.json.JsonObject;
import dev.keyledger.log.json.JsonReader;
import dev.keyledger.log.json.JsonString;
import dev.keyledger.log.json.JsonValue;
import dev.keyledger.log.siem.WebhookSecret;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Where a webhook goes, what of the log it is told, and the secrets that sign it.
 *
 * <pre>
 * {"checkpoints":true,"kinds":["admin"],"operations":["DELETE"],"outcome":"success","url":"https://siem.example.com/hook"}
 * </pre>
 *
 * @param kinds empty for any
 * @param operations empty for any
 * @param outcome {@code success}, {@code failure}, or null for both
 * @param checkpoints whether it is told checkpoints
 * @param secrets the newest first
 */
record WebhookSettings(
        URI url,
        Set<String> kinds,
        Set<String> operations,
        @Nullable String outcome,
        boolean checkpoints,
        List<Secret> secrets) {
    private static final int MAX_URL = 2_000;
    private static final int MAX_WORDS = 100;
    private static final int MAX_SEALED = 1 << 20;
    private static final Set<String> OUTCOMES = Set.of("success", "failure");

    WebhookSettings {
        kinds = new TreeSet<>(kinds);
        operations = new TreeSet<>(operations);
        secrets = List.copyOf(secrets);
    }

    /**
     * A secret.
     *
     * @param until epoch milliseconds until which it signs; {@link Long#MAX_VALUE} for the newest
     */
    record Secret(WebhookSecret secret, long until) {}

    /** Reads what an admin wants; the secrets are not part of it. Throws when it is not that. */
    static WebhookSettings parse(JsonObject wanted, boolean http) {
        Set<String> kinds = words(wanted, "kinds");
        kinds.forEach(EntryKind::parse);
        String outcome = wanted.get("outcome") == null || wanted.get("outcome") == JsonLiteral.NULL
                ? null
                : wanted.string("outcome");
        if (outcome != null && !OUTCOMES.contains(outcome)) {
            throw new FormatException("outcome is " + FormatException.quote(outcome) + ", want success or failure");
        }
        JsonValue checkpoints = wanted.get("checkpoints");
        if (checkpoints != null && checkpoints != JsonLiteral.TRUE && checkpoints != JsonLiteral.FALSE) {
            throw new FormatException("checkpoints is not true or false");
        }
        return new WebhookSettings(
                url(wanted.string("url"), http),
                kinds,
                words(wanted, "operations"),
                outcome,
                checkpoints != JsonLiteral.FALSE,
                List.of());
    }

    private static URI url(String text, boolean http) {
        try {
            URI url = new URI(text);
            boolean known = "https".equals(url.getScheme()) || (http && "http".equals(url.getScheme()));
            if (!known || url.getHost() == null || url.getUserInfo() != null || text.length() > MAX_URL) {
                throw new FormatException("url is no " + (http ? "http or https" : "https")
                        + " URL with a host, without a user, of at most " + MAX_URL + " characters");
            }
            return url;
        } catch (URISyntaxException e) {
            throw new FormatException("url is no URL: " + e.getReason(), e);
        }
    }

    private static Set<String> words(JsonObject wanted, String member) {
        JsonValue value = wanted.get(member);
        if (value == null) {
            return Set.of();
        }
        if (!(value instanceof JsonArray array) || array.elements().size() > MAX_WORDS) {
            throw new FormatException(member + " is no list of at most " + MAX_WORDS + " words");
        }
        Set<String> words = new TreeSet<>();
        for (JsonValue each : array.elements()) {
            if (!(each instanceof JsonString word) || !word.value().matches("[!-~]{1,100}")) {
                throw new FormatException(member + " has something that is no word");
            }
            words.add(word.value());
        }
        return words;
    }

    WebhookSettings with(List<Secret> others) {
        return new WebhookSettings(url, kinds, operations, outcome, checkpoints, others);
    }

    /** The secrets that sign now. */
    List<WebhookSecret> signing(long now) {
        return secrets.stream()
                .filter(secret -> now < secret.until())
                .map(Secret::secret)
                .toList();
    }

    /** What an admin and the log are shown: everything but the secrets. */
    Map<String, JsonValue> shown() {
        Map<String, JsonValue> json = new TreeMap<>();
        json.put("url", JsonString.of(url.toString()));
        json.put("kinds", array(kinds));
        json.put("operations", array(operations));
        json.put("outcome", outcome == null ? JsonLiteral.NULL : JsonString.of(outcome));
        json.put("checkpoints", JsonLiteral.of(checkpoints));
        return json;
    }

    /** For the row, in which alone it opens. */
    String seal(KeyRing keys, SinkEntity row) {
        Map<String, JsonValue> json = shown();
        List<JsonValue> kept = new ArrayList<>();
        for (Secret each : secrets) {
            Map<String, JsonValue> secret = new TreeMap<>();
            secret.put("secret", JsonString.of(each.secret().text()));
            if (each.until() != Long.MAX_VALUE) {
                secret.put("until", JsonNumber.of(each.until()));
            }
            kept.add(new JsonObject(secret));
        }
        json.put("secrets", new JsonArray(kept));
        return keys.sealSink(CanonicalJson.format(new JsonObject(json)), place(row));
    }

    /** Throws an {@link IllegalStateException} when this server did not write the row, or not like this. */
    static WebhookSettings open(KeyRing keys, SinkEntity row) {
        String sealed = row.settings;
        try {
            JsonObject json = JsonReader.parseObject(
                    keys.openSink(sealed == null ? "" : sealed, place(row)).getBytes(StandardCharsets.UTF_8),
                    MAX_SEALED);
            List<Secret> secrets = new ArrayList<>();
            if (json.get("secrets") instanceof JsonArray kept) {
                for (JsonValue each : kept.elements()) {
                    JsonObject secret = (JsonObject) each;
                    secrets.add(new Secret(
                            WebhookSecret.parse(secret.string("secret")),
                            secret.get("until") == null ? Long.MAX_VALUE : secret.integer("until")));
                }
            }
            return parse(json, true).with(secrets);
        } catch (KeyException | FormatException e) {
            throw new IllegalStateException(
                    "the settings of sink " + row.name + " in AUDIT_SINK were not written by this server, or not like"
                            + " this: put the sink anew",
                    e);
        }
    }

    private static String place(SinkEntity row) {
        return row.realmId + '\0' + row.name + '\0' + row.sinkId;
    }

    private static JsonArray array(Set<String> words) {
        return new JsonArray(words.stream().<JsonValue>map(JsonString::of).toList());
    }
}
