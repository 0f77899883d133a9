package dev.keyledger.scim.keycloak.user;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What Keycloak holds of one user, free of Keycloak's types: the state that a SCIM resource is made of.
 *
 * @param id           Keycloak's user id, which is also the resource's
 * @param enabled      whether the user may log in
 * @param created      epoch milliseconds, or null if Keycloak does not know
 * @param lastModified epoch milliseconds, or null if Keycloak does not know
 * @param attributes   the user's attributes with their values; as in Keycloak, {@code username}, {@code email},
 *                     {@code firstName} and {@code lastName} are among them
 * @param roles        the roles that the user has of their own, but for the realm's default one
 */
public record Account(
        String id,
        boolean enabled,
        @Nullable Long created,
        @Nullable Long lastModified,
        Map<String, List<String>> attributes,
        List<RoleElements.Mapping> roles) {

    /** Leaves out attributes without a value. */
    public Account {
        Map<String, List<String>> present = new LinkedHashMap<>();
        attributes.forEach((name, values) -> {
            List<String> texts = values.stream()
                    .filter(value -> value != null && !value.isEmpty())
                    .toList();
            if (!texts.isEmpty()) {
                present.put(name, texts);
            }
        });
        attributes = present;
        roles = List.copyOf(roles);
    }

    /** An account without roles. */
    Account(
            String id,
            boolean enabled,
            @Nullable Long created,
            @Nullable Long lastModified,
            Map<String, List<String>> attributes) {
        this(id, enabled, created, lastModified, attributes, List.of());
    }

    /** The roles that are values of that SCIM attribute. */
    List<RoleElements.Mapping> roles(String attribute) {
        return roles.stream().filter(role -> role.attribute().equals(attribute)).toList();
    }

    /** The values of the attribute, none if it has none. */
    List<String> values(String name) {
        return attributes.getOrDefault(name, List.of());
    }

    /** The first value of the attribute, or null. */
    @Nullable
    String value(String name) {
        List<String> values = values(name);
        return values.isEmpty() ? null : values.get(0);
    }
}
