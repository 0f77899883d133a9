package dev.keyledger.audit.publish;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keyledger.audit.storage.TestDatabase;
import dev.keyledger.audit.storage.TestLog;
import dev.keyledger.log.bundle.TileFolder;
import dev.keyledger.log.checkpoint.SignedCheckpoint;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TilesExportTest {
    private final TestDatabase database = TestDatabase.h2();

    @TempDir
    Path root = Path.of("");

    @AfterEach
    void close() throws IOException {
        database.close();
    }

    @Test
    void keepsTheSignedLogsInFoldersOfTheirOwn() throws IOException {
        SignedCheckpoint one = signed("one");
        SignedCheckpoint dots = signed("..");

        export();

        assertThat(new TileFolder(root.resolve("one")).checkpoint()).hasValue(one);
        assertThat(new TileFolder(root.resolve("%2E%2E")).checkpoint()).hasValue(dots);
        assertThat(root.resolve("one/tile/entries/000.p/1")).exists();
    }

    @Test
    void leavesAFolderAloneThatIsAheadOfTheDatabase() throws IOException {
        TestLog log = new TestLog(database, "one");
        log.stage("CREATE");
        log.node().run();
        export();
        log.stage("UPDATE");
        SignedCheckpoint ahead = log.node().run().orElseThrow();
        export();
        database.tamper("delete from AUDIT_CHECKPOINT where TREE_SIZE = 2");
        database.tamper("update AUDIT_HEAD set SIGNED_SIZE = 1");

        export();

        assertThat(new TileFolder(root.resolve("one")).checkpoint()).hasValue(ahead);
    }

    @Test
    void oneFolderHasOneWriter() throws IOException {
        signed("one");
        TilesExport first = new TilesExport(root, database, Duration.ofDays(1));
        TilesExport second = new TilesExport(root, database, Duration.ofDays(1));
        first.round();
        Files.delete(root.resolve("one/checkpoint"));

        second.round();
        assertThat(root.resolve("one/checkpoint")).doesNotExist();

        first.stop();
        second.round();
        assertThat(root.resolve("one/checkpoint")).exists();
        second.stop();
    }

    @Test
    void takesWithItWhatWasSignedLast() {
        TilesExport export = new TilesExport(root, database, Duration.ofDays(1));
        export.round();
        signed("one");
        export.stop();

        assertThat(root.resolve("one/checkpoint")).exists();
    }

    private SignedCheckpoint signed(String logId) {
        TestLog log = new TestLog(database, logId);
        log.stage("CREATE");
        return log.node().run().orElseThrow();
    }

    private void export() {
        new TilesExport(root, database, Duration.ofDays(1)).stop();
    }
}
