package dev.keyledger.e2e.coverage;

import com.fasterxml.jackson.databind.JsonNode;
import dev.keyledger.e2e.AdminClient;
import dev.keyledger.e2e.AuditLog;
import dev.keyledger.e2e.Http;
import java.nio.charset.StandardCharsets;
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

/** Does the requests of {@code coverage/requests.txt} in a realm of its own, and looks after each at what the log has of it. */
final class AdminWalk {
    private static final Set<String> IN_THE_ADMINS_LOG = Set.of("POST /", "DELETE /{realm}");
    private static final String READS = "nothing: it changes nothing that is kept";

    private final AdminClient admin;
    private final String base;
    private final String realm;
    private final Map<String, String> ids = new HashMap<>();
    private final Set<String> seen = new HashSet<>();
    private final Set<String> adminEvents = new TreeSet<>();
    private final List<String> failed = new ArrayList<>();
    private Http http = new Http("");
    private Instant renewal = Instant.MIN;

    AdminWalk(AdminClient admin, String base, String realm, SmtpSink mails) {
        this.admin = admin;
        this.base = base;
        this.realm = realm;
        ids.put("realm", realm);
        ids.put("base", base);
        ids.put("smtp", Integer.toString(mails.port()));
    }

    /** The operations, and what each left in the log. */
    Map<String, String> run() {
        admin.createRealm(realm);
        Map<String, String> rows = new TreeMap<>();
        for (CoverageRequest request : CoverageRequest.all()) {
            String row = request.skipped().isEmpty() ? exercise(request) : "not exercised: " + request.skipped();
            if (request.isChanging()) {
                rows.putIfAbsent(request.operation(), row);
            }
        }
        return rows;
    }

    List<String> failed() {
        return failed;
    }

    /** The admin events that the log has, as {@code CREATE USER}. */
    Set<String> adminEvents() {
        return adminEvents;
    }

    private String exercise(CoverageRequest request) {
        String owner = IN_THE_ADMINS_LOG.contains(request.operation()) ? "master" : realm;
        AuditLog log = new AuditLog(realms().below("/" + owner + "/audit-log"));
        news(log);
        try {
            if (request.verb().equals("DO")) {
                step(request.template());
                return "";
            }
            byte[] body = request.body(ids).getBytes(StandardCharsets.UTF_8);
            Http.Reply reply =
                    realms().with("Content-Type", request.contentType()).send(request.verb(), request.path(ids), body);
            if (reply.status() >= 400) {
                failed.add(request.operation() + " " + reply.status() + " " + reply.text());
                return "refused";
            }
            if (!request.name().isEmpty()) {
                ids.put(request.name(), request.pointer().isEmpty() ? id(reply) : found(request, reply));
            }
        } catch (RuntimeException e) {
            failed.add(request.operation() + " " + e);
            return "refused";
        }
        List<JsonNode> entries = news(log);
        if (entries.isEmpty()) {
            return request.reads() ? READS : "nothing";
        }
        return entries.stream().map(AdminWalk::describe).collect(Collectors.joining("; "));
    }

    private static String found(CoverageRequest request, Http.Reply reply) {
        JsonNode value = reply.json().at(request.pointer());
        if (value.isMissingNode()) {
            throw new IllegalStateException("no " + request.pointer() + " in " + reply.text());
        }
        return value.asText();
    }

    /** What people do in between. */
    private void step(String name) {
        switch (name) {
            case "login" ->
                admin.login(realm, "admin-cli", "zed", UserWalk.PASSWORD).expect(200);
            case "wrong" -> {
                admin.login(realm, "admin-cli", "zed", "wrong").expect(400, 401);
                // Keycloak counts it later, and that is not what the next request does.
                admin.auditLog(realm).awaitEntry("operation=USER_DISABLED_BY_TEMPORARY_LOCKOUT");
            }
            case "consent" ->
                new Pages(base)
                        .open(base + "/realms/" + realm
                                + "/protocol/openid-connect/auth?client_id=asking&response_type=code&scope=openid&redirect_uri="
                                + Http.encode(UserWalk.APP))
                        .submit("username", "zed", "password", UserWalk.PASSWORD)
                        .submit("accept", "Yes")
                        .parameter("code");
            default -> throw new IllegalArgumentException("no step is called " + name);
        }
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
                log.http().get("/entries?max=50").expect(200).json().get("entries")) {
            String id = entry.get("id").asText();
            boolean own = entry.get("operation").asText().equals("LOGIN");
            if (seen.add(id) && !own) {
                JsonNode whole = log.entry(id);
                fresh.add(whole);
                if (whole.get("kind").asText().equals("admin")) {
                    adminEvents.add(whole.get("operation").asText() + " "
                            + whole.get("resourceType").asText());
                }
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
}
