package dev.keyledger.scim.keycloak.user;

import dev.keyledger.scim.ScimException;
import dev.keyledger.scim.filter.Filter;
import dev.keyledger.scim.filter.FilterVisitor;
import dev.keyledger.scim.filter.Operator;
import dev.keyledger.scim.keycloak.query.TextCase;
import dev.keyledger.scim.keycloak.query.TextPredicates;
import jakarta.persistence.criteria.CommonAbstractCriteria;
import jakarta.persistence.criteria.CriteriaBuilder;
import jakarta.persistence.criteria.Predicate;
import jakarta.persistence.criteria.Root;
import jakarta.persistence.criteria.Subquery;
import java.util.Set;
import org.keycloak.models.GroupModel;
import org.keycloak.models.jpa.entities.GroupEntity;
import org.keycloak.models.jpa.entities.UserEntity;
import org.keycloak.models.jpa.entities.UserGroupMembershipEntity;

/** Predicates over a user's {@code groups}, direct and indirect: one comparison of {@code value} or {@code display} at a time. */
final class MembershipPredicates implements FilterVisitor<Predicate> {
    private final CriteriaBuilder builder;
    private final CommonAbstractCriteria query;
    private final Root<UserEntity> user;
    private final GroupTree tree;

    MembershipPredicates(CriteriaBuilder builder, CommonAbstractCriteria query, Root<UserEntity> user, GroupTree tree) {
        this.builder = builder;
        this.query = query;
        this.user = user;
        this.tree = tree;
    }

    /** The user is in some group. */
    Predicate some() {
        Subquery<Integer> memberships = query.subquery(Integer.class);
        Root<UserGroupMembershipEntity> membership = memberships.from(UserGroupMembershipEntity.class);
        Root<GroupEntity> group = memberships.from(GroupEntity.class);
        return builder.exists(memberships
                .select(builder.literal(1))
                .where(
                        builder.equal(membership.get("user"), user),
                        builder.equal(membership.get("groupId"), group.get("id")),
                        builder.equal(group.get("type"), GroupModel.Type.REALM.intValue())));
    }

    @Override
    public Predicate visit(Filter.Comparison comparison) {
        String part = comparison.path().target().name();
        if (comparison.operator() == Operator.NE || !(part.equals("value") || part.equals("display"))) {
            throw unsearchable();
        }
        boolean byId = part.equals("value");
        TextPredicates texts = new TextPredicates(builder);
        Set<String> groups = tree.matching(group -> texts.compare(
                group.get(byId ? "id" : "name"),
                byId ? TextCase.EXACT : TextCase.IGNORED,
                comparison.operator(),
                comparison.value().asText()));
        if (groups.isEmpty()) {
            return builder.disjunction();
        }
        Subquery<Integer> memberships = query.subquery(Integer.class);
        Root<UserGroupMembershipEntity> membership = memberships.from(UserGroupMembershipEntity.class);
        return builder.exists(memberships
                .select(builder.literal(1))
                .where(
                        builder.equal(membership.get("user"), user),
                        membership.get("groupId").in(groups)));
    }

    @Override
    public Predicate visit(Filter.Present present) {
        return some();
    }

    @Override
    public Predicate visit(Filter.And and) {
        throw unsearchable();
    }

    @Override
    public Predicate visit(Filter.Or or) {
        return builder.or(or.operands().stream().map(f -> f.accept(this)).toArray(Predicate[]::new));
    }

    @Override
    public Predicate visit(Filter.Not not) {
        throw unsearchable();
    }

    @Override
    public Predicate visit(Filter.ValuePath valuePath) {
        throw unsearchable();
    }

    private static ScimException unsearchable() {
        return ScimException.invalidFilter("groups can be searched for by one comparison of value or display only");
    }
}
