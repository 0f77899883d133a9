package dev.keyledger.scim.keycloak.storage;

import jakarta.persistence.criteria.CommonAbstractCriteria;
import jakarta.persistence.criteria.CriteriaBuilder;
import jakarta.persistence.criteria.Expression;
import jakarta.persistence.criteria.Predicate;
import jakarta.persistence.criteria.Root;
import jakarta.persistence.criteria.Subquery;
import java.util.UUID;
import org.keycloak.models.jpa.entities.GroupEntity;

/**
 * The groups of one organization, but not the one by which Keycloak keeps its members.
 *
 * @param membersId the id of that one, a UUID, as Keycloak's ids of groups are
 */
public record GroupsOf(UUID membersId) implements Restriction {
    @Override
    public String jpql(String id) {
        return "exists (select 1 from GroupEntity og where og.id = " + id + " and og.organization.groupId = '"
                + membersId + "' and og.id <> '" + membersId + "')";
    }

    @Override
    public Predicate criteria(CriteriaBuilder builder, CommonAbstractCriteria query, Expression<String> id) {
        Subquery<Integer> rows = query.subquery(Integer.class);
        Root<GroupEntity> row = rows.from(GroupEntity.class);
        return builder.exists(rows.select(builder.literal(1))
                .where(
                        builder.equal(row.get("id"), id),
                        builder.equal(row.get("organization").get("groupId"), membersId.toString()),
                        builder.notEqual(row.get("id"), membersId.toString())));
    }
}
