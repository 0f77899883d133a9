package dev.keyledger.log.verify;

import dev.keyledger.log.FormatException;
import dev.keyledger.log.VerificationException;
import dev.keyledger.log.bundle.BundlePath;
import dev.keyledger.log.bundle.LogKey;
import dev.keyledger.log.bundle.LogSource;
import dev.keyledger.log.bundle.Manifest;
import dev.keyledger.log.checkpoint.Checkpoint;
import dev.keyledger.log.checkpoint.Cosignature;
import dev.keyledger.log.checkpoint.SignedCheckpoint;
import dev.keyledger.log.checkpoint.WitnessPolicy;
import dev.keyledger.log.note.Ed25519Verifier;
import dev.keyledger.log.note.MlDsa44;
import dev.keyledger.log.note.NoteSignature;
import dev.keyledger.log.note.SignatureType;
import dev.keyledger.log.note.VerifierKey;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads the checkpoint and looks at who signed it. */
final class CheckpointCheck {
    private static final int MAX_NOTE = 1_000_000;
    private static final long MAX_SECONDS = 253_402_300_799L;
    private static final String POST_QUANTUM = "ml-dsa";

    private final LogSource files;
    private final VerifyOptions options;
    private final Findings findings;
    private @Nullable KeyChain chain;

    CheckpointCheck(LogSource files, VerifyOptions options, Findings findings) {
        this.files = files;
        this.options = options;
        this.findings = findings;
    }

    /** Returns the checkpoint; null when it cannot be read. */
    @Nullable
    SignedCheckpoint run(@Nullable Manifest manifest) {
        SignedCheckpoint signed = read(BundlePath.CHECKPOINT);
        if (signed == null) {
            return null;
        }
        Checkpoint checkpoint = signed.checkpoint();
        if (manifest != null
                && !(manifest.origin().equals(checkpoint.origin())
                        && manifest.head().equals(checkpoint.head()))) {
            findings.fail("checkpoint", "manifest names another log, size or root than the checkpoint");
        }
        findings.close(
                "checkpoint",
                "log " + FormatException.quote(checkpoint.origin()) + ", size "
                        + checkpoint.head().size() + ", root "
                        + checkpoint.head().root());
        List<VerifierKey> named = named();
        chain = KeyChain.follow(files, checkpoint.origin(), roots(named), named, findings);
        signature("signature", signed);
        postQuantum(signed, named);
        witnesses(signed);
        return signed;
    }

    /** Reads a checkpoint of the bundle; null, and a finding, when it cannot be read. */
    @Nullable
    SignedCheckpoint read(String path) {
        if (!files.has(path)) {
            findings.fail("checkpoint", "file " + path + " is not there");
            return null;
        }
        try {
            return SignedCheckpoint.parse(files.read(path, MAX_NOTE));
        } catch (FormatException | IOException e) {
            findings.fail("checkpoint", "file " + path + " cannot be read: " + e.getMessage());
            return null;
        }
    }

    /** The keys that are trusted; there are none before {@link #run}. */
    KeyChain chain() {
        KeyChain followed = chain;
        if (followed == null) {
            throw new IllegalStateException("the bundle's checkpoint is to be read first");
        }
        return followed;
    }

    /** Looks for a signature by one of the trusted keys. */
    void signature(String check, SignedCheckpoint signed) {
        List<Ed25519Verifier> keys = chain().verifiers();
        if (keys.isEmpty()) {
            findings.lacking(check, "no Ed25519 key to check it with; name one with --vkey");
            return;
        }
        try {
            List<NoteSignature> lines = signed.verify(keys);
            for (NoteSignature line : lines) {
                if (!line.name().equals(signed.checkpoint().origin())) {
                    findings.fail(
                            check,
                            "key " + FormatException.quote(line.name()) + " is not named like the log "
                                    + FormatException.quote(signed.checkpoint().origin()));
                }
            }
            findings.close(
                    check,
                    "Ed25519 by "
                            + lines.stream().map(CheckpointCheck::describe).toList() + trust());
        } catch (VerificationException e) {
            findings.fail(check, e.getMessage() == null ? "does not verify" : e.getMessage());
        }
    }

