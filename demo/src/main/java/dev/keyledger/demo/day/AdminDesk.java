package dev.keyledger.demo.day;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.keyledger.demo.company.Person;
import dev.keyledger.e2e.Http;
import java.nio.charset.StandardCharsets;

/** What an administrator does by hand, through the Admin API that the console uses. */
final class AdminDesk {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final Http realm;
    private final Runnable tick;

    /** @param realm based at {@code /admin/realms/acme}, with an administrator's token */
    AdminDesk(Http realm, Runnable tick) {
        this.realm = realm;
        this.tick = tick;
    }

    /** Somebody marries: the name changes, and back on the next day. */
    void rename(Person person, String other) {
        ObjectNode user = user(person.userName());
        String now = user.path("lastName").asText();
        user.put("lastName", now.equals(other) ? person.familyName() : other);
        ticked(realm.put("/users/" + id(user), user)).expect(204);
    }

    void resetPassword(Person person, String password) {
        ObjectNode credential = JSON.createObjectNode()
                .put("type", "password")
                .put("value", password)
                .put("temporary", false);
        ticked(realm.put("/users/" + id(user(person.userName())) + "/reset-password", credential))
                .expect(204);
    }

    void setEnabled(Person person, boolean enabled) {
        ObjectNode user = user(person.userName());
        ticked(realm.put("/users/" + id(user), user.put("enabled", enabled))).expect(204);
    }

    /** Gives the role {@code employee}, and takes it away again from the second. */
    void assignRole(Person one, Person other) {
        JsonNode role = ticked(realm.get("/roles/employee")).expect(200).json();
        JsonNode roles = JSON.createArrayNode().add(role);
        String given = "/users/" + id(user(one.userName())) + "/role-mappings/realm";
        ticked(realm.post(given, roles)).expect(204);
        String taken = "/users/" + id(user(other.userName())) + "/role-mappings/realm";
        ticked(realm.post(taken, roles)).expect(204);
        ticked(realm.send("DELETE", taken, roles.toString().getBytes(StandardCharsets.UTF_8)))
                .expect(204);
    }

    /** Changes how long a session may be idle: half an hour, or three quarters. */
    void changeSessionIdle() {
        JsonNode settings = ticked(realm.get("")).expect(200).json();
        int idle = settings.path("ssoSessionIdleTimeout").asInt() == 1_800 ? 2_700 : 1_800;
        ticked(realm.put("", JSON.createObjectNode().put("ssoSessionIdleTimeout", idle)))
                .expect(204);
    }

    /** Describes the portal's client anew. */
    void describePortal(String description) {
        ObjectNode client = (ObjectNode)
                ticked(realm.get("/clients?clientId=portal")).expect(200).json().get(0);
        String now = client.path("description").asText();
        client.put("description", now.equals(description) ? description + ", reviewed" : description);
        ticked(realm.put("/clients/" + id(client), client)).expect(204);
    }

    private ObjectNode user(String userName) {
        JsonNode found = ticked(realm.get("/users?exact=true&username=" + Http.encode(userName)))
                .expect(200)
                .json();
        if (found.size() != 1) {
            throw new IllegalStateException("got " + found.size() + " users called " + userName + ", want 1");
        }
        return (ObjectNode) found.get(0);
    }

    private static String id(JsonNode json) {
        return json.get("id").asText();
    }

    private Http.Reply ticked(Http.Reply reply) {
        tick.run();
        return reply;
    }
}
