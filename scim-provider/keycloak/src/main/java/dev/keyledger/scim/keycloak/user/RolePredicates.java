package dev.keyledger.scim.keycloak.user;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.keyledger.scim.ScimException;
import dev.keyledger.scim.filter.Filter;
import dev.keyledger.scim.filter.FilterVisitor;
import dev.keyledger.scim.keycloak.query.ElementPredicates;
import dev.keyledger.scim.keycloak.query.TextCase;
import dev.keyledger.scim.keycloak.query.TextPredicates;
import dev.keyledger.scim.path.AttributePath;
import dev.keyledger.scim.resource.Json;
import dev.keyledger.scim.schema.AttributeDefinition;
import jakarta.persistence.criteria.CommonAbstractCriteria;
import jakarta.persistence.criteria.CriteriaBuilder;
import jakarta.persistence.criteria.Expression;
import jakarta.persistence.criteria.Predicate;
import jakarta.persistence.criteria.Root;
import jakarta.persistence.criteria.Subquery;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;
import org.keycloak.models.jpa.entities.ClientEntity;
import org.keycloak.models.jpa.entities.RealmEntity;
import org.keycloak.models.jpa.entities.RoleEntity;
import org.keycloak.models.jpa.entities.UserAttributeEntity;
import org.keycloak.models.jpa.entities.UserEntity;
import org.keycloak.models.jpa.entities.UserRoleMappingEntity;

/**
 * Predicates over {@code roles} and {@code entitlements}, whose values are in two places, as {@link RoleElements} says: plain
 * ones in stored elements, roles among the user's role mappings, with what else is said of them in stored elements.
 */
final class RolePredicates {
    private static final String VALUE = "value";

    private final CriteriaBuilder builder;
    private final CommonAbstractCriteria query;
    private final Root<UserEntity> user;
    private final UserFields.SomeRow rows;

    RolePredicates(
            CriteriaBuilder builder, CommonAbstractCriteria query, Root<UserEntity> user, UserFields.SomeRow rows) {
        this.builder = builder;
        this.query = query;
        this.user = user;
        this.rows = rows;
    }

    /** Whether these are the values of that attribute. */
    static boolean serve(AttributePath path) {
        return path.extension() == null
                && RoleElements.ATTRIBUTES.contains(path.attribute().name());
    }

    /** Some one value of the attribute matches the inner filter. */
    Predicate some(AttributePath whole, Filter inner) {
        String attribute = whole.attribute().name();
        AttributeDefinition value = whole.attribute().subAttribute(VALUE).orElseThrow();
        Predicate plain =
                rows.of(attribute, (row, elements) -> builder.and(elements.has(value), inner.accept(elements)));
        Predicate described = someMapping(
                attribute,
                (role, name) -> rows.of(
                        attribute,
                        (row, elements) ->
                                builder.and(describes(row, role), inner.accept(new RoleValue(elements, name)))));
        Predicate bare = someMapping(
                attribute,
                (role, name) -> builder.and(
                        builder.not(rows.of(attribute, (row, elements) -> describes(row, role))),
                        inner.accept(new RoleValue(null, name))));
        return builder.or(plain, described, bare);
    }

    /** There is a value. */
    Predicate present(AttributePath whole) {
        String attribute = whole.attribute().name();
        AttributeDefinition value = whole.attribute().subAttribute(VALUE).orElseThrow();
        return builder.or(
                rows.of(attribute, (row, elements) -> elements.has(value)),
                someMapping(attribute, (role, name) -> builder.conjunction()));
    }

    private Predicate describes(Root<UserAttributeEntity> row, Root<RoleEntity> role) {
        Expression<String> pattern =
                builder.concat(builder.concat("%\"" + RoleElements.ROLE + "\":\"", role.<String>get("id")), "\"%");
        return builder.or(
                builder.like(row.get("value"), pattern),
                builder.and(builder.isNotNull(row.get("longValue")), builder.like(row.get("longValue"), pattern)));
    }

    private Predicate someMapping(
            String attribute, BiFunction<Root<RoleEntity>, Expression<String>, Predicate> condition) {
        boolean client = attribute.equals(RoleElements.ENTITLEMENTS);
        Subquery<Integer> mappings = query.subquery(Integer.class);
        Root<UserRoleMappingEntity> mapping = mappings.from(UserRoleMappingEntity.class);
        Root<RoleEntity> role = mappings.from(RoleEntity.class);
        Root<RealmEntity> realm = mappings.from(RealmEntity.class);
        Expression<String> name = role.get("name");
        List<Predicate> all = new ArrayList<>();
        if (client) {
            Root<ClientEntity> owner = mappings.from(ClientEntity.class);
            all.add(builder.equal(owner.get("id"), role.get("clientId")));
            name = builder.concat(builder.concat(owner.<String>get("clientId"), "/"), name);
        }
        all.add(builder.equal(mapping.get("user"), user));
        all.add(builder.equal(mapping.get("roleId"), role.get("id")));
        all.add(builder.equal(role.get("clientRole"), client));
        all.add(builder.equal(realm.get("id"), user.get("realmId")));
        all.add(builder.notEqual(role.get("id"), realm.get("defaultRoleId")));
        all.add(condition.apply(role, name));
        return builder.exists(mappings.select(builder.literal(1)).where(all.toArray(Predicate[]::new)));
    }

    /** A role: its value is its name, its other parts are those of its element, or none if it has no element. */
    private final class RoleValue implements FilterVisitor<Predicate> {
        private final @Nullable ElementPredicates element;
        private final Expression<String> name;
        private final ObjectNode nothing = Json.object();

        RoleValue(@Nullable ElementPredicates element, Expression<String> name) {
            this.element = element;
            this.name = name;
        }

        @Override
        public Predicate visit(Filter.And and) {
            return builder.and(and.operands().stream().map(f -> f.accept(this)).toArray(Predicate[]::new));
        }

        @Override
        public Predicate visit(Filter.Or or) {
            return builder.or(or.operands().stream().map(f -> f.accept(this)).toArray(Predicate[]::new));
        }

        @Override
        public Predicate visit(Filter.Not not) {
            return builder.not(not.operand().accept(this));
        }

        @Override
        public Predicate visit(Filter.Comparison comparison) {
            if (comparison.path().target().name().equals(VALUE)) {
                return new TextPredicates(builder)
                        .compare(
                                name,
                                TextCase.IGNORED,
                                comparison.operator(),
                                comparison.value().asText());
            }
            return element != null ? comparison.accept(element) : constant(comparison.matchesElement(nothing));
        }

        @Override
        public Predicate visit(Filter.Present present) {
            if (present.path().target().name().equals(VALUE)) {
                return builder.conjunction();
            }
            return element != null ? present.accept(element) : constant(present.matchesElement(nothing));
        }

        @Override
        public Predicate visit(Filter.ValuePath valuePath) {
            throw ScimException.invalidFilter("a value path cannot stand inside another");
        }

        private Predicate constant(boolean truth) {
            return truth ? builder.conjunction() : builder.disjunction();
        }
    }
}
