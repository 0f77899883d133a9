package dev.keyledger.log.cli;

/** The exit codes of the command. */
public enum ExitCode {
    VERIFIED(0),
    TAMPERED(1),
    INCOMPLETE(2),
    USAGE(3),
    UNREADABLE(4);

    private final int code;

    ExitCode(int code) {
        this.code = code;
    }

    public int code() {
        return code;
    }
}
