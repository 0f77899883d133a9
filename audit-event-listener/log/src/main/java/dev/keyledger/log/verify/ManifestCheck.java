package dev.keyledger.log.verify;

import dev.keyledger.log.FormatException;
import dev.keyledger.log.bundle.Manifest;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Compares the files of a bundle with the manifest's list of them, both ways: last, when most have been read, though it
 * is the first that is told.
 */
final class ManifestCheck {
    private static final String CHECK = "manifest";
    private static final int MAX_MANIFEST = 256 << 20;

    private final DigestedFiles files;
    private final Findings findings = new Findings();
    private @Nullable Manifest manifest;

    ManifestCheck(DigestedFiles files) {
        this.files = files;
    }

    /** Returns the manifest; null when there is none or it cannot be read. */
    @Nullable
    Manifest read() {
        if (!files.has(Manifest.PATH)) {
            findings.skip(CHECK, "none; the files are checked against the checkpoint only");
            return null;
        }
        try {
            manifest = Manifest.parse(files.read(Manifest.PATH, MAX_MANIFEST));
        } catch (FormatException | IOException e) {
            findings.fail(CHECK, "manifest.json cannot be read: " + e.getMessage());
        }
        return manifest;
    }

    /** Compares every file, and returns what was found. */
    List<Finding> close() {
        Manifest listing = manifest;
        if (listing == null) {
            return findings.toList();
        }
        listing.files().forEach(this::compare);
        for (String path : files.paths()) {
            if (!path.equals(Manifest.PATH) && !listing.files().containsKey(path)) {
                findings.fail(CHECK, "file " + FormatException.quote(path) + " is not listed");
            }
        }
        findings.close(CHECK, listing.files().size() + " files, each with the SHA-256 that is listed");
        return findings.toList();
    }

    private void compare(String path, String want) {
        String name = "file " + FormatException.quote(path);
        if (!files.has(path)) {
            findings.fail(CHECK, name + " is listed and not there");
            return;
        }
        try {
            String got = files.sha256(path);
            if (!got.equals(want)) {
                findings.fail(CHECK, name + " has SHA-256 " + got + ", want " + want);
            }
        } catch (IOException e) {
            findings.fail(CHECK, name + " cannot be read: " + e.getMessage());
        }
    }
}
