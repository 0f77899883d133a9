package dev.keyledger.log.checkpoint;

import dev.keyledger.log.FormatException;
import dev.keyledger.log.VerificationException;
import dev.keyledger.log.merkle.Hash;
import dev.keyledger.log.merkle.InclusionProof;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A {@code .tlog-proof} file: all that somebody who holds an entry needs to see that it is in the log.
 *
 * <pre>
 * c2sp.org/tlog-proof@v1
 * index 5
 * vBoGQ7EuTS18d5GPROD095qDi2z57FtcKD4fTYhZnms=
 * ...
 *
 * (the checkpoint's note)
 * </pre>
 *
 * C2SP tlog-proof.
 *
 * @param proof of the checkpoint's tree size
 * @param extra base64 of what an {@code extra} line holds, for which nothing vouches; null for none
 */
public record TlogProof(
        InclusionProof proof,
        SignedCheckpoint checkpoint,
        @Nullable String extra) {
    private static final String HEADER = "c2sp.org/tlog-proof@v1\n";
    private static final String EXTRA = "extra ";
    private static final int MAX_HASHES = 64;

    /** A proof without an extra line. */
    public TlogProof(InclusionProof proof, SignedCheckpoint checkpoint) {
        this(proof, checkpoint, null);
    }

    /** Parses a file. That the shape is right says nothing about the proof. */
    public static TlogProof parse(String text) {
        int split = text.indexOf("\n\n");
        if (!text.startsWith(HEADER) || split < 0) {
            throw new FormatException("not a tlog-proof: " + FormatException.quote(text));
        }
        List<String> lines = new ArrayList<>(List.of(text.substring(0, split).split("\n", -1)));
        lines.remove(0);
        String extra = null;
        if (!lines.isEmpty() && lines.get(0).startsWith(EXTRA)) {
            extra = lines.remove(0).substring(EXTRA.length());
        }
        if (lines.isEmpty() || !lines.get(0).startsWith("index ") || lines.size() > MAX_HASHES + 1) {
            throw new FormatException("tlog-proof has no index line or more than " + MAX_HASHES + " hashes");
        }
        long index = Checkpoint.size(lines.get(0).substring("index ".length()));
        List<Hash> hashes =
                lines.subList(1, lines.size()).stream().map(Hash::ofBase64).toList();
        SignedCheckpoint checkpoint = SignedCheckpoint.parse(text.substring(split + 2));
        long size = checkpoint.checkpoint().head().size();
        return new TlogProof(new InclusionProof(index, size, hashes), checkpoint, extra);
    }

    /** The text of the file. */
    public String format() {
        StringBuilder text = new StringBuilder(HEADER);
        if (extra != null) {
            text.append(EXTRA).append(extra).append('\n');
        }
        text.append("index ").append(proof.leafIndex()).append('\n');
        proof.hashes().forEach(hash -> text.append(hash.toBase64()).append('\n'));
        return text.append('\n').append(checkpoint.format()).toString();
    }

    /** Returns when the leaf is in the checkpoint's tree; signatures are checked apart. */
    public void verify(Hash leafHash) throws VerificationException {
        proof.verify(leafHash, checkpoint.checkpoint().head().root());
    }
}
