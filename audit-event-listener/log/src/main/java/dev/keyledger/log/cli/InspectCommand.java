package dev.keyledger.log.cli;

import dev.keyledger.log.FormatException;
import dev.keyledger.log.bundle.BundleEntries;
import dev.keyledger.log.bundle.BundleEntry;
import dev.keyledger.log.bundle.BundlePath;
import dev.keyledger.log.bundle.EntryReader;
import dev.keyledger.log.bundle.LogSource;
import dev.keyledger.log.bundle.Manifest;
import dev.keyledger.log.checkpoint.SignedCheckpoint;
import dev.keyledger.log.merkle.LogHasher;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** {@code inspect}: shows what is written, and believes none of it. */
final class InspectCommand {
    private static final int MAX_NOTE = 1_000_000;
    private static final int MAX_MANIFEST = 256 << 20;

    private InspectCommand() {}

    static ExitCode run(List<String> words, PrintStream out) throws UsageException, IOException {
        Set<String> valued = new HashSet<>(EntryFilter.VALUED);
        valued.addAll(Set.of("--from", "--to"));
        Set<String> flags = new HashSet<>(EntryFilter.FLAGS);
        flags.addAll(Set.of("--entries", "--json"));
        Arguments arguments = Arguments.parse(words, valued, flags);
        boolean one = arguments.count() == 2;
        List<String> positional = one ? arguments.positional("SOURCE", "INDEX") : arguments.positional("SOURCE");
        if (one && !arguments.options().isEmpty()) {
            throw new UsageException("an INDEX and options to choose entries by exclude each other");
        }
        EntryFilter filter = new EntryFilter(arguments);
        long from = bound(arguments, "--from", 0);
        long to = bound(arguments, "--to", Long.MAX_VALUE);
        try (LogSource files = LogSource.open(VerifyCommand.path(positional.get(0)))) {
            if (one) {
                entry(files, Arguments.index(positional.get(1)), out);
            } else if (arguments.options().isEmpty()) {
                bundle(files, out);
            } else if (filter.followsSubject() && !files.has(BundlePath.PRIVATE)) {
                throw new FormatException("no private.jsonl is there, and without it nobody can be followed");
            } else {
                entries(files, from, to, filter, arguments.has("--json"), out);
            }
        }
        return ExitCode.VERIFIED;
    }

    private static void entries(LogSource files, long from, long to, EntryFilter filter, boolean json, PrintStream out)
            throws IOException {
        try (EntryReader entries = EntryReader.open(files, from)) {
            for (BundleEntry read = entries.next(); read != null && read.index() < to; read = entries.next()) {
                if (filter.accepts(read)) {
                    // Canonical JSON escapes control characters itself, and must stay what it is.
                    out.println(json ? EntryLine.json(read) : Printable.line(EntryLine.text(read)));
                }
            }
        }
    }

    private static long bound(Arguments arguments, String option, long absent) throws UsageException {
        String text = arguments.one(option);
        return text == null ? absent : Arguments.index(text);
    }

    private static void bundle(LogSource files, PrintStream out) throws IOException {
        SignedCheckpoint checkpoint = SignedCheckpoint.parse(files.read(BundlePath.CHECKPOINT, MAX_NOTE));
        if (files.has(Manifest.PATH)) {
            Manifest manifest = Manifest.parse(files.read(Manifest.PATH, MAX_MANIFEST));
            print(out, "entries    [" + manifest.from() + ", " + manifest.to() + ")");
            Manifest.Selected selected = manifest.selected();
            if (selected != null) {
                print(out, "selected   " + selected.entries() + " by a search for " + selected.filters());
            }
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
