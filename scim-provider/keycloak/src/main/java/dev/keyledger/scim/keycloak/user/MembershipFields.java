package dev.keyledger.scim.keycloak.user;

import com.fasterxml.jackson.databind.JsonNode;
import dev.keyledger.scim.filter.Filter;
import dev.keyledger.scim.filter.Operator;
import dev.keyledger.scim.keycloak.query.FilterPredicates;
import dev.keyledger.scim.keycloak.query.Searchable;
import dev.keyledger.scim.keycloak.query.TextCase;
import dev.keyledger.scim.keycloak.query.TextPredicates;
import dev.keyledger.scim.path.AttributePath;
import dev.keyledger.scim.resource.Json;
import jakarta.persistence.criteria.CommonAbstractCriteria;
import jakarta.persistence.criteria.CriteriaBuilder;
import jakarta.persistence.criteria.Expression;
import jakarta.persistence.criteria.Predicate;
import jakarta.persistence.criteria.Root;
import jakarta.persistence.criteria.Subquery;
import java.util.Collection;
import org.hibernate.query.criteria.JpaSubQuery;
import org.keycloak.models.jpa.entities.GroupEntity;
import org.keycloak.models.jpa.entities.UserEntity;
import org.keycloak.models.jpa.entities.UserGroupMembershipEntity;

/** A user's {@code groups}: those that the user is a member of ({@code direct}), and those above them. For one query. */
final class MembershipFields {
    private static final String TYPE = "type";
    private static final String DIRECT = "direct";
    private static final String INDIRECT = "indirect";

    private final CriteriaBuilder builder;
    private final CommonAbstractCriteria query;
    private final Root<UserEntity> user;
    private final GroupTree tree;
    private final String groupsUri;

    /** The groups of that user. */
    MembershipFields(
            CriteriaBuilder builder,
            CommonAbstractCriteria query,
            Root<UserEntity> user,
            UserFields.Elsewhere elsewhere) {
        this.builder = builder;
        this.query = query;
        this.user = user;
        this.tree = elsewhere.tree();
        this.groupsUri = elsewhere.baseUri() + "/Groups/";
    }

    /** The user is in some group. */
    Predicate some() {
        Subquery<Integer> groups = query.subquery(Integer.class);
        Predicate[] joined = join(groups, groups.from(UserGroupMembershipEntity.class), groups.from(GroupEntity.class));
        return builder.exists(groups.select(builder.literal(1)).where(joined));
    }

    /** Some one of the user's groups, direct or not, matches the inner filter. */
    Predicate some(Filter inner) {
        if (!asksForType(inner)) {
            return isMemberOf(tree.matching(group -> matches(inner, group, DIRECT)));
        }
        return builder.or(
                isMemberOf(tree.select(group -> matches(inner, group, DIRECT))),
                isMemberOf(tree.below(group -> matches(inner, group, INDIRECT))));
    }

    private Predicate matches(Filter inner, Root<GroupEntity> group, String type) {
        return inner.accept(new FilterPredicates(builder, new OneGroup(group, type)));
    }

    private Predicate isMemberOf(Collection<String> groupIds) {
        if (groupIds.isEmpty()) {
            return builder.disjunction();
        }
        Subquery<String> members = query.subquery(String.class);
        Root<UserGroupMembershipEntity> membership = members.from(UserGroupMembershipEntity.class);
        return user.get("id")
                .in(members.select(membership.get("user").get("id"))
                        .where(membership.get("groupId").in(groupIds)));
    }

    private static boolean asksForType(Filter inner) {
        if (inner instanceof Filter.And and) {
            return and.operands().stream().anyMatch(MembershipFields::asksForType);
        }
        if (inner instanceof Filter.Or or) {
            return or.operands().stream().anyMatch(MembershipFields::asksForType);
        }
        if (inner instanceof Filter.Not not) {
            return asksForType(not.operand());
        }
        return inner instanceof Filter.Comparison comparison
                && comparison.path().target().name().equals(TYPE);
    }

    /** That part of the first of the user's groups, or null. */
    Expression<String> first(String part) {
        JpaSubQuery<String> first = (JpaSubQuery<String>) query.subquery(String.class);
        Root<UserGroupMembershipEntity> membership = first.from(UserGroupMembershipEntity.class);
        Root<GroupEntity> group = first.from(GroupEntity.class);
        Expression<String> what = switch (part) {
            case "display" -> builder.lower(group.get("name"));
            case TYPE -> builder.literal(DIRECT);
            default -> group.get("id");
        };
        return first.select(what)
                .where(join(first, membership, group))
                .orderBy(builder.asc(group.get("name")), builder.asc(group.get("id")))
                .fetch(1);
    }

    private Predicate[] join(
            CommonAbstractCriteria within, Root<UserGroupMembershipEntity> membership, Root<GroupEntity> group) {
        return new Predicate[] {
            builder.and(tree.sight().groups(builder, within, group.get("id")).toArray(Predicate[]::new)),
            builder.equal(membership.get("user"), user),
            builder.equal(membership.get("groupId"), group.get("id")),
            builder.equal(group.get("type"), tree.sight().groupType().intValue())
        };
    }

    /** One group of the user as a value of {@code groups}; it has every part. */
    private final class OneGroup implements Searchable {
        private final Root<GroupEntity> group;
        private final String type;

        OneGroup(Root<GroupEntity> group, String type) {
            this.group = group;
            this.type = type;
        }

        @Override
        public Predicate compare(AttributePath path, Operator operator, JsonNode value) {
            TextPredicates texts = new TextPredicates(builder);
            String wanted = value.asText();
            return switch (path.target().name()) {
                case "value" -> texts.compare(group.get("id"), TextCase.EXACT, operator, wanted);
                case "display" -> texts.compare(group.get("name"), TextCase.IGNORED, operator, wanted);
                case "$ref" ->
                    texts.compare(builder.concat(groupsUri, group.get("id")), TextCase.EXACT, operator, wanted);
                default ->
                    new Filter.Comparison(path, operator, value)
                                    .matchesElement(Json.object().put(TYPE, type))
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
