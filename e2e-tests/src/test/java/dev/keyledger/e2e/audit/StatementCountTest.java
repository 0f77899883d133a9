package dev.keyledger.e2e.audit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keyledger.e2e.AdminClient;
import dev.keyledger.e2e.DistLauncher;
import dev.keyledger.e2e.Distribution;
import dev.keyledger.e2e.KeycloakServer;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/** What the log adds to a login's transactions: one INSERT, and nothing that is read. */
@EnabledIfSystemProperty(named = "keyledger.tests", matches = "all")
class StatementCountTest {

    private static final Pattern STATEMENT =
            Pattern.compile("DEBUG \\[org\\.hibernate\\.SQL] \\(executor-thread-\\d+\\)\\s+(\\S.*)");
    private static final int WARMING = 5;

    @Test
    void aLoginCostsOneInsertMore() throws InterruptedException {
        Distribution distribution = Distribution.fromSystemProperties();

        Map<String, Integer> without = statementsOfALogin(distribution.withoutJar(), "statements-without");
        Map<String, Integer> with = statementsOfALogin(distribution, "statements-with");

        Map<String, Integer> added = new TreeMap<>(with);
        without.forEach((statement, times) -> added.merge(statement, -times, Integer::sum));
        added.values().removeIf(times -> times == 0);
        assertThat(without).as("what Keycloak itself does").isNotEmpty();
        assertThat(added.values()).as("added statements: " + added).containsExactly(1);
        assertThat(added.keySet()).allMatch(statement -> statement.startsWith("insert into AUDIT_STAGE "));
    }

    /** How often each statement is sent by the threads that serve requests. */
    private static Map<String, Integer> statementsOfALogin(Distribution distribution, String name)
            throws InterruptedException {
        try (KeycloakServer server = DistLauncher.ofSystemProperties()
                .withDistribution(distribution)
                .withOptions("--log-level=INFO,org.hibernate.SQL:DEBUG")
                .startAfresh(name)) {
            AdminClient admin = new AdminClient(server);
            admin.createRealm("acme");
            admin.createUser("acme", "ada", "ada-password");
            for (int i = 0; i < WARMING; i++) {
                admin.login("acme", "admin-cli", "ada", "ada-password").expect(200);
            }
            TimeUnit.SECONDS.sleep(2);
            int before = server.logs().length();

            admin.login("acme", "admin-cli", "ada", "ada-password").expect(200);

            TimeUnit.SECONDS.sleep(2);
            Matcher found = STATEMENT.matcher(server.logs().substring(before));
            Map<String, Integer> times = new TreeMap<>();
            while (found.find()) {
                times.merge(found.group(1), 1, Integer::sum);
            }
            return times;
        }
    }
}
