package dev.keyledger.audit.archive;

import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/** Archives as files below a folder. */
public final class FolderStore implements ArchiveStore {
    private final Path folder;

    public FolderStore(Path folder) {
        this.folder = folder;
    }

    @Override
    public String describe() {
        return folder.toString();
    }

    @Override
    public void check() throws IOException {
        Files.createDirectories(folder);
    }

    /** Commit point: the renaming. Before it there is a file {@code *.tmp}, which nothing reads; after it the archive. */
    @Override
    public void put(String name, Path file, String sha256) throws IOException {
        Path named = folder.resolve(name);
        Path parent = named.resolveSibling("");
        Files.createDirectories(parent);
        Path written = Files.createTempFile(parent, null, ".tmp");
        try {
            try (FileChannel from = FileChannel.open(file);
                    FileChannel to = FileChannel.open(written, StandardOpenOption.WRITE)) {
                for (long done = 0; done < from.size(); ) {
                    done += from.transferTo(done, from.size() - done, to);
                }
                to.force(true);
            }
            Files.move(written, named, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(written);
        }
    }

    @Override
    public InputStream open(String name) throws IOException {
        return Files.newInputStream(folder.resolve(name));
    }
}
