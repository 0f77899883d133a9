package dev.keyledger.e2e.audit;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.keyledger.e2e.AdminClient;
import dev.keyledger.e2e.Http;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

/**
 * A person of whom a realm's log has thousands of entries and who has had two names and two addresses: changes by an admin,
 * memberships, logins, and many more logins that were refused, which cost the server least.
 *
 * @param identifiers everything that tells who it is: id, names, addresses
 */
record ManyEntries(String id, List<String> identifiers) {
    /** Ten thousand with {@code -Dkeyledger.tests=all}; enough for several transactions of an erasure otherwise. */
    static final int COUNT = "all".equals(System.getProperty("keyledger.tests")) ? 10_000 : 2_000;

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int CHANGES = 60;
    private static final int LOGINS = 60;
    private static final int THREADS = 6;
    private static final String PASSWORD = "correct horse";

    static ManyEntries of(AdminClient admin, String baseUrl, String realm, String mark) throws Exception {
        String address = "203.0.113." + (1 + Math.floorMod(mark.hashCode(), 254));
        Http users = admin.realm(realm);
        String id = made(users.post("/users", user(mark, "-zoe", "old", true)).expect(201));
        users.put(
                        "/users/" + id + "/reset-password",
                        JSON.createObjectNode().put("type", "password").put("value", PASSWORD))
                .expect(204);
        for (int i = 0; i < CHANGES; i++) {
            users.put("/users/" + id, user(mark, i % 2 == 0 ? "-married" : "-zoe", i % 2 == 0 ? "new" : "old", true))
                    .expect(204);
        }
        String group = made(users.post("/groups", JSON.createObjectNode().put("name", "team"))
                .expect(201));
        users.put("/users/" + id + "/groups/" + group, JSON.createObjectNode()).expect(204);
        Http person = new Http(baseUrl).with("X-Forwarded-For", address);
        many(LOGINS, () -> login(person, realm, mark + "-zoe", PASSWORD).expect(200));
        // Her name, tried by somebody whom Keycloak does not know, as she is called otherwise now.
        login(person, realm, mark + "-married", PASSWORD).expect(400, 401);
        users.put("/users/" + id, user(mark, "-zoe", "old", false)).expect(204);
        many(COUNT, () -> login(person, realm, mark + "-zoe", PASSWORD).expect(400, 401));
        return new ManyEntries(
                id,
                List.of(
                        id,
                        mark + "-zoe",
                        mark + "-married",
                        mark + "@old.example",
                        mark + "@new.example",
                        mark + "-given",
                        mark + "-family",
                        address));
    }

    /** That each of these texts has something of the person, or none anything. */
    void assertIn(List<String> texts, boolean wanted) {
        assertThat(texts).isNotEmpty();
        for (String text : texts) {
            String lower = text.toLowerCase(Locale.ROOT);
            List<String> found = identifiers.stream()
                    .filter(each -> lower.contains(each.toLowerCase(Locale.ROOT)))
                    .toList();
            assertThat(!found.isEmpty())
                    .as("%s in %s", found, text.substring(0, Math.min(300, text.length())))
                    .isEqualTo(wanted);
        }
    }

    /** Every column of every table, Keycloak's own included. */
    void assertInNoColumn(Connection database) throws SQLException {
        Set<String> tables = new TreeSet<>();
        try (ResultSet columns = database.getMetaData().getColumns(null, "public", "%", "%")) {
            while (columns.next()) {
                tables.add(columns.getString("TABLE_NAME"));
            }
        }
        assertThat(tables).hasSizeGreaterThan(50).contains("audit_private");
        try (Statement statement = database.createStatement()) {
            for (String table : tables) {
                String sql = "select t::text from \"" + table + "\" t where t::text ~* '"
                        + String.join("|", identifiers) + "' limit 1";
                try (ResultSet row = statement.executeQuery(sql)) {
                    assertThat(row.next() ? row.getString(1) : "").as(table).isEmpty();
                }
            }
        }
    }

    private static void many(int count, Runnable request) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(THREADS);
        try {
            AtomicInteger left = new AtomicInteger(count);
            List<Future<?>> done = new ArrayList<>();
            IntStream.range(0, THREADS)
                    .forEach(i -> done.add(threads.submit(() -> {
                        while (left.getAndDecrement() > 0) {
                            request.run();
                        }
                    })));
            for (Future<?> each : done) {
                each.get();
            }
        } finally {
            threads.shutdownNow();
        }
    }

    private static Http.Reply login(Http person, String realm, String name, String password) {
        return person.form(
                "/realms/" + realm + "/protocol/openid-connect/token",
                Map.of("grant_type", "password", "client_id", "admin-cli", "username", name, "password", password));
    }

    private static ObjectNode user(String mark, String name, String host, boolean enabled) {
        ObjectNode user = JSON.createObjectNode()
                .put("username", mark + name)
                .put("email", mark + "@" + host + ".example")
                .put("firstName", mark + "-given")
                .put("lastName", mark + "-family")
                .put("enabled", enabled);
        ArrayNode none = JSON.createArrayNode();
        user.set("requiredActions", none);
        return user;
    }

    private static String made(Http.Reply reply) {
        String location = reply.header("Location").orElseThrow();
        return location.substring(location.lastIndexOf('/') + 1);
    }
}
