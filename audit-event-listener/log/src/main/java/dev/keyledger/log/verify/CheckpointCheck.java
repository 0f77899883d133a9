package dev.keyledger.log.verify;

import dev.keyledger.log.FormatException;
import dev.keyledger.log.VerificationException;
import dev.keyledger.log.bundle.BundlePath;
import dev.keyledger.log.bundle.LogKey;
import dev.keyledger.log.bundle.LogSource;
import dev.keyledger.log.bundle.Manifest;
import dev.keyledger.log.checkpoint.Checkpoint;
import dev.keyledger.log.checkpoint.SignedCheckpoint;
import dev.keyledger.log.checkpoint.WitnessPolicy;
import dev.keyledger.log.note.Ed25519Verifier;
import dev.keyledger.log.note.NoteSignature;
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
        KeyChain followed = KeyChain.follow(files, checkpoint.origin(), roots(), findings);
        chain = followed;
        signature("signature", signed);
        witnesses(signed);
        findings.skip("timestamp", "no timestamp token is looked at");
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

    /** Where trust begins: the auditor's keys, or else the first one that came with the bundle. */
    private List<VerifierKey> roots() {
        List<VerifierKey> keys = new ArrayList<>(options.keys());
        if (options.policy() != null) {
            keys.addAll(options.policy().logs());
        }
        if (!keys.isEmpty() || !files.has(BundlePath.KEYS)) {
            return keys;
        }
        try {
            String text = new String(files.read(BundlePath.KEYS, MAX_NOTE), StandardCharsets.UTF_8);
            return LogKey.parseAll(text).stream().limit(1).toList();
        } catch (FormatException | IOException e) {
            findings.fail("signature", "keys.txt cannot be read: " + e.getMessage());
            return keys;
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
                .map(seconds -> ", newest at " + Instant.ofEpochSecond(Math.min(seconds, 253_402_300_799L)))
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
