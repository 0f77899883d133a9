package dev.keyledger.demo.day;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.keyledger.demo.company.Person;
import dev.keyledger.e2e.Http;

/** SCIM requests that must be refused, each for another reason. */
final class Refusals {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final Http scim;
    private final Http powerless;
    private final Runnable tick;

    /**
     * @param scim with the token of a client that may provision
     * @param powerless with the token of one that may not
     */
    Refusals(Http scim, Http powerless, Runnable tick) {
        this.scim = scim.with("Content-Type", "application/scim+json");
        this.powerless = powerless.with("Content-Type", "application/scim+json");
        this.tick = tick;
    }

    void all(Person known) {
        String filter = "/Users?filter=" + Http.encode("userName eq \"" + known.userName() + "\"");
        String id = scim.get(filter).expect(200).json().at("/Resources/0/id").asText();
        tick.run();
        refused(400, scim.get("/Users?filter=" + Http.encode("userName resembles \"a\"")));
        refused(409, scim.post("/Users", user(known.userName())));
        refused(400, scim.post("/Users", user("")));
        refused(400, scim.patch("/Users/" + id, replace("id", "another")));
        refused(404, scim.patch("/Users/00000000-0000-0000-0000-000000000000", replace("title", "Ghost")));
        refused(412, scim.with("If-Match", "W/\"stale\"").patch("/Users/" + id, replace("title", "Too late")));
        refused(403, powerless.post("/Users", user("intruder")));
        refused(401, scim.bearer("not-a-token").post("/Users", user("intruder")));
    }

    private void refused(int want, Http.Reply reply) {
        tick.run();
        reply.expect(want);
    }

    private static ObjectNode user(String userName) {
        ObjectNode user = JSON.createObjectNode().put("userName", userName);
        user.putArray("schemas").add("urn:ietf:params:scim:schemas:core:2.0:User");
        return user;
    }

    private static ObjectNode replace(String path, String value) {
        ObjectNode patch = JSON.createObjectNode();
        patch.putArray("schemas").add("urn:ietf:params:scim:api:messages:2.0:PatchOp");
        patch.putArray("Operations")
                .addObject()
                .put("op", "replace")
                .put("path", path)
                .put("value", value);
        return patch;
    }
}
