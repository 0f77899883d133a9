package dev.keyledger.audit.storage;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class PendingLogsTest {
    private final TestDatabase database = TestDatabase.h2();
    private final PendingLogs pending = new PendingLogs(database);

    @AfterEach
    void close() throws IOException {
        database.close();
    }

    @Test
    void areNoneWhenNothingIsStaged() {
        new TestLog(database, "idle");

        assertThat(pending.find()).isEmpty();
    }

    @Test
    void areThoseWithSomethingOnTheStage() {
        new TestLog(database, "idle");
        new TestLog(database, "busy").stage("CREATE");

        assertThat(pending.find()).containsExactly("busy");
    }

    @Test
    void areThoseThatWereSequencedAndNotSigned() {
        TestLog log = new TestLog(database, "unsigned");
        log.stage("CREATE");
        log.node().sequence(10);

        assertThat(pending.find()).containsExactly("unsigned");
    }

    @Test
    void areNoneOnceAllIsSigned() {
        TestLog log = new TestLog(database, "done");
        log.stage("CREATE");
        log.node().run();

        assertThat(pending.find()).isEmpty();
    }

    @Test
    void areNotHaltedLogsHoweverMany() {
        for (int i = 0; i < 70; i++) {
            new TestLog(database, String.format("halted-%02d", i)).stage("CREATE");
        }
        database.tamper("update AUDIT_HEAD set STATE = 'HALTED'");
        new TestLog(database, "z-well").stage("CREATE");

        assertThat(pending.find()).containsExactly("z-well");
    }
}
