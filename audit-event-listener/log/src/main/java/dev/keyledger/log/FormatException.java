package dev.keyledger.log;

/**
 * Input that does not have the shape it must have: a note without signatures, a proof with an odd line, broken JSON.
 * Garbled is not forged: a caller reports such input as unreadable, never as tampered with, unless it had already been
 * vouched for (the file of a bundle, the leaf of a log).
 */
public final class FormatException extends IllegalArgumentException {
    private static final long serialVersionUID = 1L;

    private static final int QUOTED = 80;

    public FormatException(String message) {
        super(message);
    }

    public FormatException(String message, Throwable cause) {
        super(message, cause);
    }

    /** Returns foreign text fit for a one-line message: in quotes, printable ASCII only, cut after 80 characters. */
    public static String quote(String text) {
        StringBuilder quoted = new StringBuilder("\"");
        for (int i = 0; i < text.length() && i < QUOTED; i++) {
            char c = text.charAt(i);
            quoted.append(c >= ' ' && c < 0x7f && c != '"' ? c : '?');
        }
        return quoted.append(text.length() > QUOTED ? "...\"" : "\"").toString();
    }
}
