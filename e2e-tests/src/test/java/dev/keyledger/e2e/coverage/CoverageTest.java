package dev.keyledger.e2e.coverage;

import com.fasterxml.jackson.databind.JsonNode;
import dev.keyledger.e2e.AdminClient;
import dev.keyledger.e2e.AuditLog;
import dev.keyledger.e2e.DistLauncher;
import dev.keyledger.e2e.Distribution;
import dev.keyledger.e2e.KeycloakServer;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.Test;

/**
 * Does everything that the Admin REST API can do, and what people and applications can do, and compares what the log holds of it
 * with docs/coverage.md. With {@code -Dkeyledger.coverage.write=true} it writes that page instead.
 */
class CoverageTest {
    private static final Path PAGE = Path.of("..", "docs", "coverage.md");
    private static final String REALM = "coverage";
    private static final String PEOPLE = "people";
    private static final String PROVIDER = "provider";

    @Test
    void thePageOfCoverageIsTrue() throws IOException {
        Distribution distribution = Distribution.fromSystemProperties();
        DistLauncher launcher = DistLauncher.ofSystemProperties()
                .withDistribution(distribution.withFeatures("workflows"))
                // hundreds of requests: the second compiler pays
                .withJvm("");
        try (SmtpSink mails = new SmtpSink();
                KeycloakServer server = launcher.startAfresh("coverage")) {
            AdminClient admin = new AdminClient(server);
            AdminWalk requests = new AdminWalk(admin, server.baseUrl(), REALM, mails);
            Map<String, String> rows = requests.run();
            UserWalk people = people(admin, server.baseUrl(), mails);
            Set<String> seen = seen(admin.auditLog(PEOPLE));
            Map<String, String> reasons = reasons();

            SoftAssertions all = new SoftAssertions();
            all.assertThat(requests.failed()).as("requests that were refused").isEmpty();
            all.assertThat(people.failed()).as("steps that could not be done").isEmpty();
            all.assertThat(rows.keySet())
                    .as("operations of this distribution")
                    .containsExactlyInAnyOrderElementsOf(AdminOperations.of(distribution.home()));
            List<String> eventTypes = AdminOperations.eventTypes(distribution.home());
            all.assertThat(reasons.keySet())
                    .as("types that need a reason")
                    .containsExactlyInAnyOrderElementsOf(eventTypes.stream()
                            .filter(type -> !seen.contains(type))
                            .toList());
            String page = CoveragePage.of(
                    rows,
                    AdminOperations.resourceTypes(distribution.home()),
                    requests.adminEvents(),
                    eventTypes,
                    excludedEvents(admin),
                    seen,
                    reasons);
            if (Boolean.getBoolean("keyledger.coverage.write")) {
                Files.writeString(PAGE, page);
            }
            all.assertThat(Files.readString(PAGE)).isEqualTo(page);
            all.assertAll();
        }
    }

    /** In a realm that records everything. */
    private static UserWalk people(AdminClient admin, String base, SmtpSink mails) {
        admin.createRealm(PROVIDER);
        admin.createRealm(PEOPLE);
        UserWalk people = new UserWalk(admin, base, PEOPLE, mails);
        people.step("realm", () -> {
            people.api()
                    .put(
                            "",
                            UserWalk.json(
                                    "{'registrationAllowed':true,'resetPasswordAllowed':true,'editUsernameAllowed':true,"
                                            + "'smtpServer':{'host':'localhost','port':'" + mails.port()
                                            + "','from':'kc@example.com'}}"))
                    .expect(204);
            people.api()
                    .put("/audit-log/policy", UserWalk.json("{'excluded':{},'failOpen':[]}"))
                    .expect(200);
            admin.auditLog(PEOPLE).awaitSealed();
        });
        new TokenSteps(people).run();
        new SelfServiceSteps(people).run();
        new BrokerSteps(people, PROVIDER).run();
        return people;
    }

    private static Set<String> seen(AuditLog log) {
        log.awaitSealed();
        Set<String> types = new TreeSet<>();
        for (JsonNode entry : log.entries("kind=user")) {
            String outcome = entry.get("outcome").asText().equals("success") ? "" : "_ERROR";
            types.add(entry.get("operation").asText() + outcome);
        }
        return types;
    }

    /** Why a type of event is not raised here: {@code TYPE :: reason}. */
    private static Map<String, String> reasons() {
        Map<String, String> reasons = new TreeMap<>();
        try (InputStream file = CoverageTest.class.getResourceAsStream("/coverage/events.txt")) {
            String text = new String(
                    Objects.requireNonNull(file, "coverage/events.txt").readAllBytes(), StandardCharsets.UTF_8);
            text.lines().filter(line -> !line.startsWith("#")).forEach(line -> {
                String[] parts = line.split(" :: ", 2);
                reasons.put(parts[0], parts[1]);
            });
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return reasons;
    }

    private static Set<String> excludedEvents(AdminClient admin) {
        AuditLog server = new AuditLog(admin.realm("master").below("/audit-log/server"));
        JsonNode policy = server.awaitEntry("operation=POLICY");
        Set<String> excluded = new TreeSet<>();
        policy.at("/slots/change/value/after/excludedEvents").forEach(type -> excluded.add(type.asText()));
        return excluded;
    }
}
