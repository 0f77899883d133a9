package dev.keyledger.log.checkpoint;

import dev.keyledger.log.VerificationException;
import dev.keyledger.log.note.Note;
import dev.keyledger.log.note.NoteSignature;
import dev.keyledger.log.note.Verifier;
import java.util.Collection;
import java.util.List;

/** A checkpoint with the note that carries it, byte for byte as it came. That it parsed says nothing about signatures. */
public record SignedCheckpoint(Checkpoint checkpoint, Note note) {
    /** Parses a note whose text is a checkpoint. */
    public static SignedCheckpoint parse(String note) {
        return of(Note.parse(note));
    }

    /** Parses the bytes of a note whose text is a checkpoint. */
    public static SignedCheckpoint parse(byte[] note) {
        return of(Note.parse(note));
    }

    /** Returns the lines of these keys, at least one, or throws; see {@link Note#verify}. */
    public List<NoteSignature> verify(Collection<? extends Verifier> verifiers) throws VerificationException {
        return note.verify(verifiers);
    }

    /** The note's text form. */
    public String format() {
        return note.format();
    }

    private static SignedCheckpoint of(Note note) {
        return new SignedCheckpoint(Checkpoint.parse(note.text()), note);
    }
}
