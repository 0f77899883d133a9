package dev.keyledger.audit.storage;

import dev.keyledger.audit.key.KeyRing;
import dev.keyledger.log.merkle.Hash;
import dev.keyledger.log.sequence.LogStorage;
import dev.keyledger.log.sequence.LogStorageContract;
import java.time.InstantSource;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ForkJoinPool;

/** The contract of a storage, kept by the tables of a real database. */
abstract class JpaLogStorageContract extends LogStorageContract<StagedParts> {
    private final KeyRing keys = TestKeys.ring();
    private String logId = "";
    private long time = 1_767_225_600_000L;

    /** One database for all tests of the class: each finds it empty. */
    abstract TestDatabase database();

    @Override
    protected LogStorage<StagedParts> open() {
        // The contract's ids are the same in each test, and in the tables they are unique over all logs.
        database().clear();
        logId = UUID.randomUUID().toString();
        LogDirectory directory = new LogDirectory(database(), "log.example");
        return new JpaLogStorage(logId, database(), directory, keys, InstantSource.system(), ForkJoinPool.commonPool());
    }

    @Override
    protected String origin() {
        return "log.example/audit/" + logId;
    }

    @Override
    protected void stage(String id, byte[] leaf) {
        StagedParts parts = TestKeys.parts("actor", "{\"id\":\"actor\",\"type\":\"user\"}");
        StageEntity row = TestKeys.row(keys, logId, id, leaf, time++, parts);
        database().run(em -> {
            em.persist(row);
            return row;
        });
    }

    @Override
    protected Optional<StoredEntry> entry(long index) {
        return database()
                .run(em -> Optional.ofNullable(em.find(EntryEntity.class, new EntryEntity.Key(logId, index)))
                        .map(row -> new StoredEntry(row.id, row.leaf, Hash.ofBase64(row.leafHash))));
    }

    @Override
    protected Optional<Hash> node(int level, long index) {
        return database()
                .run(em -> Optional.ofNullable(em.find(NodeEntity.class, new NodeEntity.Key(logId, level, index)))
                        .map(row -> Hash.ofBase64(row.hash)));
    }

    @Override
    protected Optional<String> checkpoint(long size) {
        return database()
                .run(em -> Optional.ofNullable(em.find(CheckpointEntity.class, new CheckpointEntity.Key(logId, size)))
                        .map(row -> row.note));
    }
}
