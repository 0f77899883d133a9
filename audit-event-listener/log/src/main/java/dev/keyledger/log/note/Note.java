package dev.keyledger.log.note;

import dev.keyledger.log.FormatException;
import dev.keyledger.log.VerificationException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/**
 * A signed note:
 *
 * <pre>
 * This is an example message.
 *
 * — example.com/foo Uw2QOkn8srV1yJGh2VYRlL1Tnagv1YEq6TfXppzi2ONncAlTgK7Ztg1ERYNZXsYjOBH3mFXmRKuwHjG1Yu72IneyaQM=
 * </pre>
 *
 * The signed bytes are the text with its final newline. A note is split at its last empty line, so the text may hold
 * empty lines. C2SP signed-note.
 *
 * @param text ends in a newline
 * @param signatures 1 to 100 lines, as they came
 */
public record Note(String text, List<NoteSignature> signatures) {
    static final String SIGNATURE_PREFIX = "\u2014 ";

    private static final int MAX_BYTES = 1_000_000;
    private static final int MAX_SIGNATURES = 100;

    public Note {
        signatures = List.copyOf(signatures);
        if (!text.endsWith("\n") || hasControl(text)) {
            throw new FormatException("text of a note must end in a newline and hold no other control character");
        }
        if (signatures.isEmpty() || signatures.size() > MAX_SIGNATURES) {
            throw new FormatException("note has " + signatures.size() + " signatures, want 1 to " + MAX_SIGNATURES);
        }
    }

    /** Signs a text, one line per signer, in their order. */
    public static Note sign(String text, Collection<? extends Signer> signers) {
        byte[] message = text.getBytes(StandardCharsets.UTF_8);
        List<NoteSignature> lines = new ArrayList<>();
        for (Signer signer : signers) {
            lines.add(new NoteSignature(signer.name(), signer.keyId(), signer.sign(message)));
        }
        return new Note(text, lines);
    }

    /** Parses a note from its bytes, which must be UTF-8. */
    public static Note parse(byte[] bytes) {
        if (bytes.length > MAX_BYTES) {
            throw new FormatException("note has " + bytes.length + " bytes, want at most " + MAX_BYTES);
        }
        try {
            return parse(StandardCharsets.UTF_8
                    .newDecoder()
                    .onMalformedInput(CodingErrorAction.REPORT)
                    .onUnmappableCharacter(CodingErrorAction.REPORT)
                    .decode(ByteBuffer.wrap(bytes))
                    .toString());
        } catch (CharacterCodingException e) {
            throw new FormatException("note is not UTF-8", e);
        }
    }

    /** Parses a note. */
    public static Note parse(String note) {
        if (note.length() > MAX_BYTES) {
            throw new FormatException("note has " + note.length() + " characters, want at most " + MAX_BYTES);
        }
        int split = note.lastIndexOf("\n\n");
        if (split < 0 || !note.endsWith("\n")) {
            throw new FormatException("note has no empty line before its signatures, or no newline at its end");
        }
        return new Note(note.substring(0, split + 1), parseSignatures(note.substring(split + 2)));
    }

    /** Parses signature lines alone, each with its newline: what a witness answers. */
    public static List<NoteSignature> parseSignatures(String lines) {
        List<NoteSignature> signatures = new ArrayList<>();
        for (int start = 0; start < lines.length(); ) {
            int end = lines.indexOf('\n', start);
            if (end < 0) {
                throw new FormatException("signature line does not end: " + FormatException.quote(lines));
            }
            signatures.add(parseSignature(lines.substring(start, end)));
            start = end + 1;
        }
        return signatures;
    }

    /**
     * The note with one line more. An earlier line of the same key is left out: of a cosigner the newest one counts.
     */
    public Note with(NoteSignature line) {
        List<NoteSignature> lines = new ArrayList<>(signatures.stream()
                .filter(known -> known.keyId() != line.keyId() || !known.name().equals(line.name()))
                .toList());
        lines.add(line);
        return new Note(text, lines);
    }

    /** The text, the empty line and the signature lines: what {@link #parse} reads. */
    public String format() {
        StringBuilder note = new StringBuilder(text).append('\n');
        signatures.forEach(line -> note.append(line.format()));
        return note.toString();
    }

    /** What is signed: the text in UTF-8. */
    public byte[] textBytes() {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /**
     * Returns the lines that verify, at least one. Lines of keys that are not given are skipped; a line that names a
     * given key and does not verify makes the whole note worthless, as does a note without a line of a given key.
     */
    public List<NoteSignature> verify(Collection<? extends Verifier> verifiers) throws VerificationException {
        List<NoteSignature> verified = new ArrayList<>();
        for (NoteSignature line : signatures) {
            for (Verifier verifier : verifiers) {
                if (line.isBy(verifier.verifierKey())) {
                    verifier.verify(textBytes(), line);
                    verified.add(line);
                }
            }
        }
        if (verified.isEmpty()) {
            throw new VerificationException(
                    "note has no signature by a known key: " + describe(signatures) + ", want "
                            + verifiers.stream()
                                    .map(verifier -> FormatException.quote(
                                                    verifier.verifierKey().name()) + " "
                                            + verifier.verifierKey().keyIdHex())
                                    .toList(),
                    Map.of("note", format()));
        }
        return verified;
    }

    private static List<String> describe(List<NoteSignature> lines) {
        return lines.stream()
                .limit(4)
                .map(line -> FormatException.quote(line.name()) + " " + String.format("%08x", line.keyId()))
                .toList();
    }

    private static NoteSignature parseSignature(String line) {
        int space = line.indexOf(' ', SIGNATURE_PREFIX.length());
        if (!line.startsWith(SIGNATURE_PREFIX) || space < 0) {
            throw new FormatException("not a signature line: " + FormatException.quote(line));
        }
        String base64 = line.substring(space + 1);
        byte[] payload;
        try {
            payload = Base64.getDecoder().decode(base64);
        } catch (IllegalArgumentException e) {
            throw new FormatException("signature is not base64: " + FormatException.quote(line), e);
        }
        if (payload.length < 5 || !Base64.getEncoder().encodeToString(payload).equals(base64)) {
            throw new FormatException(
                    "signature is too short or not in canonical base64: " + FormatException.quote(line));
        }
        int keyId = ByteBuffer.wrap(payload).getInt();
        return new NoteSignature(
                line.substring(SIGNATURE_PREFIX.length(), space),
                keyId,
                Arrays.copyOfRange(payload, 4, payload.length));
    }

    private static boolean hasControl(String text) {
        return text.chars().anyMatch(c -> c < ' ' && c != '\n');
    }
}
