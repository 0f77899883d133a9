package dev.keyledger.audit.storage;

import dev.keyledger.audit.key.KeyRing;
import dev.keyledger.log.entry.Commitment;
import dev.keyledger.log.entry.Disclosure;
import dev.keyledger.log.entry.Entry;
import dev.keyledger.log.entry.EntryIds;
import dev.keyledger.log.entry.EntryKind;
import dev.keyledger.log.entry.Erasure;
import dev.keyledger.log.entry.Slot;
import dev.keyledger.log.note.Ed25519Signer;
import dev.keyledger.log.note.Signer;
import dev.keyledger.log.note.VerifierKey;
import dev.keyledger.log.sequence.Log;
import dev.keyledger.log.sequence.OutsideMemory;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ForkJoinPool;
import java.util.function.Function;

/** One log in a test database, with entries as capture makes them and a sequencer that runs when it is told. */
public final class TestLog {
    private static final InstantSource CLOCK = InstantSource.system();
    private static final EntryIds IDS = new EntryIds(CLOCK, new SecureRandom());

    private static final Set<String> OF_THE_LOG =
            Set.of(Erasure.OPERATION, "ARCHIVE", "CLEAR", "POLICY", "PRUNE", "RETENTION");

    private final TestDatabase database;
    private final String logId;
    private final KeyRing keys;
    private final LogDirectory directory;
    private final Signer signer;
    private long time = 1_767_225_600_000L;

    public TestLog(TestDatabase database, String logId) {
        this(database, logId, TestKeys.ring(), origin -> Ed25519Signer.generate(origin, new SecureRandom()));
    }

    /** A log whose keys others have too. */
    public TestLog(TestDatabase database, String logId, KeyRing keys, Function<String, Signer> signers) {
        this.database = database;
        this.logId = logId;
        this.keys = keys;
        this.directory = new LogDirectory(database, "log.example");
        this.signer = signers.apply(directory.origin(logId));
    }

    public VerifierKey verifierKey() {
        return signer.verifierKey();
    }

    public KeyRing keys() {
        return keys;
    }

    /** One node's view of the log: it remembers the head that it saw last. */
    public Log<StagedParts> node() {
        return node(OutsideMemory.NONE);
    }

    /** The same, with somebody outside who remembers the log. */
    public Log<StagedParts> node(OutsideMemory outside) {
        JpaLogStorage storage = new JpaLogStorage(logId, database, directory, keys, CLOCK, ForkJoinPool.commonPool());
        return new Log<>(storage, List.of(signer), outside, CLOCK);
    }

    /** Stages an entry of these slots; answers its id. Each is one second later than the one before. */
    public String stage(String operation, String... labelsAndValues) {
        return stage(row(operation, labelsAndValues));
    }

    /** Stages such a row; answers its id. */
    public String stage(StageEntity row) {
        return database.run(em -> {
            em.persist(row);
            return row.id;
        });
    }

    /** Makes the row of such an entry, and does not store it; some are of the log itself, and REGISTER is a user's. */
    public StageEntity row(String operation, String... labelsAndValues) {
        StagedParts parts = TestKeys.parts(labelsAndValues);
        String origin = directory.origin(logId);
        String id = IDS.next();
        Map<Slot, Commitment> commitments = new EnumMap<>(Slot.class);
        for (Map.Entry<Slot, Disclosure> slot : parts.slots().entrySet()) {
            commitments.put(slot.getKey(), Commitment.of(origin, id, slot.getValue()));
        }
        time += 1_000;
        EntryKind kind = OF_THE_LOG.contains(operation)
                ? EntryKind.SYSTEM
                : operation.equals("REGISTER") ? EntryKind.USER : EntryKind.ADMIN;
        return parts.toRow(logId, new Entry(id, origin, kind, true, operation, "USER", time, commitments), keys);
    }

    public EntrySearch search() {
        return new EntrySearch(logId, database, keys);
    }

    public PrivateReader privateParts() {
        return new PrivateReader(logId, database, keys);
    }

    public LogStatus status() {
        return LogStatus.read(database, logId);
    }
}
