package dev.keyledger.scim.keycloak.group;

import com.fasterxml.jackson.databind.JsonNode;
import dev.keyledger.scim.filter.Filter;
import dev.keyledger.scim.filter.Operator;
import dev.keyledger.scim.keycloak.connection.Sight;
import dev.keyledger.scim.keycloak.query.FilterPredicates;
import dev.keyledger.scim.keycloak.query.Searchable;
import dev.keyledger.scim.keycloak.query.TextCase;
import dev.keyledger.scim.keycloak.query.TextPredicates;
import dev.keyledger.scim.path.AttributePath;
import dev.keyledger.scim.resource.Json;
import jakarta.persistence.EntityManager;
import jakarta.persistence.criteria.CommonAbstractCriteria;
import jakarta.persistence.criteria.CriteriaBuilder;
import jakarta.persistence.criteria.Expression;
import jakarta.persistence.criteria.Predicate;
import jakarta.persistence.criteria.Root;
import jakarta.persistence.criteria.Subquery;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.keycloak.models.jpa.entities.GroupEntity;
import org.keycloak.models.jpa.entities.UserEntity;
import org.keycloak.models.jpa.entities.UserGroupMembershipEntity;

/**
 * Predicates over a group's {@code members}, users and groups. Those who ask for a member by its {@code value}, its {@code type}
 * or both, as provisioning clients do, have an index: the group that has a group as member is looked up first.
 */
final class MemberPredicates {
    private static final String VALUE = "value";
    private static final String TYPE = "type";

    private final CriteriaBuilder builder;
    private final CommonAbstractCriteria query;
    private final Root<GroupEntity> group;
    private final EntityManager entities;
    private final Sight sight;
    private final String baseUri;

    MemberPredicates(
            CriteriaBuilder builder,
            CommonAbstractCriteria query,
            Root<GroupEntity> group,
            EntityManager entities,
            Sight sight,
            String baseUri) {
        this.sight = sight;
        this.builder = builder;
        this.query = query;
        this.group = group;
        this.entities = entities;
        this.baseUri = baseUri;
    }

    /** The group has a member. */
    Predicate any() {
        return builder.or(someUser(null), someGroup());
    }

    /** Some member matches the filter. */
    Predicate some(Filter filter) {
        return filter instanceof Filter.Or or ? any(or) : one(filter);
    }

    /** Those that have an index one by one, the others together. */
    private Predicate any(Filter.Or or) {
        List<Predicate> found = new ArrayList<>();
        List<Filter> others = new ArrayList<>();
        for (Filter operand : or.operands()) {
            if (terms(operand).stream().allMatch(term -> isEquality(term, VALUE) || isEquality(term, TYPE))) {
                found.add(one(operand));
            } else {
                others.add(operand);
            }
        }
        if (!others.isEmpty()) {
            found.add(someMatching(others.size() == 1 ? others.get(0) : new Filter.Or(others)));
        }
        return builder.or(found.toArray(Predicate[]::new));
    }

    private static List<Filter> terms(Filter filter) {
        return filter instanceof Filter.And and ? and.operands() : List.of(filter);
    }

    private Predicate one(Filter filter) {
        List<Filter> terms = terms(filter);
        String value = null;
        String type = null;
        for (Filter term : terms) {
            boolean isValue = isEquality(term, VALUE);
            if (isValue ? value != null : !isEquality(term, TYPE) || type != null) {
                return someMatching(filter);
            }
            String wanted = ((Filter.Comparison) term).value().asText();
            value = isValue ? wanted : value;
            type = isValue ? type : wanted.toLowerCase(Locale.ROOT);
        }
        return some(value, type);
    }

    private static boolean isEquality(Filter term, String part) {
        return term instanceof Filter.Comparison comparison
                && comparison.operator() == Operator.EQ
                && comparison.path().target().name().equals(part);
    }

