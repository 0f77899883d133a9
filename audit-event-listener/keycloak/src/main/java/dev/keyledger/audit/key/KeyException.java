package dev.keyledger.audit.key;

/** A sealed text or a stored key that cannot be used. Treat what it protects as lost or forged, never as empty. */
public final class KeyException extends Exception {
    private static final long serialVersionUID = 1L;

    public KeyException(String message) {
        super(message);
    }

    public KeyException(String message, Throwable cause) {
        super(message, cause);
    }
}
