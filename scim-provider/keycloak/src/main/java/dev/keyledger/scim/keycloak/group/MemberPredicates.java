package dev.keyledger.scim.keycloak.group;

import dev.keyledger.scim.ScimException;
import dev.keyledger.scim.filter.Filter;
import dev.keyledger.scim.filter.Operator;
import jakarta.persistence.EntityManager;
import jakarta.persistence.criteria.CommonAbstractCriteria;
import jakarta.persistence.criteria.CriteriaBuilder;
import jakarta.persistence.criteria.Predicate;
import jakarta.persistence.criteria.Root;
import jakarta.persistence.criteria.Subquery;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.keycloak.models.jpa.entities.GroupEntity;
import org.keycloak.models.jpa.entities.UserGroupMembershipEntity;

/**
 * Predicates over a group's {@code members}: some member has this {@code value}, this {@code type}, or both, also one of
 * several such. The group that has a group as member is looked up first, so that the database has an index for each kind.
 */
final class MemberPredicates {
    private final CriteriaBuilder builder;
    private final CommonAbstractCriteria query;
    private final Root<GroupEntity> group;
    private final EntityManager entities;

    MemberPredicates(
            CriteriaBuilder builder, CommonAbstractCriteria query, Root<GroupEntity> group, EntityManager entities) {
        this.builder = builder;
        this.query = query;
        this.group = group;
        this.entities = entities;
    }

    /** The group has a member. */
    Predicate any() {
        return builder.or(someUser(null), someGroup());
    }

    /** Some member matches the filter. */
    Predicate some(Filter filter) {
        if (filter instanceof Filter.Or or) {
            return builder.or(or.operands().stream().map(this::some).toArray(Predicate[]::new));
        }
        List<Filter> terms = filter instanceof Filter.And and ? and.operands() : List.of(filter);
        String value = null;
        String type = null;
        for (Filter term : terms) {
            Filter.Comparison comparison = equality(term);
            boolean isValue = comparison.path().target().name().equals("value");
            if ((isValue ? value : type) != null) {
                throw unsearchable();
            }
            value = isValue ? comparison.value().asText() : value;
            type = isValue ? type : comparison.value().asText().toLowerCase(Locale.ROOT);
        }
        return some(value, type);
    }

    private Predicate some(@Nullable String value, @Nullable String type) {
        if (type != null && !type.equals("user") && !type.equals("group")) {
            return builder.disjunction();
        }
        if (value == null) {
            return "user".equals(type) ? someUser(null) : someGroup();
        }
        List<String> parents = "user".equals(type)
                ? List.of()
                : entities.createQuery("select c.parentId from GroupEntity c where c.id = :id", String.class)
                        .setParameter("id", value)
                        .getResultList();
        if (!parents.isEmpty() || "group".equals(type)) {
            return parents.isEmpty() ? builder.disjunction() : builder.equal(group.get("id"), parents.get(0));
        }
        return someUser(value);
    }

    private static Filter.Comparison equality(Filter term) {
        if (term instanceof Filter.Comparison comparison
                && comparison.operator() == Operator.EQ
                && List.of("value", "type").contains(comparison.path().target().name())) {
            return comparison;
        }
        throw unsearchable();
    }

    private Predicate someUser(@Nullable String id) {
        Subquery<String> memberships = query.subquery(String.class);
        Root<UserGroupMembershipEntity> row = memberships.from(UserGroupMembershipEntity.class);
        memberships.select(row.get("groupId"));
        if (id != null) {
            return group.get("id")
                    .in(memberships.where(builder.equal(row.get("user").get("id"), id)));
        }
        return builder.exists(memberships.where(builder.equal(row.get("groupId"), group.get("id"))));
    }

    private Predicate someGroup() {
        Subquery<Integer> children = query.subquery(Integer.class);
        Root<GroupEntity> child = children.from(GroupEntity.class);
        return builder.exists(children.select(builder.literal(1))
                .where(
                        builder.equal(child.get("realm"), group.get("realm")),
                        builder.equal(child.get("parentId"), group.get("id"))));
    }

    private static ScimException unsearchable() {
        return ScimException.invalidFilter("members can be searched for by value eq and type eq only");
    }
}
