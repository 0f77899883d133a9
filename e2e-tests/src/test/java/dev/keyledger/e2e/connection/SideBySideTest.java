package dev.keyledger.e2e.connection;

import static dev.keyledger.e2e.connection.Connections.json;
import static dev.keyledger.e2e.connection.Connections.patch;
import static dev.keyledger.e2e.connection.Connections.user;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.keyledger.e2e.Http;
import dev.keyledger.e2e.SharedServer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Okta with a provisioning token, Entra ID with tokens of its own and an HR system with a client of the realm, all at once. */
class SideBySideTest {
    private static final int EACH = 15;

    /** One of the clients, and the ids of the users whom it has made. */
    private record Side(String name, Http scim, List<String> ids) {
        Side(String name, Http scim) {
            this(name, scim, new ArrayList<>());
        }

        void provision() {
            for (int i = 0; i < EACH; i++) {
                ids.add(scim.post("/Users", user(name + "-user-" + i).put("externalId", name + "-" + i))
                        .expect(201)
                        .json()
                        .get("id")
                        .asText());
            }
        }

        JsonNode search(String filter) {
            return scim.get("/Users?filter=" + Http.encode(filter)).expect(200).json();
        }

        int total() {
            return scim.get("/Users?count=0")
                    .expect(200)
                    .json()
                    .get("totalResults")
                    .asInt();
        }
    }

    @ParameterizedTest
    @MethodSource("dev.keyledger.e2e.SharedServer#any")
    void threeConnectionsProvisionOneRealmAtTheSameTime(SharedServer shared) throws Exception {
        Connections connections = Connections.ofFreshRealm(shared, "side");
        try (ForeignIssuer issuer = ForeignIssuer.start()) {
            Side okta = okta(connections);
            Side entra = entra(connections, issuer);
            Side hr = hr(connections);
            List<Side> all = List.of(okta, entra, hr);
            provisionAtOnce(all);

            all.forEach(side -> assertOwnExternalIds(side, all));
            assertThat(entra.total()).as("sees its own only").isEqualTo(EACH);
            assertThat(okta.total()).isEqualTo(3 * EACH);
            entra.scim().get("/Users/" + hr.ids().get(0)).expect(404);
            okta.scim().get("/Users/" + hr.ids().get(0)).expect(200);

            assertWhoIsThereAlready(connections, okta, hr);
            assertLeavingAndReturning(connections, okta, entra, hr);
            all.forEach(side -> assertEntryNamesItsConnection(connections, side));
        }
    }

    private static Side okta(Connections connections) {
        connections.put("okta", "{'kind':'okta'}");
        String token = connections.issue("okta", "{'name':'t'}").get("token").asText();
        return new Side("okta", connections.anonymous().bearer(token));
    }

    private static Side entra(Connections connections, ForeignIssuer issuer) {
        connections.put(
                "entra",
                "{'kind':'entra','policy':{'visibility':'provisioned','deletion':'disable'},'issuer':{'issuer':'"
                        + issuer.url() + "','audience':'acme','subject':'sync','jwksUrl':'" + issuer.url()
                        + "/keys'}}");
        String token = issuer.sign(json("{'iss':'" + issuer.url() + "','aud':'acme','sub':'sync'}")
                .put("exp", Instant.now().getEpochSecond() + 600));
        return new Side("entra", connections.anonymous().bearer(token));
    }

    private static Side hr(Connections connections) {
        connections
                .admin()
                .createServiceAccount(connections.realm(), "hr-system", "hr-secret", List.of("manage-users"));
        connections.put("hr", "{'client':'hr-system','policy':{'existing':'adopt'}}");
        return new Side("hr", connections.asClient("hr-system"));
    }

    private static void provisionAtOnce(List<Side> sides) throws InterruptedException, ExecutionException {
        ExecutorService threads = Executors.newFixedThreadPool(sides.size());
        try {
            List<Future<?>> running = new ArrayList<>();
            sides.forEach(side -> running.add(threads.submit(side::provision)));
            for (Future<?> each : running) {
                each.get();
            }
        } finally {
            threads.shutdown();
        }
    }

    private static void assertOwnExternalIds(Side side, List<Side> all) {
        JsonNode own = side.search("externalId eq \"" + side.name() + "-0\"");
        assertThat(own.get("totalResults").asInt()).as(side.name()).isEqualTo(1);
        assertThat(own.at("/Resources/0/id").asText()).isEqualTo(side.ids().get(0));
        for (Side other : all) {
            if (!other.name().equals(side.name())) {
                assertThat(side.search("externalId eq \"" + other.name() + "-0\"")
                                .get("totalResults")
                                .asInt())
                        .as("%s looks for what %s calls it", side.name(), other.name())
                        .isZero();
            }
        }
    }

    private static void assertWhoIsThereAlready(Connections connections, Side okta, Side hr) {
        String veteran = connections.admin().createUser(connections.realm(), "veteran", "veteran-password");
        okta.scim().post("/Users", user("veteran")).expect(409);
        JsonNode adopted = hr.scim().post("/Users", user("veteran")).expect(201).json();
        assertThat(adopted.get("id").asText()).isEqualTo(veteran);
    }

    private static void assertLeavingAndReturning(Connections connections, Side okta, Side entra, Side hr) {
        Http admin = connections.admin().realm(connections.realm());
        String off = okta.ids().get(0);
        okta.scim()
                .patch("/Users/" + off, patch("{'op':'replace','path':'active','value':false}"))
                .expect(200);
        assertThat(admin.get("/users/" + off).json().get("enabled").asBoolean()).isFalse();

        String kept = entra.ids().get(0);
        entra.scim().delete("/Users/" + kept).expect(204);
        JsonNode user = admin.get("/users/" + kept).expect(200).json();
        assertThat(user.get("enabled").asBoolean()).isFalse();
        JsonNode back =
                entra.scim().post("/Users", user("entra-user-0")).expect(201).json();
        assertThat(back.get("id").asText()).isEqualTo(kept);
        assertThat(back.get("active").asBoolean()).isTrue();

        String gone = hr.ids().get(0);
        hr.scim().delete("/Users/" + gone).expect(204);
        admin.get("/users/" + gone).expect(404);
        hr.scim().post("/Users", user("hr-user-0")).expect(201);
    }

    private static void assertEntryNamesItsConnection(Connections connections, Side side) {
        connections.log().awaitSealed();
        JsonNode entry = connections.log().entries("kind=scim").stream()
                .filter(each -> each.toString().contains(side.ids().get(1)))
                .findFirst()
                .orElseThrow();
        assertThat(connections
                        .log()
                        .entry(entry.get("id").asText())
                        .at("/slots/actor/value/client")
                        .asText())
                .isEqualTo(side.name());
    }
}
