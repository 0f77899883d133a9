package dev.keyledger.scim.keycloak.user;

import dev.keyledger.scim.keycloak.schema.RealmSchema;
import dev.keyledger.scim.keycloak.schema.UserAttributeNames;
import dev.keyledger.scim.path.AttributePath;
import dev.keyledger.scim.project.Projection;
import dev.keyledger.scim.schema.AttributeDefinition;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What of some accounts is to be read.
 *
 * @param names the attributes that are rows of their own, or null for all
 * @param roles whether their roles are
 */
record AccountExtent(@Nullable Set<String> names, boolean roles) {

    /**
     * What has to be read to show that much of a resource. Which schemas it has, is always shown (RFC 7643 section 7), and an
     * extension is one of them if it has any value.
     */
    static AccountExtent of(RealmSchema schema, Projection projection) {
        boolean roles = RoleElements.ATTRIBUTES.stream().anyMatch(projection::includes);
        boolean open = schema.userType().extensions().stream()
                .anyMatch(each -> each.schema().isOpen());
        if (!projection.isExplicit() || open) {
            return new AccountExtent(null, roles);
        }
        Set<String> wanted = new TreeSet<>();
        schema.userType().attributes().stream()
                .filter(attribute -> projection.includes(AttributePath.of(attribute)))
                .filter(attribute -> !UserMapping.NOT_STORED.contains(attribute.name()))
                .forEach(attribute -> wanted.addAll(names(schema.names(), attribute)));
        schema.userType()
                .extensions()
                .forEach(each -> each.schema()
                        .attributes()
                        .forEach(attribute -> wanted.addAll(names(schema.names(), attribute))));
        return new AccountExtent(wanted, roles);
    }

    private static Set<String> names(UserAttributeNames names, AttributeDefinition attribute) {
        if (names.of(attribute).equals(UserAttributeNames.USERNAME)) {
            return Set.of(UserAttributeNames.USERNAME_SPELLING);
        }
        return attribute.multiValued() || !attribute.isComplex()
                ? Set.of(names.of(attribute))
                : attribute.subAttributes().stream().map(names::of).collect(Collectors.toSet());
    }
}
