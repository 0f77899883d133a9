package dev.keyledger.log.cli;

/** Arguments that make no command; the message says which. */
final class UsageException extends Exception {
    private static final long serialVersionUID = 1L;

    UsageException(String message) {
        super(message);
    }
}
