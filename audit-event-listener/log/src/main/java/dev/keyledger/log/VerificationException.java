package dev.keyledger.log;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Well-formed data that is not what it claims to be: a proof that leads to another root, a signature that its key did
 * not make, a commitment that its value does not open. It carries the evidence, name to text, so that whoever catches
 * it can hand on both sides of the contradiction: keep them, they are what proves a split view later.
 */
public final class VerificationException extends Exception {
    private static final long serialVersionUID = 1L;

    private final LinkedHashMap<String, String> evidence;

    public VerificationException(String message) {
        this(message, Map.of());
    }

    public VerificationException(String message, Map<String, String> evidence) {
        super(message);
        this.evidence = new LinkedHashMap<>(evidence);
    }

    /** What disagrees, for example {@code "want root"} and {@code "got root"} in base64, in the order to read it. */
    public Map<String, String> evidence() {
        return Collections.unmodifiableMap(evidence);
    }
}
