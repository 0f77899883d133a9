package dev.keyledger.log.verify;

import dev.keyledger.log.checkpoint.Checkpoint;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a verification found.
 *
 * @param checkpoint of the bundle; null when it could not be read
 * @param entries how many entries were hashed and looked at
 * @param findings in the order in which to read them
 */
public record VerificationReport(@Nullable Checkpoint checkpoint, long entries, List<Finding> findings) {
    public VerificationReport {
        findings = List.copyOf(findings);
    }

    public Verdict verdict() {
        if (has(Finding.Status.FAIL)) {
            return Verdict.TAMPERED;
        }
        return has(Finding.Status.LACKING) ? Verdict.INCOMPLETE : Verdict.VERIFIED;
    }

    /** The last line of the output: the verdict, and in the bad case the first reason. */
    public String summary() {
        String log = checkpoint == null
                ? ""
                : " of " + checkpoint.origin() + " at size " + checkpoint.head().size();
        String reason = findings.stream()
                .filter(finding ->
                        finding.status() == (has(Finding.Status.FAIL) ? Finding.Status.FAIL : Finding.Status.LACKING))
                .findFirst()
                .map(finding -> ": " + finding.message())
                .orElse("");
        return verdict() + " " + entries + (entries == 1 ? " entry" : " entries") + log + reason;
    }

    private boolean has(Finding.Status status) {
        return findings.stream().anyMatch(finding -> finding.status() == status);
    }
}
