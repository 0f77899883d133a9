package dev.keyledger.scim.keycloak.schema;

import dev.keyledger.scim.path.AttributePath;
import dev.keyledger.scim.schema.AttributeDefinition;
import java.util.Collection;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.Set;

/**
 * The Keycloak attribute that keeps each SCIM attribute of a realm's users. Immutable; compiled by {@link RealmSchemas}.
 *
 * <p>Unless the realm says otherwise that is the SCIM name itself, except for those below. A sub-attribute of a single-valued
 * complex attribute is an attribute of its own, so {@code name.middleName} is kept as {@code middleName}.
 */
public final class UserAttributeNames {
    /** Keycloak's own attribute for {@code userName}, in lower case. */
    public static final String USERNAME = "username";

    /** Keeps the spelling of {@code userName} that the client used. */
    public static final String USERNAME_SPELLING = "userName";

    /** Says of a disabled user that his {@code active} was removed. */
    public static final String ACTIVE_UNASSIGNED = "activeUnassigned";

    /** Keycloak's own attribute for the address that it uses itself. */
    public static final String EMAIL = "email";

    /** Keeps every address other than Keycloak's own once more, in lower case, to be found by an index. */
    public static final String EMAILS_LOOKUP = "emails.value";

    private static final Map<String, String> USUAL = Map.of(
            "userName", USERNAME,
            "name.givenName", "firstName",
            "name.familyName", "lastName",
            "name.formatted", "formattedName",
            "manager.value", "manager",
            "manager.$ref", "managerRef",
            "manager.displayName", "managerName");

    private final IdentityHashMap<AttributeDefinition, String> names;
    private final Set<String> claimed;
    private final Map<String, String> notations;

    /**
     * @param names     by the very definitions of the realm's resource type, the name of each that is kept as an attribute
     * @param claimed   every Keycloak attribute that the core and enterprise schemas are kept in
     * @param notations the SCIM notation of what a Keycloak attribute keeps
     */
    UserAttributeNames(
            IdentityHashMap<AttributeDefinition, String> names,
            Collection<String> claimed,
            Map<String, String> notations) {
        this.names = names;
        this.claimed = Set.copyOf(claimed);
        this.notations = Map.copyOf(notations);
    }

    /** The usual place of an attribute, or of the part {@code attribute.part} of one. */
    static String usual(String notation) {
        return USUAL.getOrDefault(notation, notation.substring(notation.indexOf('.') + 1));
    }

    /** Where an attribute without parts, or with several values, is kept; or a part of a single-valued complex one. */
    public String of(AttributeDefinition attribute) {
        String name = names.get(attribute);
        return name == null ? attribute.name() : name;
    }

    /** Where what is at the path is kept; for a part of a multi-valued attribute, where the attribute is kept. */
    public String of(AttributePath path) {
        return of(path.attribute().multiValued() ? path.attribute() : path.target());
    }

    /** Whether Keycloak's attribute of that name keeps something of the core or enterprise schema. */
    public boolean isClaimed(String name) {
        return claimed.contains(name);
    }

    /** Every such attribute. */
    public Set<String> claimed() {
        return claimed;
    }

    /** What Keycloak's attribute of that name is called in SCIM, for messages. */
    public String notation(String name) {
        return notations.getOrDefault(name, name);
    }
}
