package dev.keyledger.audit.capture;

import dev.keyledger.log.json.JsonArray;
import dev.keyledger.log.json.JsonNumber;
import dev.keyledger.log.json.JsonString;
import dev.keyledger.log.json.JsonValue;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;

/**
 * Keeps secrets out of the log. A deny-list on the names of attributes and on the looks of values. Flags, as JSON or
 * as text, are never secrets, so settings such as {@code revokeRefreshToken} stay readable.
 *
 * <p>A path's dots part names, and names hold dots of their own: {@code attributes.saml.signing.private.key} is the
 * attribute {@code saml.signing.private.key} of a client. So every end of a run of parts is looked at as one name. What
 * stands below a secret is secret: {@code credentials[0].value}, {@code client.secret.rotated}. Not so below what is
 * called a token or a code: {@code access.token.lifespan} is a setting.
 */
final class Redaction {
    /** Stands in the place of a secret. */
    static final JsonValue HIDDEN = new JsonString("(hidden)");

    /** Stands in the place of a secret that is another one now. */
    static final JsonValue CHANGED = new JsonString("(changed)");

    /** Whole names; what stands below them is hidden too. */
    private static final Set<String> NAMES = Set.of(
            "credential",
            "credentials",
            "bindcredential",
            "secretdata",
            "credentialdata",
            "passwd",
            "pwd",
            "otp",
            "totp",
            "recoverycodes",
            "backupcodes");

    /** Ends of names; what stands below them is hidden too. */
    private static final Set<String> ENDINGS = Set.of(
            "password",
            "passphrase",
            "secret",
            "secrets",
            "privatekey",
            "secretkey",
            "signingkey",
            "encryptionkey",
            "apikey",
            "p8key");

    /** Whole names that are secret only at the end of a path. */
    private static final Set<String> LAST_NAMES = Set.of(
            "assertion",
            "clientassertion",
            "cookie",
            "authorization",
            "code",
            "pin",
            "salt",
            "seed",
            "hashediterations");

    /** Ends of names that are secret only at the end of a path. */
    private static final Set<String> LAST_ENDINGS = Set.of("token");

    private static final String SEPARATORS = ".[]/ ";

    private static final Set<String> FLAGS = Set.of("", "true", "false");

    /** A private key in PEM or as JSON Web Key; a signed or encrypted JSON Web Token. */
    private static final Pattern SECRET_VALUE = Pattern.compile("-----BEGIN [A-Z ]*PRIVATE KEY-----"
            + "|\"kty\"[^}]*\"d\"\\s*:|\"d\"\\s*:[^}]*\"kty\""
            + "|^eyJ[A-Za-z0-9_-]{8,}\\.[A-Za-z0-9_-]*\\.[A-Za-z0-9_-]");

    /** What every value has that the pattern finds: nearly all have none, and cost no search. */
    private static final List<String> SECRET_SIGNS = List.of("PRIVATE KEY-----", "\"kty\"");

    /** Says where a secret is kept, and nothing of it. */
    private static final Pattern VAULT_REFERENCE = Pattern.compile("\\$\\{vault\\.[^${}]+}");

    private static final String TOKEN_START = "eyJ";

    /** Names come again and again, and few of them are read in a lifetime; those of people's own making are bounded. */
    private static final int MAX_KNOWN = 10_000;

    private static final Map<String, Boolean> KNOWN = new ConcurrentHashMap<>();

    private Redaction() {}

    /** Whether the value under this path (names joined by dots) must not be written. */
    static boolean isSecret(String path, JsonValue value) {
        if (value instanceof JsonString text) {
            return !FLAGS.contains(text.value())
                    && (isSecretText(text.value())
                            || (isSecretName(path)
                                    && !VAULT_REFERENCE.matcher(text.value()).matches()));
        }
        if (value instanceof JsonNumber) {
            return isSecretName(path);
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

    private static boolean isSecretText(String text) {
        boolean suspect = text.startsWith(TOKEN_START) || SECRET_SIGNS.stream().anyMatch(text::contains);
        return suspect && SECRET_VALUE.matcher(text).find();
    }

    /** Whether what stands under this path is secret whatever it is. */
    static boolean isSecretName(String path) {
        Boolean known = KNOWN.get(path);
        if (known != null) {
            return known;
        }
        boolean secret = judge(path);
        if (KNOWN.size() < MAX_KNOWN) {
            KNOWN.put(path, secret);
        }
        return secret;
    }

    private static boolean judge(String path) {
        List<String> names = names(path);
        StringBuilder joined = new StringBuilder();
        for (int i = 0; i < names.size(); i++) {
            String name = names.get(i);
            String upToHere = joined.append(name).toString();
            boolean last = i == names.size() - 1;
            if (NAMES.contains(name) || endsIn(upToHere, ENDINGS)) {
                return true;
            }
            if (last && (LAST_NAMES.contains(name) || endsIn(upToHere, LAST_ENDINGS))) {
                return true;
            }
        }
        return false;
    }

    /** The parts of a path, in lower case, of letters and digits only. */
    private static List<String> names(String path) {
        List<String> names = new ArrayList<>();
        StringBuilder name = new StringBuilder();
        for (int i = 0; i <= path.length(); i++) {
            char c = i == path.length() ? '.' : Character.toLowerCase(path.charAt(i));
            if ((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9')) {
                name.append(c);
            } else if (SEPARATORS.indexOf(c) >= 0 && !name.isEmpty()) {
                names.add(name.toString());
                name.setLength(0);
            }
        }
        return names;
    }

    private static boolean endsIn(String name, Set<String> endings) {
        return endings.stream().anyMatch(name::endsWith);
    }
}
