/**
 * C2SP signed notes: a text, an empty line, and signature lines that name their key. Reading checks the shape only;
 * {@link dev.keyledger.log.note.Note#verify} checks signatures. The verifier uses the JDK's Ed25519; signing is the
 * port {@link dev.keyledger.log.note.Signer}, so that the server can sign with another implementation and every note is
 * checked by two. Stands on the exceptions of {@code dev.keyledger.log} only.
 */
@NullMarked
package dev.keyledger.log.note;

import org.jspecify.annotations.NullMarked;
