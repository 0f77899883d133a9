package dev.keyledger.log.cli;

import dev.keyledger.log.FormatException;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.NoSuchFileException;
import java.util.List;
import java.util.Locale;

/**
 * The command {@code java -jar keyledger.jar}. It reads files and opens no network connection.
 *
 * <pre>
 * verify SOURCE [--vkey VKEY]... [--policy FILE] [--since CHECKPOINT] [--json]
 * prove SOURCE INDEX
 * prove SOURCE --since CHECKPOINT
 * inspect SOURCE [INDEX | --entries FILTER...]
 * </pre>
 *
 * A source is a bundle, zipped or unpacked, or a folder of tiles. Exit codes: {@link ExitCode}. An error is one line on
 * standard error; a terminal sees there how far a verification has come.
 */
public final class Main {
    private static final String USAGE = """
            usage: java -jar keyledger.jar COMMAND
              verify SOURCE [--vkey VKEY]... [--policy FILE] [--since CHECKPOINT] [--json]
                  checks a bundle (zip or folder) or a folder of tiles offline; the last line is VERIFIED, TAMPERED
                  or INCOMPLETE
              prove SOURCE INDEX
                  prints the .tlog-proof of one entry
              prove SOURCE --since CHECKPOINT
                  prints the proof that nothing up to an earlier checkpoint was rewritten
              inspect SOURCE [INDEX]
                  prints what the source or one of its entries says, without checking it
              inspect SOURCE --entries [--from INDEX] [--to INDEX] [--after TIME] [--before TIME] [--kind KIND]...
                  [--op OPERATION]... [--res TYPE]... [--failed] [--subject ID-OR-NAME]... [--json]
                  prints its entries, or those that fit, one a line
            exit codes: 0 verified or done, 1 tampered, 2 incomplete, 3 usage, 4 unreadable
            """;

    private Main() {}

    /** Runs the command and ends the process with its exit code. */
    public static void main(String[] args) {
        PrintStream out = stream(FileDescriptor.out);
        PrintStream err = stream(FileDescriptor.err);
        int code = run(List.of(args), out, err, Terminal.isPresent()).code();
        out.flush();
        err.flush();
        System.exit(code);
    }

    /** Runs the command where nobody looks on. */
    public static ExitCode run(List<String> args, PrintStream out, PrintStream err) {
        return run(args, out, err, false);
    }

    /** This is the outermost boundary: whatever is thrown below becomes one line and a code. */
    static ExitCode run(List<String> args, PrintStream out, PrintStream err, boolean terminal) {
        try {
            return dispatch(args, out, err, terminal);
        } catch (UsageException e) {
            err.println("keyledger: " + e.getMessage());
            err.print(USAGE);
            return ExitCode.USAGE;
        } catch (FormatException | IOException | UncheckedIOException e) {
            err.println("keyledger: cannot read: " + oneLine(e));
            return ExitCode.UNREADABLE;
        } catch (RuntimeException | StackOverflowError | OutOfMemoryError e) {
            err.println("keyledger: cannot read, unexpectedly: " + oneLine(e));
            return ExitCode.UNREADABLE;
        }
    }

    private static ExitCode dispatch(List<String> args, PrintStream out, PrintStream err, boolean terminal)
            throws UsageException, IOException {
        if (args.isEmpty()) {
            throw new UsageException("no command given");
        }
        List<String> rest = args.subList(1, args.size());
        return switch (args.get(0)) {
            case "verify" -> VerifyCommand.run(rest, out, terminal ? err : null);
            case "prove" -> ProveCommand.run(rest, out, err);
            case "inspect" -> InspectCommand.run(rest, out);
            case "help", "--help", "-h" -> {
                out.print(USAGE);
                yield ExitCode.VERIFIED;
            }
            default -> throw new UsageException("no such command: " + FormatException.quote(args.get(0)));
        };
    }

    private static String oneLine(Throwable e) {
        String name = e.getClass().getSimpleName().toLowerCase(Locale.ROOT);
        String message = e.getMessage() == null ? name : e.getMessage();
        if (e instanceof NoSuchFileException) {
            message = "no such file: " + message;
        }
        return Printable.line(message);
    }

    private static PrintStream stream(FileDescriptor descriptor) {
        return new PrintStream(new FileOutputStream(descriptor), false, StandardCharsets.UTF_8);
    }
}
