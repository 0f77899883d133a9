package dev.keyledger.scim.keycloak.schema;

import dev.keyledger.scim.schema.ResourceType;
import java.util.Locale;
import java.util.Set;

/**
 * What one realm makes of User resources. Immutable.
 *
 * @param userType the resource type: the schemas of RFC 7643 as far as they hold in this realm, and the realm's extensions
 * @param names    where Keycloak keeps each attribute
 * @param managed  the Keycloak attributes that the realm's user profile defines
 * @param reserved in lower case, the names of Keycloak attributes that have a meaning, here or for Keycloak itself; any other
 *                 is an unmanaged one
 */
public record RealmSchema(ResourceType userType, UserAttributeNames names, Set<String> managed, Set<String> reserved) {

    /** The URN of the extension that holds what the realm's user profile adds; the same as Keycloak's own SCIM uses. */
    public static final String REALM_URN = "urn:keycloak:params:scim:schemas:extension:realm:1.0:User";

    /** Copies the sets. */
    public RealmSchema {
        managed = Set.copyOf(managed);
        reserved = Set.copyOf(reserved);
    }

    /** Whether a connection may keep something else in this Keycloak attribute: nothing standard is kept there, and nothing of Keycloak's own. */
    public boolean isFree(String name) {
        return !names.isClaimed(name)
                && !name.equals(UserAttributeNames.EMAIL)
                && !UnlistedAttributes.INTERNAL.contains(name.toLowerCase(Locale.ROOT));
    }

    /**
     * Whether the realm's user profile has a say in this Keycloak attribute. What it does not know and SCIM alone keeps has to
     * stay out of its sight: it limits every attribute that it is shown to 2048 characters, and a photo or certificate is longer.
     */
    public boolean isJudgedByProfile(String name) {
        return managed.contains(name) || !names.isClaimed(name);
    }
}
