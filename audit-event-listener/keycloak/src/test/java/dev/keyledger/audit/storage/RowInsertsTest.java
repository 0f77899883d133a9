package dev.keyledger.audit.storage;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Rows that are inserted past the persistence context are what Hibernate reads, however many and however large they are. */
class RowInsertsTest {
    private static final RowInserts<EntryEntity> ENTRIES = RowInserts.ofEntries();
    private static final RowInserts<PrivateEntity> PRIVATES = RowInserts.ofPrivateParts();

    private final TestDatabase database = TestDatabase.h2();

    @AfterEach
    void close() throws IOException {
        database.close();
    }

    @Test
    void arriveWithEveryColumnInWholeStatementsAndWithTheRest() {
        List<EntryEntity> rows =
                LongStream.range(0, 70).mapToObj(RowInsertsTest::entry).toList();

        database.run(em -> {
            ENTRIES.insert(em, rows);
            return rows;
        });

        List<EntryEntity> read =
                database.run(em -> em.createQuery("select e from EntryEntity e order by e.logIndex", EntryEntity.class)
                        .getResultList());
        assertThat(read).usingRecursiveComparison().isEqualTo(rows);
    }

    @Test
    void arriveWhenOneOfThemIsLarge() {
        List<PrivateEntity> rows = LongStream.range(0, 40)
                .mapToObj(index -> part(index, index == 17 ? 1 << 20 : 100))
                .toList();

        database.run(em -> {
            PRIVATES.insert(em, rows);
            return rows;
        });

        List<PrivateEntity> read = database.run(
                em -> em.createQuery("select p from PrivateEntity p order by p.logIndex", PrivateEntity.class)
                        .getResultList());
        assertThat(read).usingRecursiveComparison().isEqualTo(rows);
    }

    @Test
    void areNoneWhenTheTransactionFails() {
        long left = database.run(em -> {
            ENTRIES.insert(em, List.of(entry(1)));
            em.getTransaction().rollback();
            em.getTransaction().begin();
            return em.createQuery("select count(*) from EntryEntity", Long.class)
                    .getSingleResult();
        });

        assertThat(left).isZero();
    }

    private static EntryEntity entry(long index) {
        EntryEntity row = new EntryEntity();
        row.logId = "realm";
        row.logIndex = index;
        row.id = "id-" + index;
        row.eventTime = 1_767_225_600_000L + index;
        row.leaf = "{\"n\":" + index + "}";
        row.leafHash = "hash-" + index;
        row.kind = "USER";
        row.operation = "LOGIN";
        row.resourceType = "USER";
        row.success = index % 2 == 0;
        row.actorRef = index % 3 == 0 ? null : "actor-" + index;
        row.actorNameRef = "actor-name-" + index;
        row.targetRef = "target-" + index;
        row.targetNameRef = "target-name-" + index;
        row.ipRef = "ip-" + index;
        row.clientRef = "client-" + index;
        row.requestRef = "request-" + index;
        row.facet = (int) index % 5;
        return row;
    }

    private static PrivateEntity part(long index, int length) {
        PrivateEntity row = new PrivateEntity();
        row.logId = "realm";
        row.logIndex = index;
        row.slot = "actor";
        row.subjectRef = "subject";
        row.data = "x".repeat(length);
        return row;
    }
}
