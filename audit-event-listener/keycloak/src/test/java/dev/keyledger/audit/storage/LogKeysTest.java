package dev.keyledger.audit.storage;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keyledger.audit.key.Custody;
import dev.keyledger.audit.key.KeyRing;
import dev.keyledger.audit.key.MasterKeys;
import dev.keyledger.audit.key.SigningKey;
import dev.keyledger.log.bundle.LogKey;
import dev.keyledger.log.checkpoint.SignedCheckpoint;
import dev.keyledger.log.entry.Entry;
import dev.keyledger.log.entry.EntryKind;
import dev.keyledger.log.note.NoteSignature;
import dev.keyledger.log.note.SignatureType;
import dev.keyledger.log.note.VerifierKey;
import dev.keyledger.log.sequence.Log;
import dev.keyledger.log.sequence.OutsideMemory;
import java.io.IOException;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A log whose keys follow each other, with an overlap of one minute. */
class LogKeysTest {
    private static final String LOG = "realm";
    private static final long OVERLAP = 60_000;

    private final SecureRandom random = new SecureRandom();
    private final TestDatabase database = TestDatabase.h2();
    private final InstantSource clock = () -> Instant.ofEpochMilli(this.now);
    private final LogDirectory directory = new LogDirectory(database, "log.example");
    private final String origin = directory.origin(LOG);
    private final MasterKeys masters =
            new KeyStorage(database, Map.of(), Duration.ZERO, random, clock).load(Custody.DATABASE);
    private final KeyRing ring = new KeyRing(masters, clock, random);
    private final LogKeys keys = new LogKeys(LOG, database);
    private long now = 1_767_225_600_000L;

    @AfterEach
    void close() throws IOException {
        database.close();
    }

    @Test
    void signsWithTheKeyInForce() {
        stage("CREATE", "USER");

        SignedCheckpoint signed = run();

        assertThat(signers(signed)).containsExactly(vkey(1));
        assertThat(keys.held(origin)).containsExactly(new HeldKey(1, vkey(1), null, null, null));
    }

    @Test
    void signsWithBothFromTheEntryOnAndThenWithTheNewOneAlone() {
        stage("CREATE", "USER");
        run();
        rotate();
        stage("CREATE", "USER");
        assertThat(signers(run())).as("not introduced yet").containsExactly(vkey(1));

        assertThat(introduce()).isTrue();
        SignedCheckpoint first = run();
        assertThat(signers(first)).containsExactly(vkey(2), vkey(1));
        assertThat(keys.held(origin).get(1).covered()).isEqualTo(new HeldKey.Covered(3, now));
        now += OVERLAP - 1;
        stage("UPDATE", "USER");
        assertThat(signers(run())).containsExactly(vkey(2), vkey(1));
        now += 1;
        stage("UPDATE", "USER");
        assertThat(signers(run())).containsExactly(vkey(2));
    }

    @Test
    void introducesAKeyOnce() {
        stage("CREATE", "USER");
        run();
        rotate();

        assertThat(lacking()).containsExactly(LOG);
        assertThat(introduce()).isTrue();
        assertThat(introduce()).isFalse();
        assertThat(lacking()).isEmpty();
    }

    @Test
    void skipsAKeyThatWasReplacedBeforeItWasIntroduced() {
        stage("CREATE", "USER");
        run();
        rotate();
        rotate();
        introduce();

        assertThat(signers(run())).containsExactly(vkey(3), vkey(1));
    }

    @Test
    void beginsALaterLogWithTheKeyInForceAlone() {
        rotate();
        stage("CREATE", "USER");

        assertThat(signers(run())).containsExactly(vkey(2));
        assertThat(introduce()).isFalse();
    }

    @Test
    void knowsThatALogFromBeforeBeganWithTheFirstKey() {
        stage("CREATE", "USER");
        run();
        database.tamper("delete from AUDIT_LOG_KEY");
        rotate();

        assertThat(introduce()).isTrue();
        assertThat(signers(run())).containsExactly(vkey(2), vkey(1));
    }

