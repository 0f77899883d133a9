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
 * verify BUNDLE [--vkey VKEY]... [--policy FILE] [--since CHECKPOINT] [--json]
 * prove BUNDLE INDEX
 * inspect BUNDLE [INDEX]
 * </pre>
 *
 * Exit codes: 0 verified, 1 tampered, 2 incomplete, 3 usage, 4 unreadable. An error is one line on standard error.
 */
public final class Main {
    private static final String USAGE = """
            usage: java -jar keyledger.jar COMMAND
              verify BUNDLE [--vkey VKEY]... [--policy FILE] [--since CHECKPOINT] [--json]
                  checks a bundle (zip or folder) offline; the last line is VERIFIED, TAMPERED or INCOMPLETE
              prove BUNDLE INDEX
                  prints the .tlog-proof of one entry
              inspect BUNDLE [INDEX]
                  prints what the bundle or one of its entries says, without checking it
            exit codes: 0 verified or done, 1 tampered, 2 incomplete, 3 usage, 4 unreadable
            """;

    private Main() {}

    /** Runs the command and ends the process with its exit code. */
    public static void main(String[] args) {
        PrintStream out = stream(FileDescriptor.out);
        PrintStream err = stream(FileDescriptor.err);
        int code = run(List.of(args), out, err).code();
        out.flush();
        err.flush();
        System.exit(code);
    }

    /** Runs the command. This is the outermost boundary: whatever is thrown below becomes one line and a code. */
    public static ExitCode run(List<String> args, PrintStream out, PrintStream err) {
        try {
            return dispatch(args, out);
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

    private static ExitCode dispatch(List<String> args, PrintStream out) throws UsageException, IOException {
        if (args.isEmpty()) {
            throw new UsageException("no command given");
        }
        List<String> rest = args.subList(1, args.size());
        return switch (args.get(0)) {
            case "verify" -> VerifyCommand.run(rest, out);
            case "prove" -> ProveCommand.run(rest, out);
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
