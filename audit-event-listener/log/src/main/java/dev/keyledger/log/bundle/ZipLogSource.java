package dev.keyledger.log.bundle;

import dev.keyledger.log.FormatException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.Collections;
import java.util.NavigableSet;
import java.util.TreeSet;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;

/** A bundle in its zip. */
final class ZipLogSource implements LogSource {
    private final ZipFile zip;
    private final NavigableSet<String> paths = new TreeSet<>();

    ZipLogSource(Path path) throws IOException {
        try {
            this.zip = new ZipFile(path.toFile());
        } catch (ZipException | IllegalArgumentException e) {
            throw new FormatException("not a zip: " + e.getMessage(), e);
        }
        try {
            zip.stream()
                    .map(ZipEntry::getName)
                    .filter(name -> !name.endsWith("/"))
                    .forEach(name -> {
                        if (!paths.add(name)) {
                            throw new FormatException("zip holds " + FormatException.quote(name) + " twice");
                        }
                    });
        } catch (FormatException e) {
            zip.close();
            throw e;
        }
    }

    @Override
    public NavigableSet<String> paths() {
        return Collections.unmodifiableNavigableSet(paths);
    }

    @Override
    public InputStream open(String path) throws IOException {
        ZipEntry entry = zip.getEntry(path);
        if (entry == null) {
            throw new FileNotFoundException(FormatException.quote(path) + " is not in the bundle");
        }
        return zip.getInputStream(entry);
    }

    @Override
    public void close() throws IOException {
        zip.close();
    }
}
