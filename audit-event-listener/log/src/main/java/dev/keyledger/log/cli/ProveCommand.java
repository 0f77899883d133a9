package dev.keyledger.log.cli;

import dev.keyledger.log.bundle.BundlePath;
import dev.keyledger.log.bundle.FileTileSource;
import dev.keyledger.log.bundle.LogSource;
import dev.keyledger.log.checkpoint.SignedCheckpoint;
import dev.keyledger.log.checkpoint.TlogProof;
import dev.keyledger.log.tile.ProofBuilder;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;

/** {@code prove}: takes the proof of one entry out of a bundle. */
final class ProveCommand {
    private static final int MAX_NOTE = 1_000_000;

    private ProveCommand() {}

    static ExitCode run(List<String> words, PrintStream out) throws UsageException, IOException {
        List<String> arguments = Arguments.parse(words, Set.of(), Set.of()).positional("BUNDLE", "INDEX");
        long index = Arguments.index(arguments.get(1));
        try (LogSource files = LogSource.open(VerifyCommand.path(arguments.get(0)))) {
            String stored = BundlePath.proof(index);
            if (files.has(stored)) {
                out.print(TlogProof.parse(new String(files.read(stored, MAX_NOTE), StandardCharsets.UTF_8))
                        .format());
                return ExitCode.VERIFIED;
            }
            SignedCheckpoint checkpoint = SignedCheckpoint.parse(files.read(BundlePath.CHECKPOINT, MAX_NOTE));
            long size = checkpoint.checkpoint().head().size();
            if (index >= size) {
                throw new UsageException("leaf index " + index + " is beyond the tree size " + size);
            }
            ProofBuilder proofs = new ProofBuilder(new FileTileSource(files), size);
            out.print(new TlogProof(proofs.inclusion(index), checkpoint).format());
            return ExitCode.VERIFIED;
        }
    }
}
