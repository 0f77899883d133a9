package dev.keyledger.scim.keycloak.user;

import dev.keyledger.scim.schema.AttributeDefinition;
import java.util.Map;

/**
 * The Keycloak attribute that keeps each SCIM attribute of a user: the SCIM name itself, except for those below.
 *
 * <p>A sub-attribute of a single-valued complex attribute is an attribute of its own, so {@code name.middleName} is kept as
 * {@code middleName}.
 */
final class UserAttributeNames {
    static final String USERNAME = "username";
    static final String USERNAME_SPELLING = "userName";
    static final String EMAIL = "email";

    private static final Map<String, String> PARTS = Map.of(
            "name.givenName", "firstName",
            "name.familyName", "lastName",
            "name.formatted", "formattedName",
            "manager.value", "manager",
            "manager.$ref", "managerRef",
            "manager.displayName", "managerName");

    private UserAttributeNames() {}

    /** Where an attribute without parts, or with several values, is kept. */
    static String of(AttributeDefinition attribute) {
        return attribute.name().equals("userName") ? USERNAME : attribute.name();
    }

    /** Where a part of a single-valued complex attribute is kept. */
    static String of(AttributeDefinition attribute, AttributeDefinition part) {
        return PARTS.getOrDefault(attribute.name() + '.' + part.name(), part.name());
    }
}
