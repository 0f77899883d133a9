package dev.keyledger.e2e.scim;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.keyledger.e2e.Http;
import dev.keyledger.e2e.SharedServer;
import java.util.ArrayList;
import java.util.List;

/** The requests of one provisioning client, and the bodies that they are made of. */
record ScimClient(Http http) {

    static final String USER = "urn:ietf:params:scim:schemas:core:2.0:User";
    static final String GROUP = "urn:ietf:params:scim:schemas:core:2.0:Group";
    static final String ENTERPRISE = "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User";
    static final String ERROR = "urn:ietf:params:scim:api:messages:2.0:Error";

    private static final String SECRET = "provisioning-secret";
    private static final ObjectMapper JSON =
            JsonMapper.builder().enable(JsonReadFeature.ALLOW_SINGLE_QUOTES).build();

    /** A client of {@code realm} that may manage its users and groups. */
    static ScimClient connect(SharedServer shared, String realm) {
        return connect(shared, realm, "provisioning", List.of("manage-users"));
    }

    /** A new client of {@code realm} with these roles of {@code realm-management}. */
    static ScimClient connect(SharedServer shared, String realm, String clientId, List<String> roles) {
        shared.admin().createServiceAccount(realm, clientId, SECRET, roles);
        return new ScimClient(
                shared.admin().scim(realm, clientId, SECRET).with("Content-Type", "application/scim+json"));
    }

    /** JSON whose quotation marks may be single ones. */
    static ObjectNode json(String text) {
        try {
            return (ObjectNode) JSON.readTree(text);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("no JSON: " + text, e);
        }
    }

    /** A User with the fewest attributes that let it log in. */
    static ObjectNode user(String userName) {
        return json("{'schemas':['" + USER + "'],'userName':'" + userName + "','active':true,"
                + "'name':{'givenName':'Given','familyName':'Family'},"
                + "'emails':[{'value':'" + userName.toLowerCase(java.util.Locale.ROOT)
                + "@example.com','type':'work','primary':true}]}");
    }

    /** A Group with these members. */
    static ObjectNode group(String displayName, String... memberIds) {
        ObjectNode group = json("{'schemas':['" + GROUP + "'],'displayName':'" + displayName + "'}");
        for (String id : memberIds) {
            group.withArray("members").addObject().put("value", id);
        }
        return group;
    }

    /** A PATCH of these operations, each a JSON object. */
    static ObjectNode patch(String... operations) {
        ObjectNode patch = json("{'schemas':['urn:ietf:params:scim:api:messages:2.0:PatchOp']}");
        for (String operation : operations) {
            patch.withArray("Operations").add(json(operation));
        }
        return patch;
    }

    /** The resource as it came back from its creation. */
    JsonNode create(String endpoint, ObjectNode resource) {
        return http.post(endpoint, resource).expect(201).json();
    }

    /** The id of a new user. */
    String createUser(String userName) {
        return create("/Users", user(userName)).get("id").asText();
    }

    /** The resource as it is now. */
    JsonNode read(String path) {
        return http.get(path).expect(200).json();
    }

    /** The answer to a query with that filter. */
    JsonNode search(String endpoint, String filter) {
        return read(endpoint + "?filter=" + Http.encode(filter));
    }

    /** The values of {@code attribute} of the resources in a list response, in order. */
    static List<String> each(JsonNode listResponse, String attribute) {
        List<String> values = new ArrayList<>();
        listResponse
                .get("Resources")
                .forEach(resource -> values.add(resource.path(attribute).asText()));
        return values;
    }

    /** The answer is a SCIM error of that status; {@code scimType} is empty for an error without one. */
    static void assertError(Http.Reply reply, int status, String scimType) {
        assertThat(reply.status()).as("status of %s", reply.text()).isEqualTo(status);
        assertThat(reply.header("Content-Type"))
                .hasValueSatisfying(type -> assertThat(type).startsWith("application/scim+json"));
        JsonNode error = reply.json();
        assertThat(error.at("/schemas/0").asText()).isEqualTo(ERROR);
        assertThat(error.get("status").asText()).isEqualTo(Integer.toString(status));
        assertThat(error.path("scimType").asText()).as("scimType of %s", error).isEqualTo(scimType);
        assertThat(error.get("detail").asText()).isNotBlank();
    }
}
