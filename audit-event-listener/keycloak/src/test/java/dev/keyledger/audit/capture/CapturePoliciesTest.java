package dev.keyledger.audit.capture;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keyledger.audit.key.KeyRing;
import dev.keyledger.audit.storage.CapturePolicyEntity;
import dev.keyledger.audit.storage.CodedRows;
import dev.keyledger.audit.storage.LogDirectory;
import dev.keyledger.audit.storage.MasterKeyEntity;
import dev.keyledger.audit.storage.TestDatabase;
import dev.keyledger.audit.storage.TestKeys;
import dev.keyledger.audit.storage.TestLog;
import dev.keyledger.log.entry.EntryKind;
import dev.keyledger.log.json.CanonicalJson;
import dev.keyledger.log.json.JsonObject;
import dev.keyledger.log.note.Ed25519Signer;
import java.io.IOException;
import java.security.SecureRandom;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class CapturePoliciesTest {
    private static final String REALM = "0b0b0b0b-0000-4000-8000-000000000001";
    private static final String OTHER = "0b0b0b0b-0000-4000-8000-000000000002";
    private static final CapturePolicy SERVER =
            new CapturePolicy(Map.of(EntryKind.USER, Set.of("REFRESH_TOKEN")), Set.of(), Set.of());
    private static final CapturePolicy WITHOUT_LOGINS =
            new CapturePolicy(Map.of(EntryKind.USER, Set.of("LOGIN")), Set.of(EntryKind.USER), Set.of());

    private final TestDatabase database = TestDatabase.h2();
    private final KeyRing keys = TestKeys.ring();

    @AfterAll
    void close() throws IOException {
        database.close();
    }

    @BeforeEach
    void empty() {
        for (String table : List.of("AUDIT_POLICY", "AUDIT_MASTER_KEY", "AUDIT_HEAD", "AUDIT_ENTRY", "AUDIT_FACET")) {
            database.tamper("delete from " + table);
        }
        for (String table : List.of("AUDIT_PRIVATE", "AUDIT_STAGE", "AUDIT_HOUR", "AUDIT_CHECKPOINT", "AUDIT_NAME")) {
            database.tamper("delete from " + table);
        }
    }

    @Test
    void anotherNodeFollowsWhatOneHasStored() {
        store(node(keys));
        CapturePolicies other = node(keys);

        assertThat(other.of(REALM)).as("before it has looked").isEqualTo(SERVER);
        assertThat(other.refresh().forged()).isEmpty();
        assertThat(other.of(REALM)).isEqualTo(WITHOUT_LOGINS);
        assertThat(other.of(OTHER)).as("a realm without a policy").isEqualTo(SERVER);
    }

    @Test
    void aPolicyIsFollowedUnderTheKeysThatCameAfterIt() {
        store(node(keys));
        KeyRing moved = TestKeys.moved(keys);
        CapturePolicies later = node(moved);

        assertThat(later.refresh().forged()).isEmpty();
        assertThat(later.of(REALM)).isEqualTo(WITHOUT_LOGINS);

        store(later);
        database.tamper("update AUDIT_POLICY set GENERATION = 1");
        assertThat(later.refresh().forged()).as("the number of another key").containsExactly(REALM);
    }

    @Test
    void aNodeWithOldKeysRecordsEverythingAndAccusesNobody() {
        store(node(TestKeys.moved(keys)));
        newerKeys();
        CapturePolicies old = node(keys);

        assertThat(old.refresh().forged()).isEmpty();
        assertThat(old.of(REALM)).isEqualTo(CapturePolicy.EVERYTHING);
    }

    @Test
    void ofARealmWhosePolicyWasTamperedWithEverythingIsRecordedUntilItIsGivenOneAgain() {
        CapturePolicies node = node(keys);
        store(node);
        node.refresh();

        database.tamper("update AUDIT_POLICY set POLICY = replace(POLICY, 'LOGIN', 'LOGOUT')");

        assertThat(node.refresh().forged()).containsExactly(REALM);
        assertThat(node.of(REALM)).isEqualTo(CapturePolicy.EVERYTHING);
        store(node);
        assertThat(node.refresh().forged()).isEmpty();
        assertThat(node.of(REALM)).isEqualTo(WITHOUT_LOGINS);
    }

    @Test
    void aRowThatIsGoneIsMissedByWhoHasSeenIt() {
        CapturePolicies node = node(keys);
        store(node);
        node.refresh();

        database.tamper("delete from AUDIT_POLICY");

        node.refresh();
        assertThat(node.refresh().forged()).as("and stays missed").containsExactly(REALM);
        assertThat(node.of(REALM)).isEqualTo(CapturePolicy.EVERYTHING);
        assertThat(node(keys).refresh().forged())
                .as("a node that starts, of one of which no log tells")
                .isEmpty();
    }

    @Test
    void aPolicyOfAnotherRealmIsNotThisOnes() {
        store(node(keys));
        database.tamper("update AUDIT_POLICY set REALM_ID = '" + OTHER + "'");
        CapturePolicies node = node(keys);

        assertThat(node.refresh().forged()).containsExactly(OTHER);
        assertThat(node.of(OTHER)).isEqualTo(CapturePolicy.EVERYTHING);
    }

    @Test
    void aNodeThatStartsMissesARowOfWhichTheLogTells() {
        TestLog log = log();
        decide(node(keys), log, WITHOUT_LOGINS);
        log.node().run();
        assertThat(node(keys).refresh().forged()).isEmpty();

        database.tamper("delete from AUDIT_POLICY");

        CapturePolicies started = node(keys);
        assertThat(started.refresh().forged()).containsExactly(REALM);
        assertThat(started.of(REALM)).isEqualTo(CapturePolicy.EVERYTHING);
        decide(started, log, WITHOUT_LOGINS);
        assertThat(started.refresh().forged()).as("it is given one again").isEmpty();
    }

    @Test
    void aRowThatIsPutBackIsNotWhatTheLogTellsLast() {
        TestLog log = log();
        CapturePolicies node = node(keys);
        decide(node, log, WITHOUT_LOGINS);
        node.refresh();
        Object policy = database.run(em -> em.find(CapturePolicyEntity.class, REALM).policy);
        Object mac = database.run(em -> em.find(CapturePolicyEntity.class, REALM).mac);
        for (int i = 0; i < 6; i++) {
            log.stage("CREATE");
        }
        decide(node, log, SERVER);
        log.node().run();
        assertThat(node.refresh().forged()).isEmpty();
        assertThat(node.of(REALM)).isEqualTo(SERVER);

        database.tamper("update AUDIT_POLICY set POLICY = '" + policy + "', MAC = '" + mac + "'");

        assertThat(node.refresh().forged()).containsExactly(REALM);
        assertThat(node.of(REALM)).isEqualTo(CapturePolicy.EVERYTHING);
        assertThat(node(keys).refresh().forged()).as("a node that starts").containsExactly(REALM);
    }

    @Test
    void whatIsStoredAlreadyIsNoDecision() {
        CapturePolicies node = node(keys);

        assertThat(database.<Optional<CapturePolicy>>run(em -> node.store(em, REALM, SERVER)))
                .as("the first one is, though nothing else is recorded than before")
                .contains(SERVER);
        assertThat(database.<Optional<CapturePolicy>>run(em -> node.store(em, REALM, SERVER)))
                .isEmpty();
        assertThat(database.<Optional<CapturePolicy>>run(em -> node.store(em, REALM, WITHOUT_LOGINS)))
                .contains(SERVER);
    }

    @Test
    void aMoveOfTheKeysGivesThePolicyACodeOfTheNewOne() {
        store(node(keys));
        KeyRing moved = TestKeys.moved(keys);

        database.run(em -> {
            CodedRows.renew(em, moved);
            return moved;
        });

        CapturePolicyEntity row = database.run(em -> em.find(CapturePolicyEntity.class, REALM));
        assertThat(row.generation).isEqualTo(2);
        assertThat(moved.isPolicy(row.mac, 2, REALM, row.policy)).isTrue();
        CapturePolicies later = node(moved);
        assertThat(later.refresh().forged()).isEmpty();
        assertThat(later.of(REALM)).isEqualTo(WITHOUT_LOGINS);
    }

    @Test
    void aNodeWithOldKeysGoesOnWithThePolicyThatItKnew() {
        CapturePolicies old = node(keys);
        store(old);
        old.refresh();
        newerKeys();
        KeyRing moved = TestKeys.moved(keys);
        database.run(em -> {
            CodedRows.renew(em, moved);
            return moved;
        });

        assertThat(old.refresh().forged()).isEmpty();
        assertThat(old.of(REALM)).isEqualTo(WITHOUT_LOGINS);
    }

    private TestLog log() {
        return new TestLog(database, REALM, keys, origin -> Ed25519Signer.generate(origin, new SecureRandom()));
    }

    private void decide(CapturePolicies node, TestLog log, CapturePolicy policy) {
        database.run(em -> node.store(em, REALM, policy));
        JsonObject after = new JsonObject(policy.attributes());
        log.stage("POLICY", "change", CanonicalJson.format(new JsonObject(Map.of("after", after))));
    }

    private void store(CapturePolicies node) {
        database.run(em -> node.store(em, REALM, WITHOUT_LOGINS));
    }

    private void newerKeys() {
        database.run(em -> {
            MasterKeyEntity newer = new MasterKeyEntity();
            newer.generation = 2;
            newer.custody = "file";
            newer.fingerprint = "newer";
            em.persist(newer);
            return newer;
        });
    }

    private CapturePolicies node(KeyRing ring) {
        return new CapturePolicies(
                SERVER, Set.of(EntryKind.USER), database, new LogDirectory(database, "log.example"), () -> ring);
    }
}
