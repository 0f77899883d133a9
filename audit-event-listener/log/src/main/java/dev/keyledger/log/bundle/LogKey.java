package dev.keyledger.log.bundle;

import dev.keyledger.log.FormatException;
import dev.keyledger.log.checkpoint.SignedCheckpoint;
import dev.keyledger.log.checkpoint.TlogProof;
import dev.keyledger.log.entry.Entry;
import dev.keyledger.log.entry.EntryKind;
import dev.keyledger.log.merkle.InclusionProof;
import dev.keyledger.log.note.VerifierKey;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A public key of a log and how it came to be one: the first key is the one that an auditor has to know; every later
 * one is introduced by an entry of the log, the system entry {@link #OPERATION}, whose {@code res} is its {@link
 * #word}, and which a checkpoint of an older key covers.
 *
 * @param introduction the proof of that entry in such a checkpoint, with the leaf as {@code extra}; null for the first
 */
public record LogKey(VerifierKey vkey, @Nullable TlogProof introduction) {
    /** The operation of the entries that introduce keys. */
    public static final String OPERATION = "KEY_ROTATION";

    private static final String COMMENT = "#";
    private static final int HASH_SIZE = 32;

    /** The key that a log began with. */
    public static LogKey first(VerifierKey vkey) {
        return new LogKey(vkey, null);
    }

    /** A later key: the leaf of its entry, and the leaf's proof in a checkpoint that an older key signed. */
    public static LogKey introduced(VerifierKey vkey, byte[] leaf, InclusionProof proof, SignedCheckpoint older) {
        return new LogKey(vkey, new TlogProof(proof, older, Base64.getEncoder().encodeToString(leaf)));
    }

    /**
     * What an entry calls a key: {@code <key ID>+<base64 of type || key>}, the vkey without its name; of a key of more
     * than 32 bytes its SHA-256 stands there. 53 characters.
     */
    public static String word(VerifierKey vkey) {
        byte[] key = vkey.publicKey();
        byte[] told = key.length > HASH_SIZE ? sha256(key) : key;
        byte[] typed = new byte[told.length + 1];
        typed[0] = vkey.type();
        System.arraycopy(told, 0, typed, 1, told.length);
        return vkey.keyIdHex() + "+" + Base64.getEncoder().encodeToString(typed);
    }

    /**
     * The key that an entry introduces; empty when it introduces none, or names it badly.
     *
     * @param named where to look for a key of which the entry holds the hash only
     */
    public static Optional<VerifierKey> introducedBy(Entry entry, List<VerifierKey> named) {
        if (entry.kind() != EntryKind.SYSTEM || !entry.operation().equals(OPERATION) || !entry.success()) {
            return Optional.empty();
        }
        for (VerifierKey key : named) {
            if (key.name().equals(entry.origin()) && word(key).equals(entry.resourceType())) {
                return Optional.of(key);
            }
        }
        try {
            return Optional.of(VerifierKey.parse(entry.origin() + "+" + entry.resourceType()));
        } catch (FormatException e) {
            return Optional.empty();
        }
    }

    /** The leaf in the {@code extra} line of the proof that introduces a key. */
    public static byte[] leafOf(TlogProof introduction) {
        String extra = introduction.extra();
        if (extra == null) {
            throw new FormatException("proof has no extra line with the leaf");
        }
        try {
            return Base64.getDecoder().decode(extra);
        } catch (IllegalArgumentException e) {
            throw new FormatException("extra line of the proof is not base64", e);
        }
    }

    /** Reads {@code keys.txt}: a vkey a line; what starts with {@code #} is for people. */
    public static List<VerifierKey> parseAll(String text) {
        List<VerifierKey> keys = new ArrayList<>();
        text.lines()
                .filter(line -> !line.isBlank() && !line.startsWith(COMMENT))
                .map(VerifierKey::parse)
                .forEach(keys::add);
        return keys;
    }

    private static byte[] sha256(byte[] bytes) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(bytes);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    /** The key's lines in {@code keys.txt}: from when on it signs, and the vkey. */
    String format() {
        String since = introduction == null
                ? "the first key"
                : "introduced by entry " + introduction.proof().leafIndex() + ", signs from size "
                        + introduction.proof().treeSize() + " on";
        return COMMENT + " " + since + "\n" + vkey + "\n";
    }
}
