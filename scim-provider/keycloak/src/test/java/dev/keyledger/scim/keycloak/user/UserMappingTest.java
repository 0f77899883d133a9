package dev.keyledger.scim.keycloak.user;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.keyledger.scim.keycloak.schema.Profiles;
import dev.keyledger.scim.resource.Resource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class UserMappingTest {
    private static final RoleElements.Roles NO_ROLES = (attribute, value) -> Optional.empty();

    private final UserMapping mapping = new UserMapping(Profiles.untouched());

    @Test
    void everyAttributeComesBackAsItWent() {
        String json = """
                {"schemas":["urn:ietf:params:scim:schemas:core:2.0:User",
                  "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User"],
                 "id":"1","externalId":"00u1","userName":"Anna@Acme.example",
                 "name":{"formatted":"Dr. Anna Schmidt","familyName":"Schmidt","givenName":"Anna","middleName":"M",
                   "honorificPrefix":"Dr.","honorificSuffix":"III"},
                 "displayName":"Anna","nickName":"A","profileUrl":"https://x.example","title":"VP","userType":"Employee",
                 "preferredLanguage":"de","locale":"de-DE","timezone":"Europe/Berlin","active":true,
                 "emails":[{"value":"Anna@Acme.example","type":"work","primary":true},{"value":"a@home.example","type":"home"}],
                 "phoneNumbers":[{"value":"2","type":"work"},{"value":"1","type":"mobile","primary":true}],
                 "addresses":[{"formatted":"Weg 1\\nBerlin","streetAddress":"Weg 1","country":"DE","type":"work"}],
                 "roles":[{"value":"r2"},{"value":"r1","display":"\\"R\\""}],
                 "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User":{"employeeNumber":"7","costCenter":"c",
                   "organization":"o","division":"d","department":"dd","manager":{"value":"9","$ref":"../Users/9"}}}""";
        Resource resource = resource(json);

        assertThat(withoutMeta(mapping.toResource(stored(resource), List.of()))).isEqualTo(resource);
    }

    @Test
    void theOrderInWhichKeycloakGivesValuesDoesNotMatter() {
        Resource resource = resource(
                "{\"schemas\":[\"urn:ietf:params:scim:schemas:core:2.0:User\"],\"id\":\"1\",\"userName\":\"a\",\"active\":true,"
                        + "\"roles\":[{\"value\":\"c\"},{\"value\":\"a\"},{\"value\":\"b\"}]}");
        Map<String, List<String>> attributes = new HashMap<>(mapping.toAttributes(resource, null, NO_ROLES));
        List<String> reversed = new ArrayList<>(attributes.get("roles"));
        Collections.reverse(reversed);
        attributes.put("roles", reversed);

        assertThat(withoutMeta(mapping.toResource(new Account("1", true, null, null, attributes), List.of())))
                .isEqualTo(resource);
    }

    @Test
    void anAttributeThatTheResourceLacksIsNamedWithoutAValue() {
        Map<String, List<String>> attributes = mapping.toAttributes(resource("{\"userName\":\"a\"}"), null, NO_ROLES);

        assertThat(attributes)
                .containsEntry("firstName", List.of())
                .containsEntry("phoneNumbers", List.of())
                .containsEntry("department", List.of())
                .containsEntry("username", List.of("a"));
    }

    @Test
    void whatScimDoesNotKeepIsNotNamed() {
        assertThat(mapping.toAttributes(
                        resource("{\"userName\":\"a\",\"password\":\"p\",\"active\":true}"), null, NO_ROLES))
                .doesNotContainKeys("password", "active", "groups", "id", "meta", "schemas");
    }

    @Test
    void aRemovedActiveIsNoneUntilAnAdministratorEnablesTheUser() {
        Map<String, List<String>> removed = mapping.toAttributes(resource("{\"userName\":\"a\"}"), null, NO_ROLES);
        Account disabled = new Account("1", false, null, null, removed);
        Account enabled = new Account("1", true, null, null, removed);

        assertThat(mapping.toResource(disabled, List.of()).get("active")).isNull();
        assertThat(mapping.toResource(enabled, List.of()).get("active")).isEqualTo(BooleanNode.TRUE);
    }

    @Test
    void aRenameByAnAdministratorWinsOverTheClientsSpelling() {
        Account account =
                new Account("1", true, null, null, Map.of("username", List.of("bob"), "userName", List.of("Anna")));

        assertThat(mapping.toResource(account, List.of()).text("userName")).isEqualTo("bob");
    }

    @Test
    void aValueThatAnAdministratorTypedInIsShown() {
        Account account = new Account(
                "1", true, null, null, Map.of("username", List.of("bob"), "phoneNumbers", List.of("+49 1")));

        assertThat(String.valueOf(mapping.toResource(account, List.of()).get("phoneNumbers")))
                .isEqualTo("[{\"value\":\"+49 1\"}]");
    }

    private Account stored(Resource resource) {
        return new Account("1", true, null, null, mapping.toAttributes(resource, null, NO_ROLES));
    }

    private static Resource withoutMeta(Resource resource) {
        return resource.without("meta");
    }

    private static Resource resource(String json) {
        try {
            return Resource.of((ObjectNode) JsonMapper.builder().build().readTree(json));
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(json, e);
        }
    }
}
