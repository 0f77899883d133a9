package dev.keyledger.log.bundle;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.LocalDateTime;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** A zip that is written front to back, with one fixed time in every entry, and the SHA-256 of each file. */
final class ZipFileSet {
    // The oldest time that a zip can hold, in no time zone: equal content gives equal bytes anywhere.
    private static final LocalDateTime TIME = LocalDateTime.of(1980, 1, 1, 0, 0);

    private final ZipOutputStream zip;
    private final Map<String, String> hashes = new TreeMap<>();
    private MessageDigest digest = Manifest.sha256();

    ZipFileSet(OutputStream out) {
        this.zip = new ZipOutputStream(out, StandardCharsets.UTF_8);
    }

    void add(String path, byte[] content) throws IOException {
        begin(path);
        write(content);
        end(path);
    }

    void begin(String path) throws IOException {
        ZipEntry entry = new ZipEntry(path);
        entry.setTimeLocal(TIME);
        zip.putNextEntry(entry);
        digest = Manifest.sha256();
    }

    void write(byte[] content) throws IOException {
        digest.update(content);
        zip.write(content);
    }

    void end(String path) throws IOException {
        zip.closeEntry();
        hashes.put(path, HexFormat.of().formatHex(digest.digest()));
    }

    Map<String, String> hashes() {
        return hashes;
    }

    /** Writes the directory of the zip; the stream below stays open. */
    void finish() throws IOException {
        zip.finish();
        zip.flush();
    }
}
