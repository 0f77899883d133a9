package dev.keyledger.scim.keycloak.user;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.keyledger.scim.keycloak.user.RoleElements.Mapping;
import dev.keyledger.scim.resource.Json;
import dev.keyledger.scim.schema.AttributeDefinition;
import dev.keyledger.scim.schema.CoreSchemas;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RoleElementsTest {
    private static final AttributeDefinition ROLES =
            CoreSchemas.USER.attribute("roles").orElseThrow();
    private static final Mapping AUDITOR = new Mapping("roles", "id-1", "auditor");
    private static final RoleElements.Roles REALM = (attribute, value) ->
            Optional.ofNullable(Map.of("auditor", "id-1", "baker", "id-2").get(value));

    @Test
    void aValueThatNamesARoleIsKeptByTheRolesId() {
        assertThat(stored(role("auditor").put("display", "A"), role("free")))
                .containsExactly("{\"@\":0,\"display\":\"A\",\"@role\":\"id-1\"}", "{\"@\":1,\"value\":\"free\"}");
    }

    @Test
    void rolesAndPlainValuesComeBackInTheirOrder() {
        List<String> stored = stored(role("free"), role("auditor").put("primary", true), role("other"));

        assertThat(RoleElements.join(stored, List.of(AUDITOR)))
                .containsExactly(role("free"), role("auditor").put("primary", true), role("other"));
    }

    @Test
    void aRoleThatWasTakenAwayElsewhereIsGone() {
        assertThat(RoleElements.join(stored(role("auditor"), role("free")), List.of()))
                .containsExactly(role("free"));
    }

    @Test
    void aRoleThatWasGivenElsewhereIsThere() {
        assertThat(RoleElements.join(List.of(), List.of(new Mapping("roles", "id-2", "baker"), AUDITOR)))
                .containsExactly(role("auditor"), role("baker"));
    }

    @Test
    void aRenamedRoleIsShownByItsNewName() {
        assertThat(RoleElements.join(
                        stored(role("auditor").put("type", "t")), List.of(new Mapping("roles", "id-1", "checker"))))
                .containsExactly(Json.object().put("type", "t").put("value", "checker"));
    }

    @Test
    void aPlainValueStaysPlainWhenARoleOfItsNameAppears() {
        Account account = new Account("1", true, null, null, Map.of("roles", List.of("auditor")));

        assertThat(REALM.butPlainValuesOf(account).find("roles", "auditor")).isEmpty();
        assertThat(REALM.butPlainValuesOf(account).find("roles", "baker")).hasValue("id-2");
    }

    @Test
    void aPlainValueAndARoleOfItsNameAreOneValue() {
        Account account = new Account("1", true, null, null, Map.of("roles", List.of("auditor")), List.of(AUDITOR));

        assertThat(RoleElements.join(account.values("roles"), account.roles("roles")))
                .containsExactly(role("auditor"));
        assertThat(REALM.butPlainValuesOf(account).find("roles", "auditor")).hasValue("id-1");
    }

    private static List<String> stored(ObjectNode... elements) {
        return RoleElements.encode(ROLES, List.of(elements), REALM);
    }

    private static ObjectNode role(String value) {
        return Json.object().put("value", value);
    }
}