    /** The log's ML-DSA-44 line, where there is one by a key of the log. */
    private void postQuantum(SignedCheckpoint signed, List<VerifierKey> named) {
        List<VerifierKey> trusted = chain().ofType(SignatureType.ML_DSA_44);
        for (NoteSignature line : signed.note().signatures()) {
            VerifierKey key = trusted.stream().filter(line::isBy).findFirst().orElse(null);
            if (key != null) {
                postQuantum(signed, line, key);
            } else if (named.stream().anyMatch(other -> other.type() == SignatureType.ML_DSA_44 && line.isBy(other))) {
                findings.skip(
                        POST_QUANTUM, "line by " + describe(line) + ", which no entry introduces and you did not name");
            }
        }
    }

    private void postQuantum(SignedCheckpoint signed, NoteSignature line, VerifierKey key) {
        if (!MlDsa44.isSupported()) {
            findings.skip(
                    POST_QUANTUM,
                    "line by " + describe(line) + " is not checked: this Java has no ML-DSA, Java 24 or newer has");
            return;
        }
        try {
            Cosignature cosignature = Cosignature.parse(line);
            cosignature.verify(key, signed.note());
            findings.ok(
                    POST_QUANTUM,
                    "ML-DSA-44 by " + describe(line) + " at "
                            + Instant.ofEpochSecond(Math.min(cosignature.timestamp(), MAX_SECONDS)));
        } catch (FormatException | VerificationException e) {
            findings.fail(POST_QUANTUM, e.getMessage() == null ? "does not verify" : e.getMessage());
        }
    }

    /** Where trust begins: the auditor's keys, or else the first one that came with the bundle. */
    private List<VerifierKey> roots(List<VerifierKey> named) {
        List<VerifierKey> keys = new ArrayList<>(options.keys());
        if (options.policy() != null) {
            keys.addAll(options.policy().logs());
        }
        return keys.isEmpty() ? named.stream().limit(1).toList() : keys;
    }

    /** The keys that came with the bundle. */
    private List<VerifierKey> named() {
        if (!files.has(BundlePath.KEYS)) {
            return List.of();
        }
        try {
            return LogKey.parseAll(new String(files.read(BundlePath.KEYS, MAX_NOTE), StandardCharsets.UTF_8));
        } catch (FormatException | IOException e) {
            findings.fail("signature", "keys.txt cannot be read: " + e.getMessage());
            return List.of();
        }
    }

    private void witnesses(SignedCheckpoint signed) {
        WitnessPolicy policy = options.policy();
        if (policy == null) {
            findings.skip("witnesses", "no policy given; without one a rewritten log with a new signature passes");
            return;
        }
        WitnessPolicy.Result result = policy.evaluate(signed.note());
        result.rejected().forEach(reason -> findings.fail("witnesses", reason));
        String newest = result.cosigned().values().stream()
                .max(Long::compare)
                .map(seconds -> ", newest at " + Instant.ofEpochSecond(Math.min(seconds, MAX_SECONDS)))
                .orElse("");
        String message = result.cosigned().size() + " of " + result.witnesses() + " cosigned "
                + result.cosigned().keySet() + newest;
        if (result.satisfied()) {
            findings.close("witnesses", message);
        } else {
            findings.lacking("witnesses", message + "; the policy's quorum is not met");
        }
    }

    private String trust() {
        boolean own = !options.keys().isEmpty()
                || (options.policy() != null && !options.policy().logs().isEmpty());
        return own
                ? ", the key that you named or one that the log introduced after it"
                : "; the first key came with the bundle, compare it with your own (--vkey)";
    }

    private static String describe(NoteSignature line) {
        return FormatException.quote(line.name()) + " key ID " + String.format("%08x", line.keyId());
    }
}
