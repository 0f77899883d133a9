package dev.keyledger.audit.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.keyledger.audit.key.KeyMaterial;
import java.io.IOException;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class KeyStorageTest {
    private final TestDatabase database = TestDatabase.h2();
    private final KeyStorage storage = new KeyStorage(database, new SecureRandom(), InstantSource.system());

    @AfterEach
    void close() throws IOException {
        database.close();
    }

    @Test
    void makesTheSecretsOnceAndReadsThemFromThenOn() {
        KeyMaterial made = storage.load();

        KeyMaterial read = storage.load();

        assertThat(read.master()).isEqualTo(made.master());
        assertThat(read.seed()).isEqualTo(made.seed());
        assertThat(read.publicKey()).isEqualTo(made.publicKey());
    }

    @Test
    void givesAllNodesThatStartTogetherTheSameSecrets() {
        List<String> masters = IntStream.range(0, 8)
                .parallel()
                .mapToObj(node -> new KeyStorage(database, new SecureRandom(), InstantSource.system()))
                .map(node -> HexFormat.of().formatHex(node.load().master()))
                .distinct()
                .toList();

        assertThat(masters).hasSize(1);
    }

    @Test
    void makesNoOtherSecretsForALogThatHasEntries() {
        TestLog log = new TestLog(database, "realm");
        log.stage("CREATE");
        log.node().run();

        assertThatIllegalStateException()
                .isThrownBy(storage::load)
                .withMessage("AUDIT_KEY is incomplete although the log has been used; restore the row");
    }

    @Test
    void refusesARowOfWhichAPartIsGone() {
        storage.load();
        database.tamper("update AUDIT_KEY set SIGNING_SEED = null");

        assertThatIllegalStateException().isThrownBy(storage::load);
    }

    @Test
    void refusesATableWithoutTheRow() {
        database.tamper("delete from AUDIT_KEY");

        assertThatIllegalStateException()
                .isThrownBy(storage::load)
                .withMessage("AUDIT_KEY has no row 'server', the changelog inserts it");
    }
}
