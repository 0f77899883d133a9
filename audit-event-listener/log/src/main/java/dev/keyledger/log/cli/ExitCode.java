package dev.keyledger.log.cli;

/** The exit codes of the command. */
public enum ExitCode {
    /** All that was looked at holds; or, of a command that verifies nothing, it is done. */
    VERIFIED(0),
    /** Something contradicts what is signed; no proof could be made. */
    TAMPERED(1),
    /** Nothing contradicts, but something that was asked for is not there. */
    INCOMPLETE(2),
    /** The arguments make no command. */
    USAGE(3),
    /** A file is not there, or not what it has to be. */
    UNREADABLE(4);

    private final int code;

    ExitCode(int code) {
        this.code = code;
    }

    public int code() {
        return code;
    }
}
