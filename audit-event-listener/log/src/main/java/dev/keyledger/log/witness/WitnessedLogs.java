package dev.keyledger.log.witness;

import dev.keyledger.log.FormatException;
import dev.keyledger.log.note.Ed25519Verifier;
import dev.keyledger.log.note.VerifierKey;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The logs that a witness looks at, and the keys that it believes of each, from a file:
 *
 * <pre>
 * # one log
 * log audit.example.com/kc/realm-a+34e3ab70+AQOhB7/zzhC+HXDdGOdLwJln5NYwm6UNXx3chmQSVTG4
 * # every log of one server, which sign with one key under their own names
 * logs audit.example.com/audit/_server+...
 * </pre>
 *
 * A log may have several lines, one for each key. {@code logs} takes the key of any log of a server, and stands for every
 * log whose origin begins with the same words up to the slash before the realm. Immutable.
 */
public final class WitnessedLogs {
    private static final int MAX_CHARACTERS = 1_000_000;
    private static final Pattern EPOCH = Pattern.compile("/e[1-9][0-9]{0,8}$");

    private final List<VerifierKey> logs = new ArrayList<>();
    private final List<Server> servers = new ArrayList<>();

    private WitnessedLogs() {}

    /** Parses a file; empty lines and lines that start with {@code #} are skipped. */
    public static WitnessedLogs parse(String text) {
        if (text.length() > MAX_CHARACTERS) {
            throw new FormatException("list has " + text.length() + " characters, want at most " + MAX_CHARACTERS);
        }
        WitnessedLogs witnessed = new WitnessedLogs();
        String[] lines = text.split("\n", -1);
        for (int i = 0; i < lines.length; i++) {
            String line = lines[i].strip();
            if (!line.isEmpty() && !line.startsWith("#")) {
                witnessed.add(i + 1, line.split("[ \t]+"));
            }
        }
        return witnessed;
    }

    /** The keys of the log with this origin; empty when this witness does not look at it. */
    public List<Ed25519Verifier> keys(String origin) {
        List<Ed25519Verifier> keys = new ArrayList<>();
        for (VerifierKey log : logs) {
            if (log.name().equals(origin)) {
                keys.add(new Ed25519Verifier(log));
            }
        }
        for (Server server : servers) {
            if (origin.startsWith(server.prefix())) {
                keys.add(new Ed25519Verifier(
                        VerifierKey.ed25519(origin, server.key().publicKey())));
            }
        }
        return keys;
    }

    private void add(int number, String[] words) {
        if (words.length != 2) {
            throw error(number, "has " + words.length + " words, want 2", null);
        }
        VerifierKey key;
        try {
            // rejects keys of another type than Ed25519
            key = new Ed25519Verifier(VerifierKey.parse(words[1])).verifierKey();
        } catch (FormatException e) {
            throw error(number, "has no key of a log: " + e.getMessage(), e);
        }
        switch (words[0]) {
            case "log" -> logs.add(key);
            case "logs" -> servers.add(server(number, key));
            default -> throw error(number, "starts with " + FormatException.quote(words[0]), null);
        }
    }

    private static Server server(int number, VerifierKey key) {
        String origin = EPOCH.matcher(key.name()).replaceFirst("");
        int slash = origin.lastIndexOf('/');
        if (slash < 0) {
            throw error(number, "has a key whose name is not that of a log of a server", null);
        }
        return new Server(origin.substring(0, slash + 1), key);
    }

    private static FormatException error(int number, String what, @Nullable FormatException cause) {
        String message = "line " + number + " of the list of logs " + what;
        return cause == null ? new FormatException(message) : new FormatException(message, cause);
    }

    private record Server(String prefix, VerifierKey key) {}
}
