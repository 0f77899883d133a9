package dev.keyledger.audit.key;

import java.util.Base64;

/**
 * A master key as text, in a file or a vault: base64 of 32 random bytes (what {@code openssl rand -base64 32} prints),
 * bare or between PEM lines; space and line ends do not matter, so that it may stand in one line.
 */
public final class KeyText {
    private static final String BEGIN = "-----BEGIN KEYLEDGER MASTER KEY-----";
    private static final String END = "-----END KEYLEDGER MASTER KEY-----";

    private KeyText() {}

    /** Writes the key between PEM lines. */
    static String format(MasterKey key) {
        return BEGIN + "\n" + Base64.getEncoder().encodeToString(key.bytes()) + "\n" + END + "\n";
    }

    /** Reads the key; what the message of a failure says does not reveal the text. */
    public static MasterKey parse(String text) throws KeyException {
        String body = text.strip();
        if (body.startsWith(BEGIN) && body.endsWith(END)) {
            body = body.substring(BEGIN.length(), body.length() - END.length());
        }
        return MasterKey.parse(body.replaceAll("\\s", ""));
    }
}
