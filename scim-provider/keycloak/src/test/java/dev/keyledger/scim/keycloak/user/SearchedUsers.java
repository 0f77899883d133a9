package dev.keyledger.scim.keycloak.user;

import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.keyledger.scim.keycloak.connection.Sight;
import dev.keyledger.scim.keycloak.query.Page;
import dev.keyledger.scim.keycloak.query.PageQuery;
import dev.keyledger.scim.keycloak.query.SearchableFields;
import dev.keyledger.scim.keycloak.query.SortKey;
import dev.keyledger.scim.keycloak.schema.Profiles;
import dev.keyledger.scim.keycloak.schema.RealmSchema;
import dev.keyledger.scim.resource.Resource;
import dev.keyledger.scim.service.Query;
import jakarta.persistence.EntityManager;
import jakarta.persistence.criteria.CommonAbstractCriteria;
import jakarta.persistence.criteria.CriteriaBuilder;
import jakarta.persistence.criteria.CriteriaQuery;
import jakarta.persistence.criteria.Predicate;
import jakarta.persistence.criteria.Root;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.keycloak.models.GroupModel;
import org.keycloak.models.RealmModel;
import org.keycloak.models.jpa.entities.ClientEntity;
import org.keycloak.models.jpa.entities.GroupEntity;
import org.keycloak.models.jpa.entities.RealmEntity;
import org.keycloak.models.jpa.entities.RoleEntity;
import org.keycloak.models.jpa.entities.UserAttributeEntity;
import org.keycloak.models.jpa.entities.UserEntity;
import org.keycloak.models.jpa.entities.UserGroupMembershipEntity;
import org.keycloak.models.jpa.entities.UserRoleMappingEntity;
import org.keycloak.representations.idm.MembershipType;

/** The users of one realm, stored as the mapping says, and searches among them. */
final class SearchedUsers {
    static final String BASE = "https://host/scim/v2";

    static final RealmSchema SCHEMA = Profiles.untouched();

    private static final UserMapping MAPPING = new UserMapping(SCHEMA);
    private static final JsonMapper JSON =
            JsonMapper.builder().enable(JsonReadFeature.ALLOW_SINGLE_QUOTES).build();

    /** Pages are read without the realm's model. */
    private static final RealmModel NO_REALM = (RealmModel) Proxy.newProxyInstance(
            SearchedUsers.class.getClassLoader(), new Class<?>[] {RealmModel.class}, (proxy, method, arguments) -> {
                throw new UnsupportedOperationException(method.getName());
            });

    private final SearchDatabase database;
    private final String realm;
    private final List<Resource> resources = new ArrayList<>();

    SearchedUsers(SearchDatabase database, String realm) {
        this.database = database;
        this.realm = realm;
    }

    /** Users whose values are hard to search for, in a realm of their own. */
    static SearchedUsers odd(SearchDatabase database) {
        SearchedUsers users = new SearchedUsers(database, UUID.randomUUID().toString());
        String url = "/odd-users.json";
        database.change(entities -> {
            users.makeRoles(entities);
            try (var in = SearchedUsers.class.getResourceAsStream(url)) {
                JSON.readTree(in).forEach(user -> users.store(entities, (ObjectNode) user));
            } catch (java.io.IOException e) {
                throw new java.io.UncheckedIOException(url, e);
            }
            users.joinGroups(entities);
        });
        users.readBack();
        return users;
    }

    static String name(Resource user) {
        return String.valueOf(user.text("userName")).toLowerCase(java.util.Locale.ROOT);
    }

    /** The users in the order of their names, as a client reads them. */
    List<Resource> resources() {
        return resources;
    }

    Page<UserEntity> find(Query query) {
        try (EntityManager entities = database.open()) {
            return pages(entities).find(query);
        }
    }

    /** How the database reads the page that the query asks for. */
    String plan(Query query) {
        try (EntityManager entities = database.openWithoutParameters()) {
            SearchDatabase.STATEMENTS.clear();
            pages(entities).find(query);
            String statement = SearchDatabase.STATEMENTS.get(0).replace("?", "11");
            List<?> lines = entities.createNativeQuery("explain " + statement).getResultList();
            return lines.stream().map(String::valueOf).collect(Collectors.joining("\n"));
        }
    }

    private void store(EntityManager entities, ObjectNode json) {
        Map<String, List<String>> attributes = MAPPING.toAttributes(Resource.of(json), null, this::role);
        UserEntity user = new UserEntity();
        user.setId(UUID.randomUUID().toString());
        user.setRealmId(realm);
        user.setUsername(first(attributes, "username"));
        user.setEmail(first(attributes, "email"), false);
        user.setFirstName(first(attributes, "firstName"));
        user.setLastName(first(attributes, "lastName"));
        user.setEnabled(UserMapping.active(Resource.of(json)));
        user.setCreatedTimestamp(1_700_000_000_000L + attributes.hashCode() % 1000);
        entities.persist(user);
        map(entities, user, realm.substring(0, 8) + "-default");
        if (user.getUsername().length() > 3) {
            map(entities, user, realm.substring(0, 8) + "-bare");
        }
        for (String attribute : RoleElements.ATTRIBUTES) {
            json.path(attribute)
                    .forEach(value ->
                            role(attribute, value.path("value").asText()).ifPresent(id -> map(entities, user, id)));
        }
        attributes.forEach((name, values) -> values.forEach(value -> {
            if (!List.of("username", "email", "firstName", "lastName").contains(name)) {
                UserAttributeEntity row = new UserAttributeEntity();
                row.setId(UUID.randomUUID().toString());
                row.setUser(user);
                row.setName(name);
                row.setValue(value);
                entities.persist(row);
            }
        }));
    }

