package dev.keyledger.log.verify;

import dev.keyledger.log.bundle.LogSource;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.NavigableSet;

/**
 * The files of a bundle, and the SHA-256 of each, taken while the file is read for another reason: unpacking a bundle is
 * what takes longest in verifying it, and is done once.
 */
final class DigestedFiles implements LogSource {
    private final LogSource files;
    private final Map<String, String> digests = new HashMap<>();

    DigestedFiles(LogSource files) {
        this.files = files;
    }

    /** The lower-case hexadecimal SHA-256 of a file, which is read for it if nobody has read it to its end. */
    String sha256(String path) throws IOException {
        String known = digests.get(path);
        if (known != null) {
            return known;
        }
        try (InputStream in = new Digesting(path, files.open(path))) {
            in.transferTo(OutputStream.nullOutputStream());
        }
        return digests.getOrDefault(path, "");
    }

    @Override
    public NavigableSet<String> paths() {
        return files.paths();
    }

    @Override
    public InputStream open(String path) throws IOException {
        InputStream in = files.open(path);
        return digests.containsKey(path) ? in : new Digesting(path, in);
    }

    /** Whoever opened the files below closes them. */
    @Override
    public void close() {}

    private final class Digesting extends InputStream {
        private final String path;
        private final InputStream in;
        private final MessageDigest digest;

        Digesting(String path, InputStream in) {
            this.path = path;
            this.in = in;
            try {
                this.digest = MessageDigest.getInstance("SHA-256");
            } catch (NoSuchAlgorithmException e) {
                throw new IllegalStateException("every JDK has SHA-256", e);
            }
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] bytes, int offset, int length) throws IOException {
            int read = in.read(bytes, offset, length);
            if (read >= 0) {
                digest.update(bytes, offset, read);
            } else {
                digests.computeIfAbsent(path, end -> HexFormat.of().formatHex(digest.digest()));
            }
            return read;
        }

        @Override
        public void close() throws IOException {
            in.close();
        }
    }
}
