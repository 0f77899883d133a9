package dev.keyledger.scim.keycloak.user;

import com.fasterxml.jackson.databind.JsonNode;
import dev.keyledger.scim.filter.Filter;
import dev.keyledger.scim.filter.Operator;
import dev.keyledger.scim.keycloak.query.FilterPredicates;
import dev.keyledger.scim.keycloak.query.Searchable;
import dev.keyledger.scim.keycloak.query.StoredElementFields;
import dev.keyledger.scim.keycloak.query.TextCase;
import dev.keyledger.scim.keycloak.query.TextPredicates;
import dev.keyledger.scim.path.AttributePath;
import jakarta.persistence.criteria.CommonAbstractCriteria;
import jakarta.persistence.criteria.CriteriaBuilder;
import jakarta.persistence.criteria.Expression;
import jakarta.persistence.criteria.Predicate;
import jakarta.persistence.criteria.Root;
import jakarta.persistence.criteria.Subquery;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.keycloak.models.jpa.entities.ClientEntity;
import org.keycloak.models.jpa.entities.RealmEntity;
import org.keycloak.models.jpa.entities.RoleEntity;
import org.keycloak.models.jpa.entities.UserEntity;
import org.keycloak.models.jpa.entities.UserRoleMappingEntity;

/**
 * A user's {@code roles} and {@code entitlements}, whose values are in two places, as {@link RoleElements} says: plain ones in
 * stored elements, roles among the user's role mappings, with what else is said of them in stored elements. For one query.
 */
final class RoleFields {
    private static final String VALUE = "value";

    private final CriteriaBuilder builder;
    private final CommonAbstractCriteria query;
    private final Root<UserEntity> user;
    private final AttributeRows rows;

    RoleFields(CriteriaBuilder builder, CommonAbstractCriteria query, Root<UserEntity> user, AttributeRows rows) {
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
        Predicate plain =
                rows.someElement(attribute, element -> builder.and(isPlain(element), matches(inner, element)));
        Predicate described = someMapping(
                attribute,
                (role, name) -> rows.someElement(
                        attribute,
                        element ->
                                builder.and(describes(element, role), matches(inner, new RoleValue(element, name)))));
        Predicate bare = someMapping(
                attribute,
                (role, name) -> builder.and(
                        builder.not(rows.someElement(attribute, element -> describes(element, role))),
                        matches(inner, new RoleValue(null, name))));
        return builder.or(plain, described, bare);
    }

    /** There is a value. */
    Predicate some(AttributePath whole) {
        String attribute = whole.attribute().name();
        return builder.or(
                rows.someElement(attribute, this::isPlain),
                someMapping(attribute, (role, name) -> builder.conjunction()));
    }

    /** That part of the primary value, else of the first one, in the form by which it sorts, or null; bare roles are last. */
    Expression<String> first(AttributePath path) {
        String attribute = path.attribute().name();
        boolean isValue = path.target().name().equals(VALUE);
        Expression<String> stored = rows.first(
                attribute,
                path.attribute(),
                element ->
                        builder.or(isPlain(element), someMapping(attribute, (role, name) -> describes(element, role))),
                element -> isValue
                        ? builder.coalesce(element.sortText(path), name(attribute, role -> describes(element, role)))
                        : element.sortText(path));
        return isValue ? builder.coalesce(stored, name(attribute, role -> builder.conjunction())) : stored;
    }

    private Predicate matches(Filter inner, Searchable one) {
        return inner.accept(new FilterPredicates(builder, one));
    }

    private static Predicate describes(StoredElementFields element, Root<RoleEntity> role) {
        return element.says(RoleElements.ROLE, role.get("id"));
    }

    private Predicate isPlain(StoredElementFields element) {
        return builder.not(element.has(RoleElements.ROLE));
    }

    private Predicate someMapping(
            String attribute, BiFunction<Root<RoleEntity>, Expression<String>, Predicate> condition) {
        Subquery<Integer> mappings = query.subquery(Integer.class);
        Mapping mapping = new Mapping(mappings, attribute);
        return builder.exists(mappings.select(builder.literal(1))
                .where(mapping.isTheUsers(), condition.apply(mapping.role, mapping.name)));
    }

    /** The least name of the roles that meet the condition, in lower case, or null. */
    private Expression<String> name(String attribute, Function<Root<RoleEntity>, Predicate> among) {
        Subquery<String> names = query.subquery(String.class);
        Mapping mapping = new Mapping(names, attribute);
        return names.select(builder.least(builder.lower(mapping.name)))
                .where(mapping.isTheUsers(), among.apply(mapping.role));
    }

    /** A role that the user has of their own, in a subquery. */
    private final class Mapping {
        private final Root<RoleEntity> role;
        private final Expression<String> name;
        private final List<Predicate> joined = new ArrayList<>();

        Mapping(Subquery<?> within, String attribute) {
            boolean client = attribute.equals(RoleElements.ENTITLEMENTS);
            Root<UserRoleMappingEntity> mapping = within.from(UserRoleMappingEntity.class);
            Root<RealmEntity> realm = within.from(RealmEntity.class);
            role = within.from(RoleEntity.class);
            if (client) {
                Root<ClientEntity> owner = within.from(ClientEntity.class);
                joined.add(builder.equal(owner.get("id"), role.get("clientId")));
                name = builder.concat(builder.concat(owner.<String>get("clientId"), "/"), role.get("name"));
            } else {
                name = role.get("name");
            }
            joined.add(builder.equal(mapping.get("user"), user));
            joined.add(builder.equal(mapping.get("roleId"), role.get("id")));
            joined.add(builder.equal(role.get("clientRole"), client));
            joined.add(builder.equal(realm.get("id"), user.get("realmId")));
            joined.add(builder.notEqual(role.get("id"), realm.get("defaultRoleId")));
        }

        Predicate isTheUsers() {
            return builder.and(joined.toArray(Predicate[]::new));
        }
    }

    /** A role: its value is its name, its other parts are those of its element, or none if it has no element. */
    private final class RoleValue implements Searchable {
        private final @Nullable StoredElementFields element;
        private final Expression<String> name;

        RoleValue(@Nullable StoredElementFields element, Expression<String> name) {
            this.element = element;
            this.name = name;
        }

        @Override
        public Predicate compare(AttributePath path, Operator operator, JsonNode value) {
            if (path.target().name().equals(VALUE)) {
                return new TextPredicates(builder).compare(name, TextCase.IGNORED, operator, value.asText());
            }
            return element != null ? element.compare(path, operator, value) : builder.disjunction();
        }

        @Override
        public Predicate isPresent(AttributePath path) {
            if (path.target().name().equals(VALUE)) {
                return builder.conjunction();
            }
            return element != null ? element.isPresent(path) : builder.disjunction();
        }
    }
}
