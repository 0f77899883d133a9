package dev.keyledger.scim.keycloak.contract;

import dev.keyledger.scim.path.AttributePath;
import dev.keyledger.scim.schema.CoreSchemas;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Where a connection keeps attributes elsewhere than others do: {@code {"title":"jobTitle"}} keeps {@code title} in the user
 * attribute {@code jobTitle}. Attributes of the core and enterprise User schemas, a multi-valued one as a whole, and parts of
 * single-valued ones, in the schema's spelling; those by which Keycloak knows a user stay where they are.
 */
final class AttributeMap {
    private static final int MAX = 100;
    private static final Pattern NAME = Pattern.compile("[A-Za-z][A-Za-z0-9_.-]{0,254}");
    private static final Set<String> FIXED = Set.of(
            "schemas",
            "id",
            "meta",
            "password",
            "active",
            "userName",
            "name.givenName",
            "name.familyName",
            "externalId",
            "emails",
            "groups",
            "roles",
            "entitlements");

    private AttributeMap() {}

    /** Refuses, with {@link IllegalArgumentException}, what no map can be. */
    static void require(Map<String, String> attributes) {
        if (attributes.size() > MAX) {
            throw new IllegalArgumentException("attributes has " + attributes.size() + " members, want at most " + MAX);
        }
        Set<String> names = new HashSet<>();
        attributes.forEach((notation, name) -> {
            requireMovable(notation);
            if (name == null || !NAME.matcher(name).matches()) {
                throw new IllegalArgumentException("attributes." + notation + " is \"" + name
                        + "\", want the name of a user attribute: a letter, then letters, digits, dots, dashes");
            }
            if (!names.add(name)) {
                throw new IllegalArgumentException("attributes." + notation + " is " + name + ", as another one is");
            }
        });
    }

    private static void requireMovable(String notation) {
        AttributePath path =
                AttributePath.resolve(notation, CoreSchemas.USER_TYPE).orElse(null);
        if (path == null) {
            throw new IllegalArgumentException(
                    "attributes." + notation + " is no attribute of the core or enterprise User schema");
        }
        if (!path.notation().equals(notation)) {
            throw new IllegalArgumentException("attributes." + notation + " is written " + path.notation());
        }
        boolean part = !path.target().equals(path.attribute());
        boolean whole = path.attribute().multiValued() ? !part : !path.target().isComplex();
        if (FIXED.contains(notation) || !whole) {
            throw new IllegalArgumentException("attributes." + notation
                    + " cannot be kept elsewhere: only single values, and all values of an attribute, that Keycloak itself"
                    + " has no use for can");
        }
    }
}
