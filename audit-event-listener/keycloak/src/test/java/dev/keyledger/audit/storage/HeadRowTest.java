package dev.keyledger.audit.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.keyledger.log.sequence.Log;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceException;
import java.io.IOException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The row that a log is: made once, locked by every writer, missed when it is gone. */
class HeadRowTest {
    private final TestDatabase database = TestDatabase.h2();

    @AfterEach
    void close() throws IOException {
        database.close();
    }

    @Test
    void isMadeWithTheOriginOfTheHostInForceAndKeepsIt() {
        assertThat(new LogDirectory(database, "old.example").origin("realm")).isEqualTo("old.example/audit/realm");

        assertThat(new LogDirectory(database, "new.example").origin("realm")).isEqualTo("old.example/audit/realm");
    }

    @Test
    void givesARealmWithAnOddIdAnOriginWithoutSpaces() {
        assertThat(new LogDirectory(database, "log.example").origin("my realm/ü"))
                .isEqualTo("log.example/audit/my%20realm%2F%C3%BC");
    }

    /** The first two events of a realm arrive together; Keycloak tells of the second row by an exception of its own. */
    @Test
    void isMadeOnceWhenTwoNodesMakeItAtTheSameTime() {
        LogDirectory faster = new LogDirectory(database, "faster.example");
        AtomicInteger calls = new AtomicInteger();
        Transactions racing = new Transactions() {
            @Override
            public <R> R run(Function<EntityManager, R> work) {
                if (calls.incrementAndGet() == 2) {
                    faster.origin("realm");
                }
                try {
                    return database.run(work);
                } catch (PersistenceException e) {
                    throw new ModelDuplicate(e);
                }
            }
        };

        assertThat(new LogDirectory(racing, "slower.example").origin("realm")).isEqualTo("faster.example/audit/realm");
        assertThat(calls).hasValue(3);
    }

    @Test
    void isMissedByTheSequencer() {
        TestLog log = new TestLog(database, "realm");
        Log<StagedParts> node = log.node();
        log.stage("CREATE");
        node.run();
        database.tamper("delete from AUDIT_HEAD");

        assertThatIllegalStateException()
                .isThrownBy(node::run)
                .withMessage("log realm has lost its row in AUDIT_HEAD; restore it");
    }

    @Test
    void isNotMadeAnewBesideEntries() {
        TestLog log = new TestLog(database, "realm");
        log.stage("CREATE");
        log.node().run();
        database.tamper("delete from AUDIT_HEAD");

        assertThatIllegalStateException()
                .isThrownBy(() -> new LogDirectory(database, "log.example").origin("realm"))
                .withMessage("log realm has lost its row in AUDIT_HEAD; restore it");
    }

    /** As an embedded H2 may leave it that was killed in the middle of a batch. */
    @Test
    void isFollowedByTheNextBatchThoughPrivatePartsOfNoEntryLieBehindIt() {
        TestLog log = new TestLog(database, "realm");
        log.stage("CREATE");
        log.node().run();
        database.tamper("insert into AUDIT_PRIVATE (LOG_ID, LOG_INDEX, SLOT, SUBJECT_REF, DATA)"
                + " select LOG_ID, 1, SLOT, SUBJECT_REF, DATA from AUDIT_PRIVATE");

        log.stage("UPDATE");
        log.node().run();

        assertThat(database.<HeadEntity>run(em -> em.find(HeadEntity.class, "realm")).signedSize)
                .isEqualTo(2);
    }

    @Test
    void haltsTheLogWhenItWentBack() {
        TestLog log = new TestLog(database, "realm");
        Log<StagedParts> node = log.node();
        log.stage("CREATE");
        node.run();
        database.tamper("update AUDIT_HEAD set TREE_SIZE = 0, COMPACT_RANGE = null, SIGNED_SIZE = 0");

        node.run();

        assertThat(log.status().state()).isEqualTo("HALTED");
        assertThat(log.status().haltReason()).isEqualTo("log was rolled back: size is 0, was 1");
    }

    private static final class ModelDuplicate extends RuntimeException {
        private static final long serialVersionUID = 1L;

        ModelDuplicate(PersistenceException cause) {
            super(cause);
        }
    }
}
