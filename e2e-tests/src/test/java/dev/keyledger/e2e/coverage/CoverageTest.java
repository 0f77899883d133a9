package dev.keyledger.e2e.coverage;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.keyledger.e2e.AdminClient;
import dev.keyledger.e2e.AuditLog;
import dev.keyledger.e2e.Distribution;
import dev.keyledger.e2e.Http;
import dev.keyledger.e2e.SharedServer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/**
 * Does everything that the Admin REST API can do, and compares what the log holds of it with docs/coverage.md. With {@code
 * -Dkeyledger.coverage.write=true} it writes that page instead.
 */
class CoverageTest {
    private static final Path PAGE = Path.of("..", "docs", "coverage.md");
    private static final Set<String> IN_THE_ADMINS_LOG = Set.of("POST /", "DELETE /{realm}");

    private final AdminClient admin = SharedServer.H2.admin();
    private final String realm = SharedServer.H2.freshRealm("coverage");
    private final Map<String, String> ids = new HashMap<>(Map.of("realm", realm));
    private final Set<String> seen = new HashSet<>();
    private Http http = new Http("");
    private Instant renewal = Instant.MIN;

    @Test
    void thePageOfCoverageIsTrue() throws IOException {
        Path distribution = Distribution.fromSystemProperties().home();
        Map<String, String> rows = new TreeMap<>();
        List<String> failed = new ArrayList<>();
        for (CoverageRequest request : CoverageRequest.all()) {
            String row =
                    request.skipped().isEmpty() ? exercise(request, failed) : "not exercised: " + request.skipped();
            if (request.isChanging()) {
                rows.putIfAbsent(request.operation(), row);
            }
        }

        assertThat(failed).as("requests that were refused").isEmpty();
        assertThat(rows.keySet())
                .as("operations of this distribution")
                .containsExactlyInAnyOrderElementsOf(AdminOperations.of(distribution));
        String page = CoveragePage.of(rows, AdminOperations.eventTypes(distribution), excludedEvents());
        if (Boolean.getBoolean("keyledger.coverage.write")) {
            Files.writeString(PAGE, page);
        }
        assertThat(Files.readString(PAGE)).isEqualTo(page);
    }

    private String exercise(CoverageRequest request, List<String> failed) {
        String owner = IN_THE_ADMINS_LOG.contains(request.operation()) ? "master" : realm;
        AuditLog log = new AuditLog(realms().below("/" + owner + "/audit-log"));
        news(log);
        byte[] body = request.body(ids).getBytes(StandardCharsets.UTF_8);
        Http typed = body.length > 0 && body[0] != '{' && body[0] != '[' && body[0] != '"'
                ? realms().with("Content-Type", "text/plain")
                : realms();
        Http.Reply reply = typed.send(request.verb(), request.path(ids), body);
        if (reply.status() >= 400) {
            failed.add(request.operation() + " " + reply.status() + " " + reply.text());
            return "refused";
        }
        if (!request.name().isEmpty()) {
            ids.put(request.name(), id(reply));
        }
        List<JsonNode> entries = news(log);
        return entries.isEmpty()
                ? "nothing"
                : entries.stream().map(CoverageTest::describe).collect(Collectors.joining("; "));
    }

    /** With a token that lasts for some requests: each login has its price, and an entry. */
    private Http realms() {
        if (Instant.now().isAfter(renewal)) {
            http = admin.http().below("/admin/realms");
            renewal = Instant.now().plusSeconds(20);
        }
        return http;
    }

    private static String id(Http.Reply reply) {
        if (reply.header("Location").isPresent()) {
            return AdminClient.createdId(reply);
        }
        JsonNode json = reply.json();
        JsonNode found = json.isArray() ? json.get(0) : json;
        return (found.has("id") ? found.get("id") : found.get("_id")).asText();
    }

    /** The entries, staged or sealed, that were not there the last time, but for the logins of this test itself. */
    private List<JsonNode> news(AuditLog log) {
        Set<JsonNode> fresh = new TreeSet<>((one, other) -> describe(one).compareTo(describe(other)));
        for (JsonNode entry :
                log.http().get("/entries?max=20").expect(200).json().get("entries")) {
            String id = entry.get("id").asText();
            boolean own = entry.get("operation").asText().equals("LOGIN");
            if (seen.add(id) && !own) {
                fresh.add(log.entry(id));
            }
        }
        return List.copyOf(fresh);
    }

    private static String describe(JsonNode entry) {
        JsonNode change = entry.at("/slots/change/value");
        boolean before = change.path("before").isObject();
        boolean after = change.path("after").isObject();
        String told = before ? (after ? "before and after" : "before") : (after ? "after" : "no change");
        return "`" + entry.get("kind").asText() + " " + entry.get("operation").asText() + " "
                + entry.get("resourceType").asText() + "`, " + told;
    }

    private Set<String> excludedEvents() {
        AuditLog server = new AuditLog(admin.realm("master").below("/audit-log/server"));
        JsonNode policy = server.awaitEntry("operation=POLICY");
        Set<String> excluded = new TreeSet<>();
        policy.at("/slots/change/value/after/excludedEvents").forEach(type -> excluded.add(type.asText()));
        return excluded;
    }
}
