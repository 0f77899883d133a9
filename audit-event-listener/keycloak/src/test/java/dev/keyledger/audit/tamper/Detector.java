package dev.keyledger.audit.tamper;

import java.util.Arrays;

/** Who may notice that somebody wrote to the tables, in the words of docs/threat-model.md. */
enum Detector {
    /** {@code verify} of a bundle, made at once or after the next checkpoint, with the key that the auditor knows. */
    VERIFY("`verify`"),
    /** The same with a checkpoint that the auditor kept, where it would not notice without one. */
    SINCE("`verify --since`"),
    /** What the servers verify in the background and on demand. The end-to-end tests see to this one. */
    VERIFICATION("the servers' verification"),
    /** The nodes that were running, in their next round. */
    RUNNING("the next round"),
    /** A node that starts afterwards, in its first round. */
    STARTED("the next start"),
    /** The same, with a witness file, where it would not notice without one. */
    WITNESS("the witness file");

    private final String words;

    Detector(String words) {
        this.words = words;
    }

    static Detector parse(String words) {
        return Arrays.stream(values())
                .filter(each -> each.words.equals(words))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("the threat model names no such detector: " + words));
    }

    @Override
    public String toString() {
        return words;
    }
}
