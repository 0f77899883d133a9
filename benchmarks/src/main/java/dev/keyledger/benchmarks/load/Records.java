package dev.keyledger.benchmarks.load;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.keyledger.e2e.Http;
import java.util.SplittableRandom;

/** What is recorded whether or not anybody speaks SCIM, by Keycloak's event stores and by our log. */
final class Records {
    private Records() {}

    /** A direct grant: one user event. */
    static Scenario login() {
        return (side, client) -> {
            SplittableRandom random = new SplittableRandom(client);
            String path = "/realms/" + side.realm() + "/protocol/openid-connect/token";
            String form = "grant_type=password&client_id=" + Realms.LOGIN_CLIENT + "&password="
                    + Http.encode(Realms.PASSWORD) + "&username=";
            return () -> Request.form(path, form + Realms.person(random.nextInt(Realms.PEOPLE)));
        };
    }

    /** An administrator creates a user: one admin event. */
    static Scenario createUser() {
        return (side, client) -> {
            String path = "/admin/realms/" + side.realm() + "/users";
            return () -> {
                String name = side.freshUserName();
                return Request.admin(
                        path,
                        JsonNodeFactory.instance
                                .objectNode()
                                .put("username", name)
                                .put("email", Bodies.email(name))
                                .put("firstName", "New")
                                .put("lastName", "Benchmark")
                                .put("enabled", true),
                        201);
            };
        };
    }
}
