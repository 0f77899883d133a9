package dev.keyledger.scim.keycloak.connection;

import dev.keyledger.scim.keycloak.contract.Policy;
import dev.keyledger.scim.keycloak.storage.Provisioned;
import dev.keyledger.scim.keycloak.storage.Restriction;
import jakarta.persistence.EntityManager;
import jakarta.persistence.criteria.CommonAbstractCriteria;
import jakarta.persistence.criteria.CriteriaBuilder;
import jakarta.persistence.criteria.Expression;
import jakarta.persistence.criteria.Predicate;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.keycloak.models.GroupModel;
import org.keycloak.models.jpa.entities.GroupEntity;

/**
 * Which users and groups there are for a connection: the others are not there, by whatever name they are called. Every query
 * over users or groups asks it; of a connection that sees everything it adds nothing to any.
 */
public final class Sight {
    private static final Sight EVERYTHING = new Sight(List.of(), List.of(), null);

    private final List<Restriction> users;
    private final List<Restriction> groups;
    private final @Nullable OrganizationScope organization;

    private Sight(List<Restriction> users, List<Restriction> groups, @Nullable OrganizationScope organization) {
        this.organization = organization;
        this.users = users;
        this.groups = groups;
    }

    /** What that policy lets a connection see; {@code provisioned} is asked for only if it matters. */
    static Sight of(Policy policy, @Nullable OrganizationScope organization, Supplier<Provisioned> provisioned) {
        if (organization != null) {
            Sight within = of(policy, null, provisioned);
            return new Sight(
                    and(organization.members(), within.users), and(organization.groups(), within.groups), organization);
        }
        if (policy.visibility() == Policy.Visibility.PROVISIONED) {
            List<Restriction> kept = List.of(provisioned.get().kept());
            return new Sight(kept, kept, null);
        }
        return policy.keepsDeleted() ? new Sight(List.of(provisioned.get().notDeleted()), List.of(), null) : EVERYTHING;
    }

    private static List<Restriction> and(Restriction first, List<Restriction> others) {
        return Stream.concat(Stream.of(first), others.stream()).toList();
    }

    /** All that is in the realm. */
    public static Sight everything() {
        return EVERYTHING;
    }

    /** Of which of Keycloak's two types the groups are: the realm's or an organization's. */
    public GroupModel.Type groupType() {
        return organization == null ? GroupModel.Type.REALM : GroupModel.Type.ORGANIZATION;
    }

    /** The group that Keycloak has above those of the top level; null for the realm's groups, which have none. */
    public @Nullable GroupModel topGroup() {
        return organization == null ? null : organization.top();
    }

    /** What groups of the top level have as the id of their parent. */
    public String topGroupId() {
        GroupModel top = topGroup();
        return top == null ? GroupEntity.TOP_PARENT_ID : top.getId();
    }

    /** Whether some users of the realm are not there. */
    public boolean hidesUsers() {
        return !users.isEmpty();
    }

    /** Whether some groups of the realm are not there. */
    public boolean hidesGroups() {
        return !groups.isEmpty();
    }

    /** What to add to the conditions of a JPQL query over users; {@code id} is the path of a user's id. */
    public String users(String id) {
        return conditions(users, id);
    }

    /** What to add to the conditions of a JPQL query over groups; {@code id} is the path of a group's id. */
    public String groups(String id) {
        return conditions(groups, id);
    }

    /** The same for a criteria query over users. */
    public List<Predicate> users(CriteriaBuilder builder, CommonAbstractCriteria query, Expression<String> id) {
        return users.stream().map(each -> each.criteria(builder, query, id)).toList();
    }

    /** The same for a criteria query over groups. */
    public List<Predicate> groups(CriteriaBuilder builder, CommonAbstractCriteria query, Expression<String> id) {
        return groups.stream().map(each -> each.criteria(builder, query, id)).toList();
    }

    /** Whether the user of that id is there; asks the database if some are not. */
    public boolean hasUser(EntityManager entities, String id) {
        return users.isEmpty() || exists(entities, "UserEntity", users("r.id"), id);
    }

    /** Whether the group of that id is there; asks the database if some are not. */
    public boolean hasGroup(EntityManager entities, String id) {
        return groups.isEmpty() || exists(entities, "GroupEntity", groups("r.id"), id);
    }

    private static boolean exists(EntityManager entities, String entity, String conditions, String id) {
        return !entities.createQuery("select r.id from " + entity + " r where r.id = :id" + conditions, String.class)
                .setParameter("id", id)
                .getResultList()
                .isEmpty();
    }

    private static String conditions(List<Restriction> all, String id) {
        StringBuilder conditions = new StringBuilder();
        all.forEach(each -> conditions.append(" and ").append(each.jpql(id)));
        return conditions.toString();
    }
}
