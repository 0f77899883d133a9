package dev.keyledger.log.checkpoint;

import dev.keyledger.log.FormatException;
import dev.keyledger.log.VerificationException;
import dev.keyledger.log.note.Ed25519;
import dev.keyledger.log.note.MlDsa44;
import dev.keyledger.log.note.Note;
import dev.keyledger.log.note.NoteSignature;
import dev.keyledger.log.note.SignatureType;
import dev.keyledger.log.note.VerifierKey;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;

/**
 * The line of a witness below a checkpoint: as of {@code timestamp}, this is the largest consistent tree that it saw
 * for that origin. Two types: 0x04, Ed25519 over {@code cosignature/v1} and the whole text of the note, and 0x06,
 * ML-DSA-44 over {@code subtree/v1} and what the checkpoint says, for a witness or the log itself. C2SP
 * tlog-cosignature.
 *
 * @param line as it stands in the note
 * @param timestamp POSIX seconds
 */
public record Cosignature(NoteSignature line, long timestamp) {
    private static final int TIME = 8;
    private static final int MAX_NAME = 255;
    private static final byte[] SUBTREE = "subtree/v1\n\0".getBytes(StandardCharsets.US_ASCII);

    /** Reads a line that a key of type {@link SignatureType#COSIGNATURE} or {@link SignatureType#ML_DSA_44} made. */
    public static Cosignature parse(NoteSignature line) {
        byte[] payload = line.signature();
        if (payload.length != TIME + Ed25519.SIGNATURE_SIZE && payload.length != TIME + MlDsa44.SIGNATURE_SIZE) {
            throw new FormatException("cosignature has " + payload.length + " bytes, want "
                    + (TIME + Ed25519.SIGNATURE_SIZE) + " or " + (TIME + MlDsa44.SIGNATURE_SIZE));
        }
        long timestamp = ByteBuffer.wrap(payload).getLong();
        if (timestamp < 0) {
            throw new FormatException("timestamp of a cosignature is beyond 2^63");
        }
        return new Cosignature(line, timestamp);
    }

    /** What an ML-DSA-44 cosigner of this name signs at this time (POSIX seconds): the tree of the checkpoint. */
    public static byte[] subtree(String cosigner, long timestamp, Checkpoint checkpoint) {
        byte[] name = counted(cosigner);
        byte[] origin = counted(checkpoint.origin());
        byte[] root = checkpoint.head().root().toBytes();
        return ByteBuffer.allocate(SUBTREE.length + name.length + origin.length + 3 * Long.BYTES + root.length)
                .put(SUBTREE)
                .put(name)
                .putLong(timestamp)
                .put(origin)
                .putLong(0)
                .putLong(checkpoint.head().size())
                .put(root)
                .array();
    }

    /** What an Ed25519 cosigner signs at this time (POSIX seconds) of a note whose text is this. */
    static byte[] message(long timestamp, byte[] text) {
        byte[] header = ("cosignature/v1\ntime " + timestamp + "\n").getBytes(StandardCharsets.UTF_8);
        return ByteBuffer.allocate(header.length + text.length)
                .put(header)
                .put(text)
                .array();
    }

    /**
     * Returns when the key made the line for this note, throws when it did not. Of an ML-DSA-44 key ask {@link
     * MlDsa44#isSupported} first.
     */
    public void verify(VerifierKey key, Note note) throws VerificationException {
        byte[] payload = line.signature();
        byte[] signature = Arrays.copyOfRange(payload, TIME, payload.length);
        if (!line.isBy(key) || !verifies(key, note, signature)) {
            throw new VerificationException(
                    "cosignature by " + FormatException.quote(line.name()) + " does not verify",
                    Map.of("vkey", key.toString(), "signature line", line.toString()));
        }
    }

    private boolean verifies(VerifierKey key, Note note, byte[] signature) {
        return switch (key.type()) {
            case SignatureType.COSIGNATURE ->
                Ed25519.verifies(key.publicKey(), message(timestamp, note.textBytes()), signature);
            case SignatureType.ML_DSA_44 ->
                MlDsa44.verifies(
                        key.publicKey(), subtree(line.name(), timestamp, Checkpoint.parse(note.text())), signature);
            default -> false;
        };
    }

    private static byte[] counted(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        if (bytes.length > MAX_NAME) {
            throw new FormatException("name of " + bytes.length + " bytes, want at most " + MAX_NAME
                    + " to be cosigned: " + FormatException.quote(text));
        }
        return ByteBuffer.allocate(bytes.length + 1)
                .put((byte) bytes.length)
                .put(bytes)
                .array();
    }
}
