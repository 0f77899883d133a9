package dev.keyledger.log.verify;

import dev.keyledger.log.verify.Finding.Span;
import dev.keyledger.log.verify.Finding.Status;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Collects findings. After the twentieth failure of one check only their number grows, so memory stays flat. */
final class Findings {
    private static final int SHOWN = 20;

    private final List<Finding> findings = new ArrayList<>();
    private final Map<String, Integer> failures = new HashMap<>();

    void ok(String check, String message) {
        findings.add(new Finding(Status.OK, check, message, null));
    }

    void skip(String check, String message) {
        findings.add(new Finding(Status.SKIP, check, message, null));
    }

    void lacking(String check, String message) {
        findings.add(new Finding(Status.LACKING, check, message, null));
    }

    void fail(String check, String message) {
        if (failures.merge(check, 1, Integer::sum) <= SHOWN) {
            findings.add(new Finding(Status.FAIL, check, message, null));
        }
    }

    void fail(String check, Span span, String message) {
        if (failures.merge(check, 1, Integer::sum) <= SHOWN) {
            findings.add(new Finding(Status.FAIL, check, span + ": " + message, span));
        }
    }

    int failures(String check) {
        return failures.getOrDefault(check, 0);
    }

    /** Closes a check: one line for the failures that were not shown, or the good news when there were none. */
    void close(String check, String goodNews) {
        int failed = failures(check);
        if (failed == 0) {
            ok(check, goodNews);
        } else if (failed > SHOWN) {
            findings.add(new Finding(Status.FAIL, check, "and " + (failed - SHOWN) + " more", null));
        }
    }

    List<Finding> toList() {
        return findings;
    }
}
