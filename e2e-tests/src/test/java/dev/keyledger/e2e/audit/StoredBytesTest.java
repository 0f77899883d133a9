package dev.keyledger.e2e.audit;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.keyledger.e2e.AdminClient;
import dev.keyledger.e2e.Http;
import dev.keyledger.e2e.SharedServer;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/**
 * How many bytes one event takes in PostgreSQL, indexes included, in our tables and in those of Keycloak's own stores, both
 * on. {@code -Dkeyledger.stored-bytes=3000} says how many events; what it printed last is in docs/performance.md.
 */
@EnabledIfSystemProperty(named = "keyledger.stored-bytes", matches = "[0-9]+")
class StoredBytesTest {
    private static final int EVENTS = Integer.getInteger("keyledger.stored-bytes", 0);
    private static final int PEOPLE = 100;
    private static final SharedServer SHARED = SharedServer.POSTGRES;
    private static final List<String> OURS =
            List.of("AUDIT_ENTRY", "AUDIT_PRIVATE", "AUDIT_NODE", "AUDIT_NAME", "AUDIT_SUBJECT_KEY");

    private final AdminClient admin = SHARED.admin();

    @Test
    void ofALoginAndOfACreatedUser() throws SQLException {
        String realm = SHARED.freshRealm("bytes");
        Http http = admin.realm(realm);
        ObjectNode settings = http.get("").expect(200).json().deepCopy();
        settings.put("eventsEnabled", true)
                .put("adminEventsEnabled", true)
                .put("adminEventsDetailsEnabled", true)
                .put("passwordPolicy", "hashAlgorithm(pbkdf2-sha256) and hashIterations(1)");
        http.put("", settings).expect(204);
        for (int i = 0; i < PEOPLE; i++) {
            admin.createUser(realm, "person-" + i, "person-password");
        }

        compare(
                realm,
                "login",
                "EVENT_ENTITY",
                i -> admin.login(realm, "admin-cli", "person-" + i % PEOPLE, "person-password")
                        .expect(200));
        compare(
                realm,
                "created user",
                "ADMIN_EVENT_ENTITY",
                i -> http.post("/users", person(i)).expect(201));
    }

    private static ObjectNode person(int number) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("username", "new-" + number)
                .put("email", "new-" + number + "@example.com")
                .put("firstName", "New")
                .put("lastName", "Person")
                .put("enabled", true);
    }

    private interface Step {
        void run(int number);
    }

    private void compare(String realm, String what, String store, Step step) throws SQLException {
        admin.auditLog(realm).awaitSealed();
        long ours = bytes(OURS);
        long theirs = bytes(List.of(store));
        for (int i = 0; i < EVENTS; i++) {
            step.run(i);
        }
        admin.auditLog(realm).awaitSealed();
        long oursGrew = bytes(OURS) - ours;
        long theirsGrew = bytes(List.of(store)) - theirs;
        assertThat(theirsGrew).as("Keycloak's own store is on").isPositive();
        System.out.printf(
                Locale.ROOT,
                "%s: %d bytes in our tables, %d in %s, ratio %.1f%n",
                what,
                oursGrew / EVENTS,
                theirsGrew / EVENTS,
                store,
                (double) oursGrew / theirsGrew);
    }

    private static long bytes(List<String> tables) throws SQLException {
        long bytes = 0;
        try (var connection = SHARED.connection();
                var statement = connection.createStatement()) {
            for (String table : tables) {
                try (ResultSet size = statement.executeQuery(
                        "select pg_total_relation_size('" + table.toLowerCase(Locale.ROOT) + "')")) {
                    assertThat(size.next()).isTrue();
                    bytes += size.getLong(1);
                }
            }
        }
        return bytes;
    }
}
