package dev.keyledger.log.note;

import dev.keyledger.log.VerificationException;

/** A public key that checks the lines of a note that name it. */
public interface Verifier {
    VerifierKey verifierKey();

    /** Returns when the signature over the text (UTF-8, final newline included) is this key's, throws when not. */
    void verify(byte[] text, NoteSignature signature) throws VerificationException;
}