    /** The realm has the role "admin", of which the users say more, "bare", of which they do not, and a client's "app/e1". */
    private void makeRoles(EntityManager entities) {
        RealmEntity made = new RealmEntity();
        made.setId(realm);
        made.setName(realm);
        made.setDefaultRoleId(realm.substring(0, 8) + "-default");
        entities.persist(made);
        ClientEntity client = new ClientEntity();
        client.setId(realm.substring(0, 8) + "-app");
        client.setClientId("app");
        client.setRealmId(realm);
        entities.persist(client);
        for (String name : List.of("default", "admin", "bare", "e1")) {
            RoleEntity role = new RoleEntity();
            role.setId(realm.substring(0, 8) + "-" + name);
            role.setRealmId(realm);
            role.setName(name);
            role.setClientRole(name.equals("e1"));
            role.setClientId(name.equals("e1") ? client.getId() : null);
            role.setClientRealmConstraint(name.equals("e1") ? client.getId() : realm);
            entities.persist(role);
        }
    }

    private Optional<String> role(String attribute, String value) {
        boolean isRole = attribute.equals("roles") ? value.equals("admin") : value.equals("app/e1");
        String name = value.substring(value.indexOf('/') + 1);
        return isRole ? Optional.of(realm.substring(0, 8) + "-" + name) : Optional.empty();
    }

    private void map(EntityManager entities, UserEntity user, String roleId) {
        UserRoleMappingEntity mapping = new UserRoleMappingEntity();
        mapping.setUser(user);
        mapping.setRoleId(roleId);
        entities.persist(mapping);
    }

    private static @Nullable String first(Map<String, List<String>> attributes, String name) {
        List<String> values = attributes.getOrDefault(name, List.of());
        return values.isEmpty() ? null : values.get(0);
    }

    /** Every second user is in one group, every third one in another, every fourth one in an organization's, which SCIM does not show. */
    private void joinGroups(EntityManager entities) {
        List<UserEntity> all = entities.createQuery(
                        "select u from UserEntity u where u.realmId = :realm order by u.username", UserEntity.class)
                .setParameter("realm", realm)
                .getResultList();
        List<GroupEntity> groups = List.of(
                group(entities, "Even \"%_\\", GroupModel.Type.REALM),
                group(entities, "third", GroupModel.Type.REALM),
                group(entities, "hidden", GroupModel.Type.ORGANIZATION));
        groups.get(1)
                .setParentId(group(entities, "above", GroupModel.Type.REALM).getId());
        for (int i = 0; i < all.size(); i++) {
            for (int g = 0; g < groups.size(); g++) {
                if (i % (g + 2) == 0) {
                    UserGroupMembershipEntity membership = new UserGroupMembershipEntity();
                    membership.setUser(all.get(i));
                    membership.setGroupId(groups.get(g).getId());
                    membership.setMembershipType(MembershipType.UNMANAGED);
                    entities.persist(membership);
                }
            }
        }
    }

    private GroupEntity group(EntityManager entities, String name, GroupModel.Type type) {
        GroupEntity group = new GroupEntity();
        group.setId(UUID.randomUUID().toString());
        group.setRealm(realm);
        group.setName(name);
        group.setType(type.intValue());
        group.setParentId(GroupEntity.TOP_PARENT_ID);
        entities.persist(group);
        return group;
    }

    private void readBack() {
        try (EntityManager entities = database.open()) {
            AccountReader reader = new AccountReader(NO_REALM, entities, Sight.everything(), BASE);
            Query all =
                    new Query(null, null, 1, 1000, dev.keyledger.scim.project.Projection.defaults(SCHEMA.userType()));
            List<Account> accounts =
                    reader.read(pages(entities).find(all).rows(), AccountExtent.of(SCHEMA, all.projection()));
            var groups = reader.groups(accounts.stream().map(Account::id).toList());
            accounts.forEach(account ->
                    resources.add(MAPPING.toResource(account, groups.getOrDefault(account.id(), List.of()))));
        }
    }

    private PageQuery<UserEntity> pages(EntityManager entities) {
        return new PageQuery<>(entities, UserEntity.class, Duration.ofMinutes(1)) {
            @Override
            protected List<Predicate> scope(CriteriaBuilder builder, CriteriaQuery<?> query, Root<UserEntity> root) {
                return List.of(builder.equal(root.get("realmId"), realm));
            }

            @Override
            protected SearchableFields fields(
                    CriteriaBuilder builder, CommonAbstractCriteria query, Root<UserEntity> root) {
                return new UserFields(
                        SCHEMA,
                        builder,
                        query,
                        root,
                        new UserFields.Elsewhere(new GroupTree(entities, realm, Sight.everything()), BASE));
            }

            @Override
            protected SortKey naturalOrder(CriteriaBuilder builder, Root<UserEntity> root) {
                return UserSortKeys.byUserName(root);
            }

            @Override
            protected String id(UserEntity row) {
                return row.getId();
            }
        };
    }
}
