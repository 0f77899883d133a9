package dev.keyledger.audit.retention;

import dev.keyledger.audit.archive.ArchiveStore;
import dev.keyledger.audit.archive.FolderStore;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;

/** A folder, but for what a test makes of it. */
class BreakableStore implements ArchiveStore {
    private final ArchiveStore whole;

    BreakableStore(Path folder) {
        whole = new FolderStore(folder);
    }

    @Override
    public String describe() {
        return "breakable";
    }

    @Override
    public void check() throws IOException {
        whole.check();
    }

    @Override
    public void put(String name, Path file, String sha256) throws IOException {
        whole.put(name, file, sha256);
    }

    @Override
    public InputStream open(String name) throws IOException {
        return whole.open(name);
    }
}
