package dev.keyledger.log.witness;

import dev.keyledger.log.FormatException;
import dev.keyledger.log.VerificationException;
import dev.keyledger.log.checkpoint.Checkpoint;
import dev.keyledger.log.checkpoint.SignedCheckpoint;
import dev.keyledger.log.merkle.ConsistencyProof;
import dev.keyledger.log.merkle.Hash;
import dev.keyledger.log.merkle.LogHasher;
import dev.keyledger.log.merkle.TreeHead;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/**
 * What a log asks of a witness, the body of {@code add-checkpoint}:
 *
 * <pre>
 * old 3
 * AposI2FDXv2Fxvsi4HLtHQS0Gv2kAmPC3dJTtXEpMtc=
 *
 * audit.example.com/kc/realm-a
 * 8
 * XcnaeacGWamtVZy3Ad7ZoqudgjqtL0lgz+Nw7/RgQyg=
 *
 * — audit.example.com/kc/realm-a NOOrcMW7...
 * </pre>
 *
 * C2SP tlog-witness.
 *
 * @param oldSize leaves of the tree that the witness is thought to have cosigned last; 0 for none
 * @param proof that this tree is a prefix of the checkpoint's; empty when {@code oldSize} is 0
 */
public record AddCheckpoint(long oldSize, List<Hash> proof, SignedCheckpoint checkpoint) {
    /** Bytes of the longest request that is read: all proof lines, and a note with its 16 longest signatures. */
    public static final int MAX_BYTES = 64 * 1_024;

    private static final int MAX_PROOF = 63;
    private static final String OLD = "old ";

    public AddCheckpoint {
        proof = List.copyOf(proof);
    }

    /** Parses a body. That its shape is right says nothing about signature and proof. */
    public static AddCheckpoint parse(byte[] body) {
        if (body.length > MAX_BYTES) {
            throw new FormatException("request has " + body.length + " bytes, want at most " + MAX_BYTES);
        }
        String text = utf8(body);
        int split = text.indexOf("\n\n");
        if (split < 0) {
            throw new FormatException("request has no empty line before its checkpoint");
        }
        List<String> lines = List.of(text.substring(0, split).split("\n", -1));
        if (!lines.get(0).startsWith(OLD) || lines.size() > MAX_PROOF + 1) {
            throw new FormatException("request begins with " + FormatException.quote(lines.get(0)) + " and "
                    + (lines.size() - 1) + " lines of proof, want \"old <size>\" and at most " + MAX_PROOF);
        }
        return new AddCheckpoint(
                Checkpoint.size(lines.get(0).substring(OLD.length())),
                lines.subList(1, lines.size()).stream().map(Hash::ofBase64).toList(),
                SignedCheckpoint.parse(text.substring(split + 2)));
    }

    /** The body that {@link #parse} reads. */
    public byte[] encode() {
        StringBuilder body = new StringBuilder(OLD).append(oldSize).append('\n');
        proof.forEach(hash -> body.append(hash.toBase64()).append('\n'));
        return body.append('\n').append(checkpoint.format()).toString().getBytes(StandardCharsets.UTF_8);
    }

    /**
     * Why a witness must not cosign; empty when it may. Asked after the signature of the log has been verified, and in
     * the one transaction in which the witness's record is replaced.
     *
     * @param latest what this witness cosigned last of the log; the empty tree for nothing
     */
    public Optional<WitnessRefusal> refusal(TreeHead latest) {
        TreeHead head = checkpoint.checkpoint().head();
        if (oldSize > head.size()) {
            return Optional.of(WitnessRefusal.badRequest(
                    "old size is " + oldSize + ", want at most the checkpoint's, " + head.size()));
        }
        if (oldSize != latest.size()) {
            return Optional.of(WitnessRefusal.conflict(latest.size()));
        }
        if (head.size() == 0 && !head.root().equals(LogHasher.emptyRoot())) {
            return Optional.of(WitnessRefusal.unprocessable("a tree without leaves has another root"));
        }
        try {
            new ConsistencyProof(oldSize, head.size(), proof).verify(latest.root(), head.root());
            return Optional.empty();
        } catch (VerificationException e) {
            return Optional.of(WitnessRefusal.unprocessable(String.valueOf(e.getMessage())));
        }
    }

    private static String utf8(byte[] body) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .onMalformedInput(CodingErrorAction.REPORT)
                    .onUnmappableCharacter(CodingErrorAction.REPORT)
                    .decode(ByteBuffer.wrap(body))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new FormatException("request is not UTF-8", e);
        }
    }
}
