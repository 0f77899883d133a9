package dev.keyledger.audit.retention;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.keyledger.audit.storage.LogDirectory;
import dev.keyledger.audit.storage.TestDatabase;
import dev.keyledger.audit.storage.TestLog;
import dev.keyledger.log.FormatException;
import dev.keyledger.log.entry.EntryKind;
import dev.keyledger.log.json.CanonicalJson;
import dev.keyledger.log.json.JsonObject;
import dev.keyledger.log.json.JsonReader;
import java.io.IOException;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a realm decides is followed while row and entry say the same. */
class RetentionPoliciesTest {
    private static final RetentionPolicy SHORT = policy("{\"user\":\"P1M\",\"admin\":null,\"scim\":\"PT0S\"}");
    private static final RetentionPolicy LONG = policy("{\"user\":\"P3Y\",\"admin\":null,\"scim\":null}");

    private final TestDatabase database = TestDatabase.h2();
    private final TestLog log = new TestLog(database, "realm");
    private final RetentionPolicies policies =
            new RetentionPolicies(database, new LogDirectory(database, "log.example"), log::keys);

    @AfterEach
    void close() throws IOException {
        database.close();
    }

    @Test
    void followsTheLastDecision() {
        assertThat(policies.of("realm")).contains(RetentionPolicy.DEFAULT);

        decide(RetentionPolicy.DEFAULT, SHORT);
        assertThat(policies.of("realm")).contains(SHORT);

        log.node().run();
        decide(SHORT, LONG);
        assertThat(policies.of("realm")).contains(LONG);

        log.node().run();
        assertThat(policies.of("realm")).contains(LONG);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "update AUDIT_RETENTION set POLICY = replace(POLICY, 'P1M', 'P0M')",
                "update AUDIT_RETENTION set MAC = 'AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA='",
                "update AUDIT_RETENTION set GENERATION = GENERATION + 1",
                "update AUDIT_RETENTION set REALM_ID = 'other'",
                "delete from AUDIT_RETENTION"
            })
    void followsNothingThatSomebodyElseHasWritten(String sql) {
        decide(RetentionPolicy.DEFAULT, SHORT);
        log.node().run();

        database.tamper(sql);

        assertThat(policies.of("realm")).isEmpty();
    }

    @Test
    void followsNoRowThatWasPutBack() {
        decide(RetentionPolicy.DEFAULT, SHORT);
        log.node().run();
        Object mac = database.lines("select MAC from AUDIT_RETENTION").get(0);
        // longer ago than clocks may differ
        for (int i = 0; i < 6; i++) {
            log.stage("CREATE");
        }
        decide(SHORT, LONG);
        log.node().run();

        database.tamper("update AUDIT_RETENTION set MAC = '" + mac + "', POLICY = '"
                + CanonicalJson.format(SHORT.toJson()) + "'");

        assertThat(policies.of("realm")).isEmpty();
    }

    @Test
    void reckonsByTheCalendar() {
        long now = Instant.parse("2028-02-29T12:00:00Z").toEpochMilli();

        assertThat(policy("{\"user\":\"P12M\",\"admin\":\"PT36H\",\"scim\":\"PT0S\"}")
                        .cutoff(EntryKind.USER, now))
                .hasValue(Instant.parse("2027-02-28T12:00:00Z").toEpochMilli());
        assertThat(SHORT.cutoff(EntryKind.SCIM, now)).hasValue(now);
        assertThat(SHORT.cutoff(EntryKind.ADMIN, now)).isEmpty();
        assertThat(SHORT.cutoff(EntryKind.SYSTEM, now)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{\"user\":null,\"admin\":null}",
                "{\"user\":null,\"admin\":null,\"scim\":null,\"system\":\"P1D\"}",
                "{\"user\":12,\"admin\":null,\"scim\":null}",
                "{\"user\":\"12 months\",\"admin\":null,\"scim\":null}",
                "{\"user\":\"P-1D\",\"admin\":null,\"scim\":null}",
                "{\"user\":\"PT-1S\",\"admin\":null,\"scim\":null}",
                "{\"user\":\"P2000Y\",\"admin\":null,\"scim\":null}",
                "{\"user\":\"P999999999Y\",\"admin\":null,\"scim\":null}",
                "{\"user\":\"\",\"admin\":null,\"scim\":null}"
            })
    void refusesWhatIsNoPeriod(String periods) {
        assertThatThrownBy(() -> policy(periods))
                .isInstanceOf(FormatException.class)
                .hasMessageContaining("periods");
    }

    private void decide(RetentionPolicy before, RetentionPolicy after) {
        RetentionPolicy replaced = database.run(em -> policies.store(em, "realm", after));
        assertThat(replaced).isEqualTo(before);
        JsonObject details = new JsonObject(RetentionPolicies.facts(before, after));
        log.stage("RETENTION", "change", CanonicalJson.format(new JsonObject(Map.of("details", details))));
    }

    private static RetentionPolicy policy(String json) {
        return RetentionPolicy.parse(JsonReader.parseObject(json));
    }
}
