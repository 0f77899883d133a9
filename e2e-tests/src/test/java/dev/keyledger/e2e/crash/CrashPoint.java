package dev.keyledger.e2e.crash;

import java.util.List;

/**
 * A point between capture and publishing, as methods that one thread enters one after the other; at the last one the server
 * is stopped and killed.
 */
enum CrashPoint {
    CAPTURE_MADE("the entry is made, nothing is written", Fate.NEITHER, Step.MAKE),
    CAPTURE_INSERTED("change and entry are inserted, the commit has not begun", Fate.NEITHER, Step.MAKE, Step.COMMIT),
    CAPTURE_COMMITTED("commit point 1 is over, nobody was told", Fate.BOTH, Step.MAKE, Step.COMMIT, Step.COMMITTED),
    SEAL_ORDERED("indices are given out in memory", Fate.BOTH, Step.APPEND),
    SEAL_INSERTED("entries, nodes and head are written, the commit has not begun", Fate.BOTH, Step.APPEND, Step.COMMIT),
    SEAL_COMMITTED("commit point 2 is over, nothing is signed", Fate.BOTH, Step.APPEND, Step.COMMIT, Step.COMMITTED),
    SIGN_MADE("the signature is made", Fate.BOTH, Step.STORE),
    SIGN_INSERTED("the checkpoint is inserted, the commit has not begun", Fate.BOTH, Step.STORE, Step.COMMIT),
    SIGN_COMMITTED("commit point 3 is over, nothing is published", Fate.BOTH, Step.STORE, Step.COMMIT, Step.COMMITTED),
    PUBLISH_BEGUN("the first tile is being written", Fate.BOTH, Step.TILE),
    PUBLISH_OVER("the folder has its checkpoint, and still old tiles", Fate.BOTH, Step.CLEAN_UP);

    /** What becomes of the change that was under way. */
    enum Fate {
        /** No user, no entry. */
        NEITHER,
        /** A user, and his one entry. */
        BOTH
    }

    /** A method to be entered. */
    enum Step {
        MAKE("dev.keyledger.audit.storage.StagedParts", "toRow"),
        APPEND("dev.keyledger.audit.storage.JpaLockedLog", "append"),
        STORE("dev.keyledger.audit.storage.JpaLockedLog", "store"),
        TILE("dev.keyledger.log.bundle.TileFolder", "write"),
        CLEAN_UP("dev.keyledger.log.bundle.TileFolder", "removePartial"),
        /** The connection pool is about to commit. */
        COMMIT("io.agroal.pool.ConnectionHandler", "transactionCommit"),
        /** The database has answered the commit. */
        COMMITTED("io.agroal.pool.ConnectionHandler", "transactionEnd");

        private final String type;
        private final String method;

        Step(String type, String method) {
            this.type = type;
            this.method = method;
        }

        String type() {
            return type;
        }

        String method() {
            return method;
        }
    }

    private final String description;
    private final Fate fate;
    // immutable: List.of
    @SuppressWarnings("ImmutableEnumChecker")
    private final List<Step> steps;

    CrashPoint(String description, Fate fate, Step... steps) {
        this.description = description;
        this.fate = fate;
        this.steps = List.of(steps);
    }

    Fate fate() {
        return fate;
    }

    List<Step> steps() {
        return steps;
    }

    @Override
    public String toString() {
        return name() + ": " + description;
    }
}
