package dev.keyledger.audit.retention;

import dev.keyledger.audit.archive.FolderStore;
import dev.keyledger.audit.privacy.Entries;
import dev.keyledger.audit.privacy.Privacy;
import dev.keyledger.audit.storage.Checkpoints;
import dev.keyledger.audit.storage.JpaTileSource;
import dev.keyledger.audit.storage.LogDirectory;
import dev.keyledger.audit.storage.LogEpoch;
import dev.keyledger.audit.storage.PrunedRows;
import dev.keyledger.audit.storage.PrunedUnit;
import dev.keyledger.audit.storage.PrunedUnits;
import dev.keyledger.audit.storage.StoredRows;
import dev.keyledger.audit.storage.TestDatabase;
import dev.keyledger.audit.storage.TestLog;
import dev.keyledger.audit.storage.Transactions;
import dev.keyledger.log.VerificationException;
import dev.keyledger.log.bundle.LogKey;
import dev.keyledger.log.checkpoint.SignedCheckpoint;
import dev.keyledger.log.json.CanonicalJson;
import dev.keyledger.log.json.JsonObject;
import dev.keyledger.log.json.JsonReader;
import dev.keyledger.log.json.JsonString;
import dev.keyledger.log.json.JsonValue;
import dev.keyledger.log.verify.Finding;
import dev.keyledger.log.verify.StoredTile;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** A log of January 2026 with archives of 256 entries: in each four of users, two of admins, one of them about Amy; and one that is somebody's only one. */
final class PrunedLog {
    static final int UNIT = 256;

    /** The one entry of somebody who came once. */
    static final int ONCE_AT = 11;

    static final String AMY = "0a6d2c1e-amy";
    private static final String AMY_ACTOR = "{\"id\":\"" + AMY + "\",\"name\":\"amy\",\"type\":\"user\"}";
    private static final String ZOE_ACTOR = "{\"id\":\"6f9b2c1e-zoe\",\"name\":\"zoe\",\"type\":\"user\"}";
    static final String ONCE = "3c1f2c1e-once";
    private static final String ONCE_ACTOR = "{\"id\":\"" + ONCE + "\",\"name\":\"once.upon\",\"type\":\"user\"}";
    private static final Instant SUMMER = Instant.parse("2027-06-01T00:00:00Z");

    final TestDatabase database;
    final TestLog log;
    final LogDirectory directory;
    final LogEpoch epoch;
    final Privacy privacy;
    final Entries entries;
    private final Path folder;

    PrunedLog(TestDatabase database, Path folder) throws IOException {
        this.database = database;
        this.folder = folder;
        this.log = new TestLog(database, "realm");
        this.directory = new LogDirectory(database, "log.example");
        this.epoch = directory.epochs("realm").get(0);
        this.privacy = Privacy.of("realm", database, directory, log.keys(), InstantSource.system());
        this.entries = (epoch, operation, user, details) -> log.row(
                operation,
                "change",
                CanonicalJson.format(new JsonObject(Map.of("details", new JsonObject(new TreeMap<>(details))))));
        grow(2 * UNIT + 8);
        archive(UNIT);
        log.node().run();
    }

    /** Seals some more. */
    void grow(int entries) {
        for (int i = 0; i < entries; i++) {
            stage(i);
        }
        log.node().run();
    }

    private void stage(int i) {
        switch (i % 8) {
            case 0 -> log.stage("CLEAR", "change", "{\"details\":{}}");
            case 1 -> log.stage("CREATE", "actor", ZOE_ACTOR, "target", "{\"id\":\"x\",\"type\":\"GROUP\"}");
            case 2 -> log.stage("REGISTER", "actor", AMY_ACTOR, "net", "{\"ip\":\"192.0.2.1\"}");
            default ->
                log.stage("REGISTER", "actor", i == ONCE_AT ? ONCE_ACTOR : ZOE_ACTOR, "net", "{\"ip\":\"192.0.2.1\"}");
        }
    }

    void archive(int unit) throws IOException {
        new Archiver(
                        new FolderStore(folder),
                        unit,
                        database,
                        InstantSource.system(),
                        (logId, under, tiles) -> List.of(LogKey.first(log.verifierKey())))
                .run(epoch, facts -> {
                    Map<String, JsonValue> details = new TreeMap<>();
                    facts.forEach((name, text) -> details.put(name, JsonString.of(text)));
                    database.run(em -> {
                        em.persist(entries.make(epoch, "ARCHIVE", null, details));
                        return facts;
                    });
                });
    }

    /** As of June 2027: the user's entries have expired by default, the admins' have not. */
    List<Pruner.Done> prune(String periods) throws IOException, VerificationException {
        return prune(periods, database);
    }

    List<Pruner.Done> prune(String periods, Transactions transactions) throws IOException, VerificationException {
        return pruner(transactions)
                .run(
                        epoch,
                        RetentionPolicy.parse(JsonReader.parseObject(periods)),
                        privacy.holds(),
                        entries,
                        () -> true);
    }

    Pruner pruner(Transactions transactions) {
        return new Pruner(new FolderStore(folder), transactions, directory, log.keys(), () -> SUMMER);
    }

    SignedCheckpoint newest() {
        return new Checkpoints(database).newest("realm").orElseThrow();
    }

    /** What a nightly verification finds. */
    List<Finding> findings() throws IOException {
        List<PrunedUnit> units = new PrunedUnits("realm", database).list();
        StoredRows rows = new StoredRows("realm", database, log.keys());
        SignedCheckpoint signed = newest();
        long size = signed.checkpoint().head().size();
        List<Finding> found =
                new ArrayList<>(new PrunedRows("realm", epoch.origin(), database, log.keys()).check(0, Long.MAX_VALUE));
        StoredTile tiles = new StoredTile(
                new JpaTileSource("realm", database),
                log.privateParts(),
                signed.checkpoint(),
                index -> units.stream().anyMatch(unit -> unit.lacks(index)));
        for (long tile = 0; tile < tiles.count(); tile++) {
            found.addAll(tiles.check(tile));
        }
        found.addAll(rows.columns(0, size));
        found.addAll(rows.counts());
        found.addAll(rows.checkpoints(epoch.origin(), size));
        return found;
    }
}
