package dev.keyledger.log.witness;

import dev.keyledger.log.FormatException;
import dev.keyledger.log.VerificationException;
import dev.keyledger.log.checkpoint.Cosignature;
import dev.keyledger.log.checkpoint.SignedCheckpoint;
import dev.keyledger.log.merkle.ConsistencyProof;
import dev.keyledger.log.note.Note;
import dev.keyledger.log.note.NoteSignature;
import dev.keyledger.log.note.VerifierKey;
import dev.keyledger.log.tile.ProofBuilder;
import dev.keyledger.log.tile.TileSource;
import java.io.IOException;

/**
 * One signed checkpoint on its way to one witness: asks it to cosign, proves what it wants proven, checks what it
 * answers. C2SP tlog-witness, the client. Immutable; a submission that failed may be made again.
 *
 * @param witness the key that has to cosign
 * @param tiles the tree, at least as large as the checkpoint
 */
public record Submission(VerifierKey witness, SignedCheckpoint checkpoint, TileSource tiles) {
    /** The size that we think of, the one that it says, and once more if somebody else submits meanwhile. */
    private static final int ATTEMPTS = 4;

    /** Sends a body to {@code add-checkpoint}. A port. */
    @FunctionalInterface
    public interface Transport {
        /** Returns what the witness answered, whatever the status; throws when there is no answer. */
        Answer post(byte[] body) throws IOException;
    }

    /** What a witness answered. */
    public record Answer(int status, String type, String body) {}

    /** How it went. */
    public sealed interface Outcome {}

    /** The witness has cosigned, and the cosignature verifies. */
    public record Cosigned(Cosignature cosignature) implements Outcome {}

    /** The witness says that it has cosigned a tree with more leaves than this one. */
    public record Ahead(long size) implements Outcome {}

    /** The witness has cosigned another tree of this size: the tiles prove what the checkpoint says, and it refuses that. */
    public record Disagrees(long size, String reason) implements Outcome {}

    /** The witness does not do it: it does not know the log or its key, or is not one. */
    public record Refused(String reason) implements Outcome {}

    /**
     * Submits it.
     *
     * @param knownSize what the witness is thought to have cosigned last; it says so when that is wrong
     * @throws IOException when the witness, or a tile, is not to be had
     */
    public Outcome send(Transport transport, long knownSize) throws IOException {
        long size = checkpoint.checkpoint().head().size();
        long old = Math.min(knownSize, size);
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            Answer answer = transport.post(new AddCheckpoint(old, proof(old).hashes(), checkpoint).encode());
            switch (answer.status()) {
                case 200 -> {
                    return accepted(answer.body());
                }
                case 409 -> {
                    long latest = size(answer);
                    if (latest < 0) {
                        return new Refused("conflict without a tree size: " + FormatException.quote(answer.body()));
                    }
                    if (latest > size) {
                        return new Ahead(latest);
                    }
                    old = latest;
                }
                case 422 -> {
                    return new Disagrees(
                            old, FormatException.quote(answer.body().strip()));
                }
                default -> {
                    return new Refused(answer.status() + " "
                            + FormatException.quote(answer.body().strip()));
                }
            }
        }
        return new Refused("conflict again and again, at last with size " + old);
    }

    /** A proof that does not hold here is our own fault, and no witness is asked about it. */
    private ConsistencyProof proof(long old) throws IOException {
        ProofBuilder proofs =
                new ProofBuilder(tiles, checkpoint.checkpoint().head().size());
        ConsistencyProof proof = proofs.consistency(old);
        try {
            proof.verify(
                    new ProofBuilder(tiles, old).head().root(),
                    checkpoint.checkpoint().head().root());
        } catch (VerificationException e) {
            throw new IOException("the stored tree does not lead to its own checkpoint: " + e.getMessage(), e);
        }
        return proof;
    }

    private Outcome accepted(String lines) {
        try {
            for (NoteSignature line : Note.parseSignatures(lines)) {
                if (line.isBy(witness)) {
                    Cosignature cosignature = Cosignature.parse(line);
                    cosignature.verify(witness, checkpoint.note());
                    return new Cosigned(cosignature);
                }
            }
            return new Refused("its answer has no line of the key " + witness.keyIdHex());
        } catch (FormatException | VerificationException e) {
            return new Refused(String.valueOf(e.getMessage()));
        }
    }

    private static long size(Answer answer) {
        String body = answer.body().strip();
        return answer.type().startsWith(WitnessRefusal.SIZE) && body.matches("0|[1-9][0-9]{0,17}")
                ? Long.parseLong(body)
                : -1;
    }
}
