package dev.keyledger.log.cli;

import dev.keyledger.log.FormatException;
import dev.keyledger.log.VerificationException;
import dev.keyledger.log.bundle.BundleEntries;
import dev.keyledger.log.bundle.BundlePath;
import dev.keyledger.log.bundle.FileTileSource;
import dev.keyledger.log.bundle.LogSource;
import dev.keyledger.log.checkpoint.SignedCheckpoint;
import dev.keyledger.log.checkpoint.TlogProof;
import dev.keyledger.log.merkle.ConsistencyProof;
import dev.keyledger.log.merkle.LogHasher;
import dev.keyledger.log.merkle.TreeHead;
import dev.keyledger.log.tile.ProofBuilder;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;

/**
 * {@code prove}: makes the proof that an entry is in the log, or that the log continues an earlier checkpoint. It hands
 * out no proof that does not hold; whether the checkpoint is signed is looked at by {@code verify} and by the receiver.
 */
final class ProveCommand {
    private static final int MAX_NOTE = 1_000_000;

    private ProveCommand() {}

    static ExitCode run(List<String> words, PrintStream out, PrintStream err) throws UsageException, IOException {
        Arguments arguments = Arguments.parse(words, Set.of("--since"), Set.of());
        String since = arguments.one("--since");
        List<String> positional =
                since == null ? arguments.positional("SOURCE", "INDEX") : arguments.positional("SOURCE");
        long index = since == null ? Arguments.index(positional.get(1)) : 0;
        try (LogSource files = LogSource.open(VerifyCommand.path(positional.get(0)))) {
            SignedCheckpoint checkpoint = SignedCheckpoint.parse(files.read(BundlePath.CHECKPOINT, MAX_NOTE));
            out.print(
                    since == null
                            ? inclusion(files, checkpoint, index)
                            : consistency(files, checkpoint, SignedCheckpoint.parse(VerifyCommand.read(since))));
            return ExitCode.VERIFIED;
        } catch (VerificationException e) {
            err.println("keyledger: no proof: " + Printable.line(String.valueOf(e.getMessage())));
            return ExitCode.TAMPERED;
        }
    }

    private static String inclusion(LogSource files, SignedCheckpoint checkpoint, long index)
            throws UsageException, IOException, VerificationException {
        long size = checkpoint.checkpoint().head().size();
        if (index >= size) {
            throw new UsageException("leaf index " + index + " is beyond the tree size " + size);
        }
        String stored = BundlePath.proof(index);
        TlogProof proof = files.has(stored)
                ? TlogProof.parse(new String(files.read(stored, MAX_NOTE), StandardCharsets.UTF_8))
                : new TlogProof(proofs(files, size).inclusion(index), checkpoint);
        proof.verify(LogHasher.leaf(BundleEntries.leaf(files, index)));
        return proof.format();
    }

    /** The hashes in base64, one a line, as in {@code consistency.txt} and in the add-checkpoint request of a witness. */
    private static String consistency(LogSource files, SignedCheckpoint checkpoint, SignedCheckpoint since)
            throws UsageException, IOException, VerificationException {
        TreeHead from = since.checkpoint().head();
        TreeHead to = checkpoint.checkpoint().head();
        if (!since.checkpoint().origin().equals(checkpoint.checkpoint().origin())) {
            throw new UsageException("--since is a checkpoint of the log "
                    + FormatException.quote(since.checkpoint().origin()));
        }
        if (from.size() > to.size()) {
            throw new VerificationException("the log had size " + from.size() + " and has " + to.size() + " now");
        }
        if (files.has(BundlePath.LEAVES)) {
            throw new FormatException("a partial bundle has no tree to take a proof of consistency from");
        }
        ConsistencyProof proof = proofs(files, to.size()).consistency(from.size());
        proof.verify(from.root(), to.root());
        StringBuilder lines = new StringBuilder();
        proof.hashes().forEach(hash -> lines.append(hash.toBase64()).append('\n'));
        return lines.toString();
    }

    private static ProofBuilder proofs(LogSource files, long size) {
        return new ProofBuilder(new FileTileSource(files), size);
    }
}
