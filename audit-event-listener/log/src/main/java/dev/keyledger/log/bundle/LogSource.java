package dev.keyledger.log.bundle;

import dev.keyledger.log.FormatException;
import java.io.Closeable;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.NavigableSet;

/** The files of a bundle, wherever they stand. Nothing is ever unpacked. */
public interface LogSource extends Closeable {
    /**
     * Opens a zip or a folder.
     *
     * @throws FormatException when the zip cannot be read as one
     */
    static LogSource open(Path path) throws IOException {
        if (Files.isDirectory(path)) {
            return new DirectoryLogSource(path);
        }
        if (!Files.isRegularFile(path)) {
            throw new FileNotFoundException("no such bundle: " + path);
        }
        return new ZipLogSource(path);
    }

    /** The paths of all files, relative, with forward slashes. */
    NavigableSet<String> paths();

    /** Opens a file, one of {@link #paths}. */
    InputStream open(String path) throws IOException;

    /** Reads a whole file, one of {@link #paths}, and refuses one that is larger than {@code maxBytes}. */
    default byte[] read(String path, int maxBytes) throws IOException {
        try (InputStream in = open(path)) {
            byte[] bytes = in.readNBytes(maxBytes + 1);
            if (bytes.length > maxBytes) {
                throw new FormatException(
                        FormatException.quote(path) + " has more than the " + maxBytes + " bytes that it may have");
            }
            return bytes;
        }
    }

    /** Whether there is such a file. */
    default boolean has(String path) {
        return paths().contains(path);
    }
}
