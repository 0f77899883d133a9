package dev.keyledger.benchmarks.load;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** The request bodies, the same for every server. */
final class Bodies {
    private static final String USER = "urn:ietf:params:scim:schemas:core:2.0:User";
    private static final String GROUP = "urn:ietf:params:scim:schemas:core:2.0:Group";
    private static final String PATCH = "urn:ietf:params:scim:api:messages:2.0:PatchOp";
    private static final String BULK = "urn:ietf:params:scim:api:messages:2.0:BulkRequest";

    private Bodies() {}

    /** What an identity provider sends of a person at least. */
    static ObjectNode user(String userName, String givenName) {
        ObjectNode user = message(USER)
                .put("userName", userName)
                .put("externalId", externalId(userName))
                .put("active", true);
        user.putObject("name").put("givenName", givenName).put("familyName", "Benchmark");
        user.putArray("emails")
                .addObject()
                .put("value", email(userName))
                .put("type", "work")
                .put("primary", true);
        return user;
    }

    static String email(String userName) {
        return userName + "@example.com";
    }

    static String externalId(String userName) {
        return "ext-" + userName;
    }

    static ObjectNode group(String displayName) {
        return message(GROUP).put("displayName", displayName);
    }

    static ObjectNode active(boolean active) {
        ObjectNode patch = message(PATCH);
        patch.putArray("Operations")
                .addObject()
                .put("op", "replace")
                .put("path", "active")
                .put("value", active);
        return patch;
    }

    static ObjectNode addMembers(Iterable<String> ids) {
        ObjectNode patch = message(PATCH);
        ObjectNode operation =
                patch.putArray("Operations").addObject().put("op", "add").put("path", "members");
        operation.putArray("value");
        ids.forEach(id -> operation.withArray("value").addObject().put("value", id));
        return patch;
    }

    static ObjectNode removeMember(String id) {
        ObjectNode patch = message(PATCH);
        patch.putArray("Operations").addObject().put("op", "remove").put("path", "members[value eq \"" + id + "\"]");
        return patch;
    }

    /** RFC 7644 section 3.7: these users, created by one request. */
    static ObjectNode bulk(Iterable<ObjectNode> users) {
        ObjectNode bulk = message(BULK);
        int[] count = {0};
        bulk.putArray("Operations");
        users.forEach(user -> bulk.withArray("Operations")
                .addObject()
                .put("method", "POST")
                .put("path", "/Users")
                .put("bulkId", "u" + count[0]++)
                .set("data", user));
        return bulk;
    }

    private static ObjectNode message(String schema) {
        ObjectNode message = JsonNodeFactory.instance.objectNode();
        message.putArray("schemas").add(schema);
        return message;
    }
}
