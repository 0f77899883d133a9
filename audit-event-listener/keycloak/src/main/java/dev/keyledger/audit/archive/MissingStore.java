package dev.keyledger.audit.archive;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;

/** A store that the options want and that cannot be had: whoever uses it is told why. */
final class MissingStore implements ArchiveStore {
    private final String place;
    private final String reason;

    MissingStore(String place, String reason) {
        this.place = place;
        this.reason = reason;
    }

    @Override
    public String describe() {
        return place;
    }

    @Override
    public void check() throws IOException {
        throw new IOException(reason);
    }

    @Override
    public void put(String name, Path file, String sha256) throws IOException {
        throw new IOException(reason);
    }

    @Override
    public InputStream open(String name) throws IOException {
        throw new IOException(reason);
    }
}
