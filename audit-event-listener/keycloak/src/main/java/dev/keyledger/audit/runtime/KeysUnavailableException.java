package dev.keyledger.audit.runtime;

/** The log's keys are not to be had at present; the message says why and what to do. Try again later. */
public final class KeysUnavailableException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    KeysUnavailableException(String message, Throwable cause) {
        super(message, cause);
    }
}
