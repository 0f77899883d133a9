package dev.keyledger.log.verify;

import dev.keyledger.log.FormatException;
import dev.keyledger.log.VerificationException;
import dev.keyledger.log.bundle.BundlePath;
import dev.keyledger.log.bundle.LogSource;
import dev.keyledger.log.checkpoint.Checkpoint;
import dev.keyledger.log.checkpoint.SignedCheckpoint;
import dev.keyledger.log.merkle.TreeHead;
import dev.keyledger.log.timestamp.TimestampToken;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Looks at the time stamps of a bundle: each is of an earlier checkpoint of the log that lies beside it. */
final class TimestampCheck {
    private static final String CHECK = "timestamp";
    private static final int MAX_RESPONSE = 100_000;

    private final LogSource files;
    private final CheckpointCheck checkpoints;
    private final Findings findings;
    private final List<TreeHead> stamped = new ArrayList<>();

    TimestampCheck(LogSource files, CheckpointCheck checkpoints, Findings findings) {
        this.files = files;
        this.checkpoints = checkpoints;
        this.findings = findings;
    }

    /** Checks them all against the log of the bundle's checkpoint. */
    void run(Checkpoint of) {
        List<String> responses = files.paths().stream()
                .filter(path -> path.startsWith(BundlePath.TIMESTAMPS) && path.endsWith(BundlePath.RESPONSE))
                .toList();
        if (responses.isEmpty()) {
            findings.skip(CHECK, "the bundle has no time stamp");
        }
        for (String path : responses) {
            check(path, of);
        }
    }

    /** The trees whose checkpoints are stamped: the log has to have had them. */
    List<TreeHead> heads() {
        return stamped;
    }

    private void check(String path, Checkpoint of) {
        String name = path.substring(0, path.length() - BundlePath.RESPONSE.length());
        SignedCheckpoint earlier = checkpoints.read(name + BundlePath.STAMPED);
        if (earlier == null) {
            return;
        }
        TreeHead head = earlier.checkpoint().head();
        if (!earlier.checkpoint().origin().equals(of.origin())
                || head.size() > of.head().size()) {
            findings.fail(CHECK, path + " is of another log, or of a larger tree than the checkpoint's");
            return;
        }
        checkpoints.signature(CHECK, earlier);
        try {
            TimestampToken token = TimestampToken.parse(files.read(path, MAX_RESPONSE));
            String signer = token.verify(earlier.note().textBytes());
            stamped.add(head);
            findings.ok(
                    CHECK,
                    "size " + head.size() + " existed at " + token.time() + ", says "
                            + FormatException.quote(signer)
                            + "; whether to believe that certificate is for openssl ts -verify and your root");
        } catch (IOException | FormatException | VerificationException e) {
            findings.fail(CHECK, path + ": " + e.getMessage());
        }
    }
}
