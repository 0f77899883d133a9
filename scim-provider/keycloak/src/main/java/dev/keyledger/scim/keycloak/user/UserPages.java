package dev.keyledger.scim.keycloak.user;

import dev.keyledger.scim.keycloak.connection.Sight;
import dev.keyledger.scim.keycloak.query.PageQuery;
import dev.keyledger.scim.keycloak.query.SearchableFields;
import dev.keyledger.scim.keycloak.query.SortKey;
import dev.keyledger.scim.keycloak.schema.RealmSchema;
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
import org.keycloak.authorization.fgap.evaluation.partial.PartialEvaluationStorageProvider;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.jpa.entities.UserEntity;
import org.keycloak.storage.UserStoragePrivateUtil;

/** Pages of the realm's users that the client may see; the accounts of services are no users. */
final class UserPages extends PageQuery<UserEntity> {
    private final KeycloakSession session;
    private final RealmSchema schema;
    private final GroupTree tree;
    private final Sight sight;
    private final String baseUri;

    /** Pages of users of that schema; {@code baseUri} is what locations start with. */
    UserPages(
            KeycloakSession session,
            RealmSchema schema,
            EntityManager entities,
            Sight sight,
            String baseUri,
            Duration queryTimeout) {
        super(entities, UserEntity.class, queryTimeout);
        this.session = session;
        this.schema = schema;
        this.sight = sight;
        this.tree = new GroupTree(entities, session.getContext().getRealm().getId(), sight);
        this.baseUri = baseUri;
    }

    @Override
    protected List<Predicate> scope(CriteriaBuilder builder, CriteriaQuery<?> query, Root<UserEntity> root) {
        RealmModel realm = session.getContext().getRealm();
        List<Predicate> scope = new ArrayList<>();
        scope.add(builder.equal(root.get("realmId"), realm.getId()));
        scope.add(builder.isNull(root.get("serviceAccountClientLink")));
        scope.addAll(sight.users(builder, query, root.get("id")));
        scope.addAll(AdminPermissionsSchema.SCHEMA.applyAuthorizationFilters(
                session,
                AdminPermissionsSchema.USERS,
                (PartialEvaluationStorageProvider) UserStoragePrivateUtil.userLocalStorage(session),
                realm,
                builder,
                query,
                root));
        return scope;
    }

    @Override
    protected SearchableFields fields(CriteriaBuilder builder, CommonAbstractCriteria query, Root<UserEntity> root) {
        return new UserFields(schema, builder, query, root, new UserFields.Elsewhere(tree, baseUri));
    }

    @Override
    protected SortKey naturalOrder(CriteriaBuilder builder, Root<UserEntity> root) {
        return UserSortKeys.byUserName(root);
    }

    @Override
    protected String id(UserEntity row) {
        return row.getId();
    }
}
