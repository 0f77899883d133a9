package dev.keyledger.scim.keycloak.group;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.keyledger.scim.resource.Json;

/**
 * A member of a group: {@code {"value":id,"$ref":uri,"type":"User","display":name}}.
 *
 * @param type what it is
 * @param id   its id
 * @param name a user's user name, a group's name
 */
record Member(Type type, String id, String name) {

    /** What a member can be. */
    enum Type {
        /** A user of the realm. */
        USER("User", "/Users/"),
        /** A group of the realm, whose parent in Keycloak is the group that it is a member of. */
        GROUP("Group", "/Groups/");

        private final String word;
        private final String endpoint;

        Type(String word, String endpoint) {
            this.word = word;
            this.endpoint = endpoint;
        }

        /** The URI of the one of that id. */
        String uri(String baseUri, String id) {
            return baseUri + endpoint + id;
        }

        /** The resource type's name in SCIM. */
        String word() {
            return word;
        }
    }

    /** The value of {@code members} for it. */
    ObjectNode toJson(String baseUri) {
        return Json.object()
                .put("value", id)
                .put("$ref", type.uri(baseUri, id))
                .put("type", type.word)
                .put("display", name);
    }
}
