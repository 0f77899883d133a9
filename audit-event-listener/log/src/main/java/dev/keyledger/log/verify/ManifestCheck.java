package dev.keyledger.log.verify;

import dev.keyledger.log.FormatException;
import dev.keyledger.log.bundle.LogSource;
import dev.keyledger.log.bundle.Manifest;
import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Compares the files of a bundle with the manifest's list of them, both ways. */
final class ManifestCheck {
    private static final String CHECK = "manifest";
    private static final int MAX_MANIFEST = 256 << 20;

    private final LogSource files;
    private final Findings findings;

    ManifestCheck(LogSource files, Findings findings) {
        this.files = files;
        this.findings = findings;
    }

    /** Returns the manifest; null when there is none or it cannot be read. */
    @Nullable
    Manifest run() {
        if (!files.has(Manifest.PATH)) {
            findings.skip(CHECK, "none; the files are checked against the checkpoint only");
            return null;
        }
        Manifest manifest;
        try {
            manifest = Manifest.parse(files.read(Manifest.PATH, MAX_MANIFEST));
        } catch (FormatException | IOException e) {
            findings.fail(CHECK, "manifest.json cannot be read: " + e.getMessage());
            return null;
        }
        for (Map.Entry<String, String> listed : manifest.files().entrySet()) {
            compare(listed.getKey(), listed.getValue());
        }
        for (String path : files.paths()) {
            if (!path.equals(Manifest.PATH) && !manifest.files().containsKey(path)) {
                findings.fail(CHECK, "file " + FormatException.quote(path) + " is not listed");
            }
        }
        findings.close(CHECK, manifest.files().size() + " files, each with the SHA-256 that is listed");
        return manifest;
    }

    private void compare(String path, String want) {
        String name = "file " + FormatException.quote(path);
        if (!files.has(path)) {
            findings.fail(CHECK, name + " is listed and not there");
            return;
        }
        try {
            String got = sha256(path);
            if (!got.equals(want)) {
                findings.fail(CHECK, name + " has SHA-256 " + got + ", want " + want);
            }
        } catch (IOException e) {
            findings.fail(CHECK, name + " cannot be read: " + e.getMessage());
        }
    }

    private String sha256(String path) throws IOException {
        try (InputStream in = files.open(path)) {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            byte[] buffer = new byte[65_536];
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                digest.update(buffer, 0, read);
            }
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
