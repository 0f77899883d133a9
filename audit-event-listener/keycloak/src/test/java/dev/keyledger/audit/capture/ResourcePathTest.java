package dev.keyledger.audit.capture;

import static org.assertj.core.api.Assertions.assertThat;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ResourcePathTest {
    private static final String ID = "77576e8a-1a2b-4c3d-8e9f-001122334455";

    @Test
    void readsWhatAPathIsAbout() {
        assertTarget("REALM_ROLE_MAPPING", "users/" + ID + "/role-mappings/realm", Target.USER, ID, null);
        assertTarget("GROUP", "groups/parent/children/" + ID, Target.GROUP, ID, null);
        assertTarget(
                "CLIENT_SCOPE_MAPPING", "client-scopes/" + ID + "/scope-mappings/clients/x", "CLIENT_SCOPE", ID, null);
        assertTarget("COMPONENT", "components/" + ID, "COMPONENT", ID, null);
        assertTarget("REQUIRED_ACTION", "authentication/required-actions/TERMS", "REQUIRED_ACTION", null, "TERMS");
        assertTarget("REALM", "logout-all", Target.REALM, null, null);
        assertTarget("USER_PROFILE", "users/profile", Target.USER_PROFILE, null, null);
        assertTarget("USER_LOGIN_FAILURE", "attack-detection/brute-force/users/" + ID, Target.USER, ID, null);
        assertTarget("USER_LOGIN_FAILURE", "attack-detection/brute-force/users", "USER_LOGIN_FAILURE", null, null);
        assertTarget("REALM", null, Target.REALM, null, null);
    }

    @Test
    void tellsAFlowFromItsExecutionsAndTheirConfiguration() {
        assertTarget("AUTH_FLOW", "authentication/flows/" + ID, Target.AUTH_FLOW, ID, null);
        assertTarget("AUTH_EXECUTION", "authentication/flows/mine/executions", Target.AUTH_FLOW, null, "mine");
        assertTarget("AUTH_EXECUTION", "authentication/executions/" + ID, Target.AUTH_EXECUTION, ID, null);
        assertTarget(
                "AUTHENTICATOR_CONFIG", "authentication/executions/" + ID + "/config", Target.AUTH_EXECUTION, ID, null);
        assertTarget("AUTHENTICATOR_CONFIG", "authentication/config/" + ID, Target.AUTHENTICATOR_CONFIG, ID, null);
    }

    @Test
    void findsWhatAuthorizationServicesKnowByTheirIds() {
        String policy = "clients/c/authz/resource-server/policy/role/" + ID;

        assertThat(ResourcePath.target("AUTHORIZATION_POLICY", policy))
                .isEqualTo(new Target(Target.AUTHORIZATION_POLICY, ID, null, "c", policy));
    }

    @Test
    void findsTheGroupsAndMembersOfAnOrganization() {
        assertTarget("ORGANIZATION_GROUP", "organizations/o/groups/" + ID, Target.GROUP, ID, null);
        assertTarget("ORGANIZATION_GROUP", "organizations/o/groups", Target.GROUP, null, null);
        assertTarget("ORGANIZATION_GROUP", "organizations/o/groups/g/children", Target.GROUP, null, null);
        assertTarget("REALM_ROLE_MAPPING", "organizations/o/groups/g/role-mappings/realm", Target.GROUP, "g", null);
        assertTarget("ORGANIZATION_GROUP_MEMBERSHIP", "organizations/o/groups/g/members/u", Target.USER, "u", null);
        assertTarget("ORGANIZATION_MEMBERSHIP", "organizations/o/members/u", Target.USER, "u", null);
        assertTarget("ORGANIZATION_MEMBERSHIP", "organizations/o/members", "ORGANIZATION_MEMBERSHIP", "o", null);
    }

    @Test
    void findsWhatAPartialImportMakes() {
        assertTarget("REALM", "users/" + ID, Target.USER, ID, null);
        assertTarget("REALM", "events/config", Target.REALM, null, null);
    }

    @Test
    void aNewChildIsKnownByItsRepresentationOnly() {
        assertTarget("GROUP", "groups/parent/children", Target.GROUP, null, null);
    }

    @Test
    void readsARolesNameWithSlashes() {
        assertTarget("REALM_ROLE", "roles/a/b", Target.ROLE, null, "a/b");
        assertTarget("REALM_ROLE", "roles/a/b/composites", Target.ROLE, null, "a/b");
        assertTarget("REALM_ROLE", "roles/composites", Target.ROLE, null, "composites");
        assertThat(ResourcePath.target("CLIENT_ROLE", "clients/c/roles/a/b"))
                .isEqualTo(new Target(Target.ROLE, null, "a/b", "c", "clients/c/roles/a/b"));
    }

    private static void assertTarget(
            String resourceType, @Nullable String path, String type, @Nullable String id, @Nullable String name) {
        assertThat(ResourcePath.target(resourceType, path)).isEqualTo(new Target(type, id, name, null, path));
    }
}
