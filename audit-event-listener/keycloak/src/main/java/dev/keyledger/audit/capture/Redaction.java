package dev.keyledger.audit.capture;

import dev.keyledger.log.json.JsonArray;
import dev.keyledger.log.json.JsonString;
import dev.keyledger.log.json.JsonValue;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Keeps secrets out of the log. A deny-list on the names of attributes, at every level of their path, and on the looks
 * of values. Flags and numbers are never secrets, so settings such as {@code revokeRefreshToken} stay readable.
 */
final class Redaction {
    /** Stands in the place of a secret. */
    static final JsonValue HIDDEN = new JsonString("(hidden)");

    /** Stands in the place of a secret that is another one now. */
    static final JsonValue CHANGED = new JsonString("(changed)");

    private static final Set<String> NAMES = Set.of(
            "credential",
            "credentials",
            "bindcredential",
            "secretdata",
            "credentialdata",
            "privatekey",
            "assertion",
            "clientassertion",
            "cookie",
            "authorization",
            "code",
            "otp",
            "totp",
            "pin",
            "passphrase",
            "passwd",
            "pwd",
            "apikey",
            "hashediterations",
            "salt",
            "seed");
    private static final Set<String> ENDINGS =
            Set.of("password", "secret", "privatekey", "token", "passphrase", "apikey");
    private static final Pattern SECRET_VALUE =
            Pattern.compile("-----BEGIN [A-Z ]*PRIVATE KEY-----|^eyJ[A-Za-z0-9_-]{8,}\\.eyJ[A-Za-z0-9_-]{8,}\\.");

    private Redaction() {}

    /** Whether the value under this path (names joined by dots) must not be written. */
    static boolean isSecret(String path, JsonValue value) {
        if (value instanceof JsonString text) {
            return isSecretName(path) || SECRET_VALUE.matcher(text.value()).find();
        }
        if (value instanceof JsonArray array) {
            return array.elements().stream().anyMatch(element -> isSecret(path, element));
        }
        return false;
    }

    /** The value, or what stands in its place. */
    static JsonValue redact(String path, JsonValue value) {
        return isSecret(path, value) ? HIDDEN : value;
    }

    private static boolean isSecretName(String path) {
        for (String part : path.split("[.\\[\\]]", -1)) {
            String name = part.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]", "");
            if (NAMES.contains(name) || ENDINGS.stream().anyMatch(name::endsWith)) {
                return true;
            }
        }
        return false;
    }
}