    @Test
    void tellsABundleWhatIntroducesEachKey() throws IOException {
        stage("CREATE", "USER");
        run();
        rotate();
        introduce();
        SignedCheckpoint first = run();
        now += OVERLAP;
        stage("UPDATE", "USER");
        SignedCheckpoint last = run();

        List<LogKey> history = keys.history(last, new JpaTileSource(LOG, database));

        assertThat(history).hasSize(2);
        assertThat(history.get(0)).isEqualTo(LogKey.first(vkey(1)));
        assertThat(history.get(1).vkey()).isEqualTo(vkey(2));
        assertThat(history.get(1).introduction()).isNotNull().satisfies(proof -> {
            assertThat(proof.checkpoint()).isEqualTo(first);
            assertThat(LogKey.introducedBy(Entry.parse(LogKey.leafOf(proof)), List.of()))
                    .contains(vkey(2));
        });
        assertThat(keys.history(first, new JpaTileSource(LOG, database))).hasSize(2);
    }

    @Test
    void cosignsOnceAnEntryHasIntroducedTheKeyForIt() {
        stage("CREATE", "USER");
        run();
        SigningKeys signing = new SigningKeys(masters, random, clock);
        for (int node = 0; node < 2; node++) {
            database.run(em -> {
                signing.addFirst(em, SigningKey.generateMlDsa(random));
                return signing;
            });
        }
        assertThat(database.count("SigningKeyEntity")).as("one of both nodes").isEqualTo(2);
        assertThat(keys.cosigner(origin, 1, signing, clock)).isEmpty();

        assertThat(introduce(SignatureType.ML_DSA_44)).isTrue();
        SignedCheckpoint signed = run();

        assertThat(signers(signed)).as("without a line of 3,276 characters").containsExactly(vkey(1));
        assertThat(keys.cosigner(origin, 1, signing, clock)).isEmpty();
        assertThat(keys.cosigner(origin, 2, signing, clock))
                .hasValueSatisfying(cosigner -> assertThat(cosigner.type()).isEqualTo(SignatureType.ML_DSA_44));
    }

    private void rotate() {
        database.run(em -> {
            new SigningKeys(masters, random, clock).add(em, SigningKey.generate(random));
            return true;
        });
    }

    private List<String> lacking() {
        return database.run(em -> LogKeys.lacking(em, SignatureType.ED25519));
    }

    /** As the server does it: the entry and the row in one transaction. */
    private boolean introduce() {
        return introduce(SignatureType.ED25519);
    }

    private boolean introduce(byte type) {
        return database.run(em -> {
            HeldKey lacked = LogKeys.lacked(em, LOG, origin, type).orElse(null);
            if (lacked != null) {
                StageEntity row = row(LogKey.OPERATION, LogKey.word(lacked.vkey()));
                LogKeys.introduce(em, LOG, lacked.number(), row.id);
                em.persist(row);
            }
            return lacked != null;
        });
    }

    private void stage(String operation, String resourceType) {
        StageEntity row = row(operation, resourceType);
        database.run(em -> {
            em.persist(row);
            return row;
        });
    }

    private StageEntity row(String operation, String resourceType) {
        String id = UUID.randomUUID().toString();
        Entry entry = new Entry(id, origin, EntryKind.SYSTEM, true, operation, resourceType, now, Map.of());
        return new StagedParts(Map.of()).toRow(LOG, entry, ring);
    }

    private SignedCheckpoint run() {
        SigningKeys signing = new SigningKeys(masters, random, clock);
        Log<StagedParts> log = new Log<>(
                new JpaLogStorage(LOG, database, directory, ring, clock, Runnable::run),
                head -> keys.signers(head.origin(), head.size(), OVERLAP, now, signing),
                OutsideMemory.NONE,
                clock);
        return log.run().orElseThrow();
    }

    private List<VerifierKey> signers(SignedCheckpoint signed) {
        List<VerifierKey> all = keys.held(origin).stream().map(HeldKey::vkey).toList();
        return signed.note().signatures().stream().map(line -> by(line, all)).toList();
    }

    private static VerifierKey by(NoteSignature line, List<VerifierKey> keys) {
        return keys.stream().filter(line::isBy).findFirst().orElseThrow();
    }

    private VerifierKey vkey(int number) {
        byte[] key = database.run(em -> Base64.getDecoder().decode(em.find(SigningKeyEntity.class, number).publicKey));
        return VerifierKey.ed25519(origin, key);
    }
}
