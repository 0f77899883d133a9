package dev.keyledger.audit.retention;

import dev.keyledger.audit.archive.ArchiveStore;
import dev.keyledger.audit.storage.Transactions;
import jakarta.persistence.EntityManager;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.function.Function;

/** A node that is killed when it has done so many steps: transactions, and what it asks of the store of archives. */
final class Dying implements Transactions {
    private final Transactions database;
    private int left;

    Dying(Transactions database, int left) {
        this.database = database;
        this.left = left;
    }

    /** What it dies of. */
    static final class Killed extends RuntimeException {
        private static final long serialVersionUID = 1;
    }

    @Override
    public <R> R run(Function<EntityManager, R> work) {
        step();
        return database.run(work);
    }

    /** The node's store. */
    ArchiveStore store(Path folder) {
        return new BreakableStore(folder) {
            @Override
            public void put(String name, Path file, String sha256) throws IOException {
                step();
                super.put(name, file, sha256);
            }

            @Override
            public InputStream open(String name) throws IOException {
                step();
                return super.open(name);
            }
        };
    }

    /** The dead do nothing more. */
    private void step() {
        if (left-- <= 0) {
            throw new Killed();
        }
    }
}
