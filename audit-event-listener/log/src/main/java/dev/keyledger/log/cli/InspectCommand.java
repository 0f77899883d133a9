package dev.keyledger.log.cli;

import dev.keyledger.log.bundle.BundleEntries;
import dev.keyledger.log.bundle.BundlePath;
import dev.keyledger.log.bundle.LogSource;
import dev.keyledger.log.bundle.Manifest;
import dev.keyledger.log.checkpoint.SignedCheckpoint;
import dev.keyledger.log.merkle.LogHasher;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Set;

/** {@code inspect}: shows what is written, and believes none of it. */
final class InspectCommand {
    private static final int MAX_NOTE = 1_000_000;
    private static final int MAX_MANIFEST = 256 << 20;

    private InspectCommand() {}

    static ExitCode run(List<String> words, PrintStream out) throws UsageException, IOException {
        Arguments arguments = Arguments.parse(words, Set.of(), Set.of());
        boolean one = arguments.count() == 2;
        List<String> positional = one ? arguments.positional("BUNDLE", "INDEX") : arguments.positional("BUNDLE");
        try (LogSource files = LogSource.open(VerifyCommand.path(positional.get(0)))) {
            if (one) {
                entry(files, Arguments.index(positional.get(1)), out);
            } else {
                bundle(files, out);
            }
        }
        return ExitCode.VERIFIED;
    }

    private static void bundle(LogSource files, PrintStream out) throws IOException {
        SignedCheckpoint checkpoint = SignedCheckpoint.parse(files.read(BundlePath.CHECKPOINT, MAX_NOTE));
        if (files.has(Manifest.PATH)) {
            Manifest manifest = Manifest.parse(files.read(Manifest.PATH, MAX_MANIFEST));
            print(out, "entries    [" + manifest.from() + ", " + manifest.to() + ")");
            print(out, "created    " + Instant.ofEpochMilli(manifest.created()) + " by " + manifest.creator());
        }
        print(out, "files      " + files.paths().size());
        if (files.has(BundlePath.KEYS)) {
            new String(files.read(BundlePath.KEYS, MAX_NOTE), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.startsWith("#"))
                    .forEach(key -> print(out, "key        " + key));
        }
        print(out, "checkpoint");
        checkpoint.format().lines().forEach(line -> print(out, "  " + line));
    }

    private static void entry(LogSource files, long index, PrintStream out) throws IOException {
        byte[] leaf = BundleEntries.leaf(files, index);
        print(out, "index      " + index);
        print(out, "leaf       " + new String(leaf, StandardCharsets.UTF_8));
        print(out, "leaf hash  " + LogHasher.leaf(leaf));
        String part = BundleEntries.privatePart(files, index);
        print(out, "private    " + (part == null ? "nothing disclosed" : part));
    }

    private static void print(PrintStream out, String line) {
        out.println(Printable.line(line));
    }
}
