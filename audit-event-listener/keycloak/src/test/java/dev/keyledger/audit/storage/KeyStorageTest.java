package dev.keyledger.audit.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.keyledger.audit.key.Custody;
import dev.keyledger.audit.key.KeyException;
import dev.keyledger.audit.key.KeyFile;
import dev.keyledger.audit.key.KeyPlace;
import dev.keyledger.audit.key.KeyRing;
import dev.keyledger.audit.key.MasterKey;
import dev.keyledger.audit.key.MasterKeys;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KeyStorageTest {
    private static final long NOW = 1_767_225_600_000L;

    private final SecureRandom random = new SecureRandom();
    private final TestDatabase database = TestDatabase.h2();

    @TempDir
    Path folder = Path.of("");

    @AfterEach
    void close() throws IOException {
        database.close();
    }

    @Test
    void makesTheKeysOnceAndReadsThemFromThenOn() {
        MasterKeys made = storage().load(Custody.DATABASE);

        assertThat(storage().load(Custody.DATABASE)).isEqualTo(made);
        assertThat(made.generations()).hasSize(1);
        assertThat(database.count("SigningKeyEntity")).isEqualTo(1);
        assertThat(KeyStorage.inForce(database)).contains(Custody.DATABASE);
    }

    @Test
    void givesAllNodesThatStartTogetherTheSameKey() {
        long different = IntStream.range(0, 8)
                .parallel()
                .mapToObj(node -> storage().load(Custody.DATABASE).newest().key())
                .distinct()
                .count();

        assertThat(different).isEqualTo(1);
        assertThat(database.count("SigningKeyEntity")).isEqualTo(1);
    }

    @Test
    void makesTheFirstKeyInTheFileAndLeavesNoneInTheDatabase() throws KeyException {
        MasterKeys made = storage().load(Custody.FILE);

        assertThat(file().read()).contains(made.newest().key());
        assertThat(storage().load(Custody.FILE)).isEqualTo(made);
        assertThat(secret(1)).isNull();
    }

    @Test
    void makesNoOtherKeyForALogThatHasEntries() {
        useTheLog();

        assertThatIllegalStateException()
                .isThrownBy(() -> storage().load(Custody.DATABASE))
                .withMessage("AUDIT_MASTER_KEY is empty although the log has been used; restore it");
        assertThatIllegalStateException().isThrownBy(() -> storage().load(Custody.FILE));
        assertThat(folder.resolve("key.pem")).doesNotExist();
    }

    @Test
    void takesOverWhatAnEarlierVersionMade() {
        MasterKeys made = storage().load(Custody.DATABASE);
        String master = secret(1);
        database.tamper("delete from AUDIT_MASTER_KEY");
        database.tamper("delete from AUDIT_SIGNING_KEY");
        database.tamper("update AUDIT_KEY set MASTER_KEY = '" + master + "', SIGNING_SEED = '" + master
                + "', PUBLIC_KEY = '" + master + "', CREATED_TIME = 5");
        useTheLog();

        assertThat(storage().load(Custody.DATABASE).newest().key())
                .isEqualTo(made.newest().key());
        assertThat(storage().load(Custody.DATABASE).generations()).hasSize(1);
        assertThat(database.count("SigningKeyEntity")).isEqualTo(1);
    }

    @Test
    void aMoveGivesWhatBearsACodeOfTheOldKeyOneOfTheNew() {
        KeyRing before = new KeyRing(storage().load(Custody.DATABASE), InstantSource.system(), random);
        database.run(em -> {
            CapturePolicyEntity policy = new CapturePolicyEntity();
            policy.realmId = "realm";
            policy.policy = "{}";
            policy.generation = 1;
            policy.mac = before.policyCode("realm", "{}");
            em.persist(policy);
            CapturePolicyEntity forged = new CapturePolicyEntity();
            forged.realmId = "forged";
            forged.policy = "{}";
            forged.generation = 1;
            forged.mac = "forged";
            em.persist(forged);
            RetentionEntity retention = new RetentionEntity();
            retention.realmId = "realm";
            retention.policy = "{}";
            retention.generation = 1;
            retention.mac = before.policyCode(retention.place(), "{}");
            em.persist(retention);
            return em;
        });
        Verifications verifications = new Verifications(database);
        verifications.claim("realm", 1, Duration.ofSeconds(1));
        verifications.finish("realm", List.of(), 3L, 2, before);

        KeyRing moved = new KeyRing(storage().load(Custody.FILE), InstantSource.system(), random);

        CapturePolicyEntity policy = database.run(em -> em.find(CapturePolicyEntity.class, "realm"));
        assertThat(policy.generation).isEqualTo(2);
        assertThat(moved.isPolicy(policy.mac, 2, "realm", "{}")).isTrue();
        RetentionEntity retention = database.run(em -> em.find(RetentionEntity.class, "realm"));
        assertThat(moved.isPolicy(retention.mac, retention.generation, retention.place(), "{}"))
                .isTrue();
        assertThat(retention.generation).isEqualTo(2);
        assertThat(verifications.own("realm", moved).verifiedSize()).isEqualTo(3);
        assertThat(database.lines("select GENERATION from AUDIT_VERIFICATION").get(0))
                .hasToString("2");
        CapturePolicyEntity forged = database.run(em -> em.find(CapturePolicyEntity.class, "forged"));
        assertThat(forged.generation)
                .as("what was never right does not become so")
                .isEqualTo(1);
    }

    @Test
    void movesToAFileAndKeepsTheOldKeyOnlySealedUnderTheNewOne() throws KeyException {
        MasterKey old = storage().load(Custody.DATABASE).newest().key();
        String clear = String.valueOf(secret(1));

        MasterKeys moved = storage().load(Custody.FILE);

        assertThat(moved.newest().number()).isEqualTo(2);
        assertThat(file().read()).contains(moved.newest().key());
        assertThat(moved.generations().get(1).key()).isEqualTo(old);
        assertThat(moved.generations().get(1).capturesUntil()).isEqualTo(NOW + 3_600_000);
        assertThat(secret(1)).isNotNull().doesNotContain(clear);
        assertThat(secret(2)).isNull();
        assertThat(database.count("SigningKeyEntity")).isEqualTo(2);
        assertThat(storage().load(Custody.FILE)).isEqualTo(moved);
        assertThat(KeyStorage.inForce(database)).contains(Custody.FILE);
    }

    @Test
    void movesToAFileThatWasMadeBeforeACrash() throws KeyException {
        storage().load(Custody.DATABASE);
        MasterKey left = file().make();

        assertThat(storage().load(Custody.FILE).newest().key()).isEqualTo(left);
    }

    @Test
    void movesOnceWhenAllNodesStartTogether() {
        storage().load(Custody.DATABASE);

        long different = IntStream.range(0, 8)
                .parallel()
                .mapToObj(node -> storage().load(Custody.FILE))
                .distinct()
                .count();

        assertThat(different).isEqualTo(1);
        assertThat(database.count("MasterKeyEntity")).isEqualTo(2);
    }

    @Test
    void movesBackAndReadsAllThatCameBefore() {
        MasterKey first = storage().load(Custody.DATABASE).newest().key();
        MasterKey second = storage().load(Custody.FILE).newest().key();

        MasterKeys back = storage().load(Custody.DATABASE);

        assertThat(back.generations().stream().map(MasterKeys.Generation::key))
                .hasSize(3)
                .containsSubsequence(second, first);
    }

    @Test
    void makesNoSecondKeyWhenTheFileIsGone() throws IOException {
        storage().load(Custody.FILE);
        Files.delete(folder.resolve("key.pem"));

        assertThatIllegalStateException()
                .isThrownBy(() -> storage().load(Custody.FILE))
                .withMessageContaining("key.pem is not there; it holds the log's master key, put it back");
        assertThatIllegalStateException().isThrownBy(() -> storage().load(Custody.DATABASE));
        assertThat(folder.resolve("key.pem")).doesNotExist();
        assertThat(database.count("MasterKeyEntity")).isEqualTo(1);
    }

    @Test
    void refusesAnotherKeyThanTheLogs() throws IOException, KeyException {
        storage().load(Custody.FILE);
        Files.delete(folder.resolve("key.pem"));
        file().make();

        assertThatIllegalStateException()
                .isThrownBy(() -> storage().load(Custody.FILE))
                .withMessageContaining("holds another key than the log's: fingerprint ");
    }

    @Test
    void refusesATableThatWasSetBackBehindTheMove() throws KeyException {
        storage().load(Custody.FILE);
        String key =
                Base64.getEncoder().encodeToString(file().read().orElseThrow().bytes());
        database.tamper("update AUDIT_MASTER_KEY set CUSTODY = 'database', SECRET = '" + key + "'");

        assertThatIllegalStateException()
                .isThrownBy(() -> storage().load(Custody.FILE))
                .withMessageContaining("has been this log's before");
    }

    @Test
    void asksWhereTheKeyIsUntilItIsMoved() {
        storage().load(Custody.FILE);

        assertThatIllegalStateException()
                .isThrownBy(() -> new KeyStorage(database, Map.of(), Duration.ZERO, random, () -> Instant.now())
                        .load(Custody.DATABASE))
                .withMessage(
                        "the log's master key is under custody file, and the options do not say where; they have to"
                                + " until it is moved");
    }

    @Test
    void refusesAKeyOfWhichAPartIsGone() {
        storage().load(Custody.DATABASE);
        database.tamper("update AUDIT_MASTER_KEY set SECRET = null");

        assertThatIllegalStateException().isThrownBy(() -> storage().load(Custody.DATABASE));
    }

    @Test
    void refusesATableWithoutTheRowToLock() {
        database.tamper("delete from AUDIT_KEY");

        assertThatIllegalStateException()
                .isThrownBy(() -> storage().load(Custody.DATABASE))
                .withMessage("AUDIT_KEY has no row 'server', the changelog inserts it");
    }

    private void useTheLog() {
        TestLog log = new TestLog(database, "realm");
        log.stage("CREATE");
        log.node().run();
    }

    private KeyStorage storage() {
        Map<Custody, KeyPlace> places = Map.of(Custody.FILE, file());
        return new KeyStorage(database, places, Duration.ofHours(1), random, () -> Instant.ofEpochMilli(NOW));
    }

    private KeyFile file() {
        return new KeyFile(folder.resolve("key.pem"), null, random);
    }

    private @Nullable String secret(int generation) {
        return database.run(em -> em.find(MasterKeyEntity.class, generation).secret);
    }
}
