package dev.keyledger.scim.keycloak.user;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.keyledger.scim.keycloak.query.StoredElements;
import dev.keyledger.scim.resource.Json;
import dev.keyledger.scim.resource.Resource;
import dev.keyledger.scim.schema.AttributeDefinition;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * The values of {@code roles} and {@code entitlements}: those that name a role of the realm are role mappings of the user, the
 * others are plain values.
 *
 * <p>A plain value is a stored element like any other. What a client said of a role beside its name, and its place among the
 * others, is a stored element that has the role's id for a value. It counts only as long as the user has the role; a role that
 * has no element, because an administrator gave it, is shown by its name alone. So a mapping that ends elsewhere ends here, and
 * a role that is renamed is shown by its new name.
 */
final class RoleElements {
    /** The attribute of realm roles, each by its name. */
    static final String ROLES = "roles";

    /** The attribute of client roles, each as {@code clientId/role}. */
    static final String ENTITLEMENTS = "entitlements";

    /** Both. */
    static final List<String> ATTRIBUTES = List.of(ROLES, ENTITLEMENTS);

    /** The member of a stored element that holds a role's id. */
    static final String ROLE = "@role";

    private static final String VALUE = "value";

    /**
     * A role that a user has of their own, not by a group or another role.
     *
     * @param attribute {@value #ROLES} or {@value #ENTITLEMENTS}
     * @param roleId    the role's id
     * @param value     how it is written in that attribute
     */
    record Mapping(String attribute, String roleId, String value) {}

    /** Finds the role that a value names. */
    interface Roles {
        /** The id of the role that {@code value} names in that attribute, or empty if it names none. */
        Optional<String> find(String attribute, String value);

        /**
         * These roles, but what is a plain value of the account stays one: it may be older than the role of that name, or
         * come from the user, whom the realm may let write attributes. Only a client that adds a value gives a role.
         */
        default Roles butPlainValuesOf(Account account) {
            Map<String, Set<String>> plain = new HashMap<>();
            return (attribute, value) -> plain.computeIfAbsent(attribute, each -> plainValues(account, each))
                            .contains(value)
                    ? Optional.empty()
                    : find(attribute, value);
        }
    }

    private RoleElements() {}

    /** The texts that keep these values. */
    static List<String> encode(AttributeDefinition attribute, List<ObjectNode> elements, Roles roles) {
        List<ObjectNode> kept = new ArrayList<>();
        for (ObjectNode element : elements) {
            ObjectNode stored = element.deepCopy();
            value(element).flatMap(value -> roles.find(attribute.name(), value)).ifPresent(id -> {
                stored.remove(Json.key(stored, VALUE));
                stored.put(ROLE, id);
            });
            kept.add(stored);
        }
        return StoredElements.encode(attribute, kept);
    }

    /** The values of a user who has these mappings in the attribute. */
    static List<ObjectNode> join(List<String> stored, List<Mapping> mappings) {
        List<ObjectNode> elements = new ArrayList<>();
        Set<String> shown = new TreeSet<>();
        for (ObjectNode element : StoredElements.decode(stored)) {
            String id = element.path(ROLE).asText();
            element.remove(ROLE);
            Optional<Mapping> mapping = mappings.stream()
                    .filter(each -> id.isEmpty()
                            ? value(element).filter(each.value()::equals).isPresent()
                            : each.roleId().equals(id))
                    .findFirst();
            mapping.ifPresent(each -> {
                element.put(VALUE, each.value());
                shown.add(each.roleId());
            });
            if (id.isEmpty() || mapping.isPresent()) {
                elements.add(element);
            }
        }
        mappings.stream()
                .filter(each -> !shown.contains(each.roleId()))
                .sorted(Comparator.comparing(Mapping::value))
                .forEach(each -> elements.add(Json.object().put(VALUE, each.value())));
        return elements;
    }

    /** Of a user's resource the values that are roles. */
    static Resource real(Resource user, Account account) {
        ObjectNode real = Json.object();
        for (String attribute : ATTRIBUTES) {
            JsonNode values = user.get(attribute);
            Set<String> names = new TreeSet<>();
            account.roles(attribute).forEach(mapping -> names.add(mapping.value()));
            StoredElements.objects(values == null ? Json.array() : values).stream()
                    .filter(element -> value(element).filter(names::contains).isPresent())
                    .forEach(real.withArray(attribute)::add);
        }
        return Resource.of(real);
    }

    private static Set<String> plainValues(Account account, String attribute) {
        Set<String> plain = new HashSet<>();
        StoredElements.decode(account.values(attribute)).stream()
                .filter(element -> !element.has(ROLE))
                .forEach(element -> value(element).ifPresent(plain::add));
        account.roles(attribute).forEach(mapping -> plain.remove(mapping.value()));
        return plain;
    }

    private static Optional<String> value(ObjectNode element) {
        return Optional.ofNullable(Json.get(element, VALUE)).map(value -> value.asText());
    }
}
