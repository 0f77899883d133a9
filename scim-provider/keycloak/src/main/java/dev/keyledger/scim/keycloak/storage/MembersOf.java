package dev.keyledger.scim.keycloak.storage;

import jakarta.persistence.criteria.CommonAbstractCriteria;
import jakarta.persistence.criteria.CriteriaBuilder;
import jakarta.persistence.criteria.Expression;
import jakarta.persistence.criteria.Predicate;
import jakarta.persistence.criteria.Root;
import jakarta.persistence.criteria.Subquery;
import java.util.UUID;
import org.keycloak.models.jpa.entities.UserGroupMembershipEntity;

/**
 * Users who are members of one group, such as the one by which Keycloak keeps the members of an organization.
 *
 * @param groupId a UUID, as Keycloak's ids of groups are
 */
public record MembersOf(UUID groupId) implements Restriction {
    @Override
    public String jpql(String id) {
        return "exists (select 1 from UserGroupMembershipEntity om where om.user.id = " + id + " and om.groupId = '"
                + groupId + "')";
    }

    @Override
    public Predicate criteria(CriteriaBuilder builder, CommonAbstractCriteria query, Expression<String> id) {
        Subquery<Integer> rows = query.subquery(Integer.class);
        Root<UserGroupMembershipEntity> row = rows.from(UserGroupMembershipEntity.class);
        return builder.exists(rows.select(builder.literal(1))
                .where(
                        builder.equal(row.get("user").get("id"), id),
                        builder.equal(row.get("groupId"), groupId.toString())));
    }
}
