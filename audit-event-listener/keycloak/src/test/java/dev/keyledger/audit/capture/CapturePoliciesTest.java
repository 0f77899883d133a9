package dev.keyledger.audit.capture;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keyledger.audit.key.KeyRing;
import dev.keyledger.audit.storage.MasterKeyEntity;
import dev.keyledger.audit.storage.TestDatabase;
import dev.keyledger.audit.storage.TestKeys;
import dev.keyledger.log.entry.EntryKind;
import java.io.IOException;
import java.util.Map;
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
        database.tamper("delete from AUDIT_POLICY");
        database.tamper("delete from AUDIT_MASTER_KEY");
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
        database.run(em -> {
            MasterKeyEntity newer = new MasterKeyEntity();
            newer.generation = 2;
            newer.custody = "file";
            newer.fingerprint = "newer";
            em.persist(newer);
            return newer;
        });
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
        assertThat(node(keys).refresh().forged()).as("a node that starts").isEmpty();
    }

    @Test
    void aPolicyOfAnotherRealmIsNotThisOnes() {
        store(node(keys));
        database.tamper("update AUDIT_POLICY set REALM_ID = '" + OTHER + "'");
        CapturePolicies node = node(keys);

        assertThat(node.refresh().forged()).containsExactly(OTHER);
        assertThat(node.of(OTHER)).isEqualTo(CapturePolicy.EVERYTHING);
    }

    private void store(CapturePolicies node) {
        database.run(em -> node.store(em, REALM, WITHOUT_LOGINS));
    }

    private CapturePolicies node(KeyRing ring) {
        return new CapturePolicies(SERVER, Set.of(EntryKind.USER), database, () -> ring);
    }
}