    /** Some member matches a filter for which there is no index. */
    private Predicate someMatching(Filter filter) {
        Subquery<Integer> users = query.subquery(Integer.class);
        Root<UserGroupMembershipEntity> membership = users.from(UserGroupMembershipEntity.class);
        Root<UserEntity> user = users.from(UserEntity.class);
        users.select(builder.literal(1))
                .where(
                        builder.equal(membership.get("groupId"), group.get("id")),
                        builder.equal(membership.get("user"), user),
                        builder.isNull(user.get("serviceAccountClientLink")),
                        and(sight.users(builder, query, user.get("id"))),
                        matches(filter, new OneMember(Member.Type.USER, user.get("id"), user.get("username"))));
        Subquery<Integer> groups = query.subquery(Integer.class);
        Root<GroupEntity> child = groups.from(GroupEntity.class);
        groups.select(builder.literal(1))
                .where(
                        builder.equal(child.get("realm"), group.get("realm")),
                        builder.equal(child.get("parentId"), group.get("id")),
                        and(sight.groups(builder, query, child.get("id"))),
                        matches(filter, new OneMember(Member.Type.GROUP, child.get("id"), child.get("name"))));
        return builder.or(builder.exists(users), builder.exists(groups));
    }

    private Predicate and(List<Predicate> all) {
        return builder.and(all.toArray(Predicate[]::new));
    }

    private Predicate matches(Filter filter, OneMember member) {
        return filter.accept(new FilterPredicates(builder, member));
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
                : entities.createQuery(
                                "select c.parentId from GroupEntity c where c.id = :id" + sight.groups("c.id"),
                                String.class)
                        .setParameter("id", value)
                        .getResultList();
        if (!parents.isEmpty() || "group".equals(type)) {
            return parents.isEmpty() ? builder.disjunction() : builder.equal(group.get("id"), parents.get(0));
        }
        return someUser(value);
    }

    private Predicate someUser(@Nullable String id) {
        Subquery<String> memberships = query.subquery(String.class);
        Root<UserGroupMembershipEntity> row = memberships.from(UserGroupMembershipEntity.class);
        memberships.select(row.get("groupId"));
        if (id != null && !sight.hasUser(entities, id)) {
            return builder.disjunction();
        }
        if (id != null) {
            return group.get("id")
                    .in(memberships.where(builder.equal(row.get("user").get("id"), id)));
        }
        return builder.exists(memberships.where(
                builder.equal(row.get("groupId"), group.get("id")),
                and(sight.users(builder, query, row.get("user").get("id")))));
    }

    private Predicate someGroup() {
        Subquery<Integer> children = query.subquery(Integer.class);
        Root<GroupEntity> child = children.from(GroupEntity.class);
        return builder.exists(children.select(builder.literal(1))
                .where(
                        builder.equal(child.get("realm"), group.get("realm")),
                        builder.equal(child.get("parentId"), group.get("id")),
                        and(sight.groups(builder, query, child.get("id")))));
    }

    /** One member as a value of {@code members}; it has every part. */
    private final class OneMember implements Searchable {
        private final Member.Type type;
        private final Expression<String> id;
        private final Expression<String> name;

        OneMember(Member.Type type, Expression<String> id, Expression<String> name) {
            this.type = type;
            this.id = id;
            this.name = name;
        }

        @Override
        public Predicate compare(AttributePath path, Operator operator, JsonNode value) {
            TextPredicates texts = new TextPredicates(builder);
            String wanted = value.asText();
            return switch (path.target().name()) {
                case VALUE -> texts.compare(id, TextCase.EXACT, operator, wanted);
                case "display" -> texts.compare(name, TextCase.IGNORED, operator, wanted);
                case "$ref" ->
                    texts.compare(builder.concat(type.uri(baseUri, ""), id), TextCase.EXACT, operator, wanted);
                default ->
                    new Filter.Comparison(path, operator, value)
                                    .matchesElement(Json.object().put(TYPE, type.word()))
                            ? builder.conjunction()
                            : builder.disjunction();
            };
        }

        @Override
        public Predicate isPresent(AttributePath path) {
            return builder.conjunction();
        }
    }
}
