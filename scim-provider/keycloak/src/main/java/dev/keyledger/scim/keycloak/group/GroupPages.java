package dev.keyledger.scim.keycloak.group;

import dev.keyledger.scim.keycloak.connection.Connection;
import dev.keyledger.scim.keycloak.query.PageQuery;
import dev.keyledger.scim.keycloak.query.SearchableFields;
import dev.keyledger.scim.keycloak.query.SortKey;
import jakarta.persistence.EntityManager;
import jakarta.persistence.criteria.CommonAbstractCriteria;
import jakarta.persistence.criteria.CriteriaBuilder;
import jakarta.persistence.criteria.CriteriaQuery;
import jakarta.persistence.criteria.Predicate;
import jakarta.persistence.criteria.Root;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.keycloak.authorization.fgap.AdminPermissionsSchema;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.jpa.entities.GroupEntity;

/** Pages of the groups that the client may see, child groups too: the realm's, or those of its organization. */
final class GroupPages extends PageQuery<GroupEntity> {
    private final KeycloakSession session;
    private final EntityManager entities;
    private final Connection connection;
    private final String baseUri;

    /** Pages of groups; {@code baseUri} is what {@code $ref}s start with. */
    GroupPages(
            KeycloakSession session,
            EntityManager entities,
            Connection connection,
            String baseUri,
            Duration queryTimeout) {
        super(entities, GroupEntity.class, queryTimeout);
        this.connection = connection;
        this.session = session;
        this.entities = entities;
        this.baseUri = baseUri;
    }

    @Override
    protected List<Predicate> scope(CriteriaBuilder builder, CriteriaQuery<?> query, Root<GroupEntity> root) {
        RealmModel realm = session.getContext().getRealm();
        List<Predicate> scope = new ArrayList<>();
        scope.add(builder.equal(root.get("realm"), realm.getId()));
        scope.add(builder.equal(root.get("type"), connection.sight().groupType().intValue()));
        scope.addAll(connection.sight().groups(builder, query, root.get("id")));
        scope.addAll(AdminPermissionsSchema.SCHEMA.applyAuthorizationFilters(
                session, AdminPermissionsSchema.GROUPS, realm, builder, query, root));
        return scope;
    }

    @Override
    protected SearchableFields fields(CriteriaBuilder builder, CommonAbstractCriteria query, Root<GroupEntity> root) {
        return new GroupFields(
                builder,
                query,
                root,
                new MemberPredicates(builder, query, root, entities, connection.sight(), baseUri),
                connection.contract().externalIdAttribute());
    }

    @Override
    protected SortKey naturalOrder(CriteriaBuilder builder, Root<GroupEntity> root) {
        return SortKey.of(root.get("name"));
    }

    @Override
    protected String id(GroupEntity row) {
        return row.getId();
    }
}
