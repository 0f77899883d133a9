package dev.keyledger.log.bundle;

import dev.keyledger.log.FormatException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.NavigableSet;
import java.util.TreeSet;
import java.util.stream.Stream;

/** A bundle in a folder; links are not followed. */
final class DirectoryLogSource implements LogSource {
    private final Path root;
    private final NavigableSet<String> paths = new TreeSet<>();

    DirectoryLogSource(Path root) throws IOException {
        this.root = root;
        try (Stream<Path> files = Files.walk(root)) {
            files.filter(file -> !Files.isDirectory(file))
                    .map(file -> root.relativize(file).toString().replace('\\', '/'))
                    .forEach(paths::add);
        }
    }

    @Override
    public NavigableSet<String> paths() {
        return Collections.unmodifiableNavigableSet(paths);
    }

    @Override
    public InputStream open(String path) throws IOException {
        if (!paths.contains(path)) {
            throw new FileNotFoundException(FormatException.quote(path) + " is not in the bundle");
        }
        return Files.newInputStream(root.resolve(path));
    }

    @Override
    public void close() {}
}
