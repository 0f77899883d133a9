package dev.keyledger.log.verify;

import dev.keyledger.log.FormatException;
import dev.keyledger.log.VerificationException;
import dev.keyledger.log.bundle.BundlePath;
import dev.keyledger.log.bundle.LogKey;
import dev.keyledger.log.bundle.LogSource;
import dev.keyledger.log.checkpoint.Checkpoint;
import dev.keyledger.log.checkpoint.SignedCheckpoint;
import dev.keyledger.log.checkpoint.TlogProof;
import dev.keyledger.log.entry.Entry;
import dev.keyledger.log.merkle.LogHasher;
import dev.keyledger.log.merkle.TreeHead;
import dev.keyledger.log.note.Ed25519Verifier;
import dev.keyledger.log.note.NoteSignature;
import dev.keyledger.log.note.SignatureType;
import dev.keyledger.log.note.VerifierKey;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;

/**
 * From the keys that are trusted to begin with to those that the log has introduced: a key is trusted when an entry
 * introduces it that is in the tree of a checkpoint by a key which is trusted already. What the bundle says of its keys
 * counts for nothing else.
 */
final class KeyChain {
    private static final String CHECK = "keys";
    private static final int MAX_PROOF = 1_000_000;
    private static final int MAX_ROTATIONS = 10_000;

    private final String origin;
    private final Findings findings;
    private final Set<VerifierKey> trusted;
    private final List<VerifierKey> named;
    private final NavigableMap<Long, VerifierKey> introduced = new TreeMap<>();
    private final List<TreeHead> heads = new ArrayList<>();

    private KeyChain(String origin, List<VerifierKey> roots, List<VerifierKey> named, Findings findings) {
        this.named = named;
        this.origin = origin;
        this.findings = findings;
        this.trusted = new LinkedHashSet<>(roots);
    }

    /**
     * Starts at the roots and takes the rotations of the bundle in the order of their entries.
     *
     * @param named keys that the bundle names, for entries that hold only the hash of one
     */
    static KeyChain follow(
            LogSource files, String origin, List<VerifierKey> roots, List<VerifierKey> named, Findings findings) {
        KeyChain chain = new KeyChain(origin, roots, named, findings);
        Map<Long, String> rotations = new TreeMap<>();
        for (String path : files.paths()) {
            if (path.startsWith(BundlePath.ROTATIONS)) {
                String index = path.replaceAll("\\D", "");
                boolean known = index.length() <= 18 && !index.isEmpty();
                if (known && path.equals(BundlePath.rotation(Long.parseLong(index)))) {
                    rotations.put(Long.parseLong(index), path);
                } else {
                    findings.fail(CHECK, "file " + FormatException.quote(path) + " is no rotation's");
                }
            }
        }
        if (rotations.size() > MAX_ROTATIONS) {
            findings.fail(CHECK, rotations.size() + " rotations, want at most " + MAX_ROTATIONS);
            return chain;
        }
        rotations.forEach((index, path) -> chain.step(files, index, path));
        return chain;
    }

    /** The trusted Ed25519 keys. */
    List<Ed25519Verifier> verifiers() {
        return trusted.stream()
                .filter(key -> key.type() == SignatureType.ED25519)
                .map(Ed25519Verifier::new)
                .toList();
    }

    /** The trusted keys of this type. */
    List<VerifierKey> ofType(byte type) {
        return trusted.stream().filter(key -> key.type() == type).toList();
    }

    /** The trees in which keys were introduced: a complete bundle has to agree with them. */
    List<TreeHead> heads() {
        return heads;
    }

    /** Also knows a rotation that is read in the tree itself, which the checkpoint that is being verified covers. */
    void readInTree(long index, Entry entry) {
        LogKey.introducedBy(entry, named).ifPresent(key -> introduced.putIfAbsent(index, key));
    }

    /**
     * Once a key is introduced it signs every checkpoint, so an older key alone is good for none any more: whoever has
     * only that one cannot continue the log.
     */
    void requireNewest(SignedCheckpoint signed) {
        long size = signed.checkpoint().head().size();
        introduced.headMap(size, false).entrySet().stream()
                .filter(key -> key.getValue().type() == SignatureType.ED25519)
                .reduce((older, newer) -> newer)
                .ifPresent(newest -> requireSigned(signed, newest.getKey(), newest.getValue()));
    }

    private void requireSigned(SignedCheckpoint signed, long index, VerifierKey newest) {
        try {
            signed.verify(List.of(new Ed25519Verifier(newest)));
        } catch (VerificationException e) {
            findings.fail(
                    CHECK,
                    "entry " + index + " hands over to key ID " + newest.keyIdHex()
                            + ", which did not sign the checkpoint; an older key is not enough any more");
        }
    }

    private void step(LogSource files, long index, String path) {
        try {
            TlogProof proof = TlogProof.parse(new String(files.read(path, MAX_PROOF), StandardCharsets.UTF_8));
            byte[] leaf = LogKey.leafOf(proof);
            Entry entry = Entry.parse(leaf);
            Checkpoint older = proof.checkpoint().checkpoint();
            if (proof.proof().leafIndex() != index
                    || !older.origin().equals(origin)
                    || !entry.origin().equals(origin)) {
                throw new FormatException("is of another entry or log");
            }
            VerifierKey key = LogKey.introducedBy(entry, named)
                    .orElseThrow(() ->
                            new FormatException("the entry introduces no key, or one that keys.txt does not name"));
            proof.verify(LogHasher.leaf(leaf));
            if (!isSignedByTrusted(proof.checkpoint())) {
                findings.skip(
                        CHECK,
                        "entry " + index + " introduces key ID " + key.keyIdHex() + " under a key that is not trusted");
                return;
            }
            trust(index, key, proof.checkpoint());
        } catch (FormatException | IOException | VerificationException e) {
            findings.fail(CHECK, path + ": " + e.getMessage());
        }
    }

    private boolean isSignedByTrusted(SignedCheckpoint checkpoint) throws VerificationException {
        List<Ed25519Verifier> verifiers = verifiers();
        boolean named = checkpoint.note().signatures().stream()
                .anyMatch(line -> verifiers.stream().anyMatch(known -> line.isBy(known.verifierKey())));
        if (named) {
            checkpoint.verify(verifiers);
        }
        return named;
    }

    private void trust(long index, VerifierKey key, SignedCheckpoint under) {
        String by = under.note().signatures().stream()
                .filter(line -> trusted.stream().anyMatch(line::isBy))
                .map(KeyChain::keyId)
                .findFirst()
                .orElseThrow();
        findings.ok(
                CHECK,
                "entry " + index + " introduces " + SignatureType.describe(key.type()) + " key ID " + key.keyIdHex()
                        + ", under the checkpoint of size "
                        + under.checkpoint().head().size() + " by key ID " + by);
        trusted.add(key);
        introduced.put(index, key);
        heads.add(under.checkpoint().head());
    }

    private static String keyId(NoteSignature line) {
        return String.format("%08x", line.keyId());
    }
}
