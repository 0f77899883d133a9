package dev.keyledger.log.checkpoint;

import dev.keyledger.log.FormatException;
import dev.keyledger.log.VerificationException;
import dev.keyledger.log.note.Ed25519;
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
 * for that origin. Lines of type 0x04 (Ed25519, {@code cosignature/v1}) are verified; ML-DSA-44 lines have another
 * length, are recognised by their key and skipped. C2SP tlog-cosignature.
 *
 * @param line as it stands in the note
 * @param timestamp POSIX seconds
 */
public record Cosignature(NoteSignature line, long timestamp) {
    private static final int PAYLOAD = 8 + Ed25519.SIGNATURE_SIZE;

    /** Reads a line that a key of type {@link SignatureType#COSIGNATURE} made. */
    public static Cosignature parse(NoteSignature line) {
        byte[] payload = line.signature();
        if (payload.length != PAYLOAD) {
            throw new FormatException("cosignature has " + payload.length + " bytes, want " + PAYLOAD);
        }
        long timestamp = ByteBuffer.wrap(payload).getLong();
        if (timestamp < 0) {
            throw new FormatException("timestamp of a cosignature is beyond 2^63");
        }
        return new Cosignature(line, timestamp);
    }

    /** Returns when the key made the line for this note, throws when it did not. */
    public void verify(VerifierKey key, Note note) throws VerificationException {
        byte[] payload = line.signature();
        byte[] signature = Arrays.copyOfRange(payload, 8, payload.length);
        byte[] message = ("cosignature/v1\ntime " + timestamp + "\n" + note.text()).getBytes(StandardCharsets.UTF_8);
        boolean ours = key.type() == SignatureType.COSIGNATURE && line.isBy(key);
        if (!ours || !Ed25519.verifies(key.publicKey(), message, signature)) {
            throw new VerificationException(
                    "cosignature by " + FormatException.quote(line.name()) + " does not verify",
                    Map.of("vkey", key.toString(), "signature line", line.toString()));
        }
    }
}
