package dev.keyledger.scim.keycloak.user;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.keyledger.scim.ScimException;
import dev.keyledger.scim.keycloak.connection.Connection;
import dev.keyledger.scim.keycloak.connection.OrganizationScope;
import dev.keyledger.scim.keycloak.contract.IdentityLink;
import dev.keyledger.scim.keycloak.contract.Policy;
import dev.keyledger.scim.keycloak.query.Page;
import dev.keyledger.scim.keycloak.query.RowLock;
import dev.keyledger.scim.keycloak.query.StoredElements;
import dev.keyledger.scim.keycloak.server.KeycloakVersion;
import dev.keyledger.scim.project.Projection;
import dev.keyledger.scim.resource.Resource;
import dev.keyledger.scim.service.Lookup;
import dev.keyledger.scim.service.Query;
import dev.keyledger.scim.service.ResourceStore;
import dev.keyledger.scim.service.SearchResult;
import jakarta.persistence.EntityManager;
import java.time.Duration;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.keycloak.connections.jpa.JpaConnectionProvider;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserManager;
import org.keycloak.models.UserModel;
import org.keycloak.models.cache.CachedUserModel;
import org.keycloak.models.jpa.entities.UserEntity;
import org.keycloak.storage.ReadOnlyException;
import org.keycloak.storage.StorageId;

/**
 * The users of a realm as one connection sees them, for one request.
 *
 * <p>A user who is read in order to be changed is locked by its row, and then read past the cache: two requests for one user
 * run one after the other and each sees what the other did. Every write is flushed before it is answered for, so that what the
 * database refuses is refused here and not at the commit.
 */
public final class UserStore implements ResourceStore {
    private static final String GROUPS = "groups";
    private static final String PASSWORD = "password";

    private final KeycloakSession session;
    private final RealmModel realm;
    private final Connection connection;
    private final UserMapping mapping;
    private final InstantSource clock;
    private final EntityManager entities;
    private final String baseUri;
    private final Duration queryTimeout;
    private final AccountReader accounts;
    private final RoleMappings roles;
    private final Policy policy;
    /** The account that was read under its lock last; the request is about to change it. */
    private @Nullable Account locked;

    /**
     * The users of the session's realm.
     *
     * @param baseUri what {@code $ref}s start with
     * @param queryTimeout after how long a query of a search is given up
     */
    public UserStore(
            KeycloakSession session,
            Connection connection,
            UserMapping mapping,
            InstantSource clock,
            String baseUri,
            Duration queryTimeout) {
        this.queryTimeout = queryTimeout;
        this.session = session;
        this.realm = session.getContext().getRealm();
        this.connection = connection;
        this.mapping = mapping;
        this.clock = clock;
        this.entities = session.getProvider(JpaConnectionProvider.class).getEntityManager();
        this.baseUri = baseUri;
        this.accounts = new AccountReader(realm, entities, connection.sight(), baseUri);
        this.roles = new RoleMappings(realm, connection);
        this.policy = connection.contract().policy();
    }

    @Override
    public Resource create(Resource resource) {
        connection.rights().requireCreateUsers();
        AccountWriter writer = new AccountWriter(session, mapping.schema());
        UserModel user = writer.create(mapping.toAttributes(resource, null, roles));
        user.setEnabled(UserMapping.active(resource));
        connection.made(user);
        IdentityLink link = connection.contract().identityProvider();
        if (link != null) {
            new IdentityLinks(session, link, connection.organization()).add(user, resource);
        }
        policy.requiredActions().forEach(user::addRequiredAction);
        List<String> roleAttributes = RoleElements.ATTRIBUTES.stream()
                .filter(attribute -> resource.get(attribute) != null)
                .toList();
        roleAttributes.forEach(attribute -> roles.assign(user, attribute, resource, roles));
        String password = password(resource);
        if (password != null) {
            writer.password(user, password);
        }
        KeycloakVersion.neverModified(user);
        entities.flush();
        Account account = roleAttributes.isEmpty() ? AccountReader.read(user, List.of()) : accounts.read(user);
        return mapping.toResource(
                account, realm.getDefaultGroupsStream().findAny().isPresent() ? accounts.groups(user) : List.of());
    }

    @Override
    public Optional<String> takesOver(Resource wanted) {
        return policy.takesOver() ? new Takeover(session, connection, mapping.schema()).of(wanted) : Optional.empty();
    }

    @Override
    public Optional<Resource> find(String id, Lookup lookup) {
        if (lookup.toChange()
                && RowLock.take(entities, UserEntity.class, id).isEmpty()
                && StorageId.isLocalStorage(id)) {
            // the cache may still hold a user who was deleted while the lock was waited for
            return Optional.empty();
        }
        UserModel user = model(id, lookup.toChange());
        if (user == null) {
            return Optional.empty();
        }
        Account account = accounts.read(user);
        if (lookup.toChange()) {
            if (isService(user)) {
                throw ScimException.forbidden("the account of a service is managed with its client, not by SCIM");
            }
            connection.rights().requireManage(user);
            locked = account;
        } else {
            connection.rights().requireView(user);
        }
        return Optional.of(
                mapping.toResource(account, lookup.projection().includes(GROUPS) ? accounts.groups(user) : List.of()));
    }

    @Override
    public SearchResult search(Query query) {
        connection.rights().requireListUsers();
        UserPages pages = new UserPages(session, mapping.schema(), entities, connection.sight(), baseUri, queryTimeout);
        Page<UserEntity> page = pages.find(query);
        if (page.total() == 0
                && query.filter() != null
                && connection.organization() == null // who is in a directory only is in no organization
                && new Directories(session).imports(query.filter())) {
            page = pages.find(query);
        }
        List<Account> found = accounts.read(page.rows(), AccountExtent.of(mapping.schema(), query.projection()));
        Map<String, List<ObjectNode>> groups = groups(found, query.projection());
        return page.of(found.stream()
                .map(account -> mapping.toResource(account, groups.getOrDefault(account.id(), List.of())))
                .toList());
    }

    private Map<String, List<ObjectNode>> groups(List<Account> page, Projection projection) {
        return projection.includes(GROUPS)
                ? accounts.groups(page.stream().map(Account::id).toList())
                : Map.of();
    }

    @Override
    public Resource update(Update update) {
        UserModel user = existing(update.id());
        Account account = account(user);
        RoleElements.Roles nameable = roles.butPlainValuesOf(account);
        Map<String, List<String>> changed =
                new LinkedHashMap<>(mapping.toAttributes(update.after(), account, nameable));
        List<String> roleChanges = RoleElements.ATTRIBUTES.stream()
                .filter(update.change()::touches)
                .toList();
        RoleElements.ATTRIBUTES.stream()
                .filter(attribute -> !roleChanges.contains(attribute))
                .forEach(changed::remove);
        changed.entrySet()
                .removeIf(wanted -> wanted.getValue().equals(sorted(account, wanted.getKey(), wanted.getValue())));
        String password = password(update.after());
        boolean active = UserMapping.active(update.after());
        if (changed.isEmpty() && roleChanges.isEmpty() && password == null && active == account.enabled()) {
            return mapping.toResource(account, groups(update.before()));
        }
        Sessions sessions = new Sessions(session, clock);
        boolean ends = account.enabled() && !active && policy.endSessions();
        try {
            write(user, changed, password);
            roleChanges.forEach(attribute -> roles.assign(user, attribute, update.after(), nameable));
            user.setEnabled(active);
        } catch (ReadOnlyException e) {
            throw ScimException.mutability("the user comes from a directory that Keycloak may not write to");
        }
        if (ends) {
            sessions.revokeTokens(user);
        }
        KeycloakVersion.touch(user, clock.millis());
        entities.flush();
        if (ends) {
            sessions.end(user);
        }
        locked = roleChanges.isEmpty() ? AccountReader.read(user, account.roles()) : accounts.read(user);
        return mapping.toResource(locked, groups(update.before()));
    }

    /** The account as it was read under its lock. */
    private Account account(UserModel user) {
        Account known = locked;
        return known != null && known.id().equals(user.getId()) ? known : accounts.read(user);
    }

    /** The groups of a user whom the request has locked: what changes a user changes none of these. */
    private static List<ObjectNode> groups(Resource locked) {
        JsonNode groups = locked.get(GROUPS);
        return groups == null ? List.of() : StoredElements.objects(groups);
    }

    @Override
    public Resource leftByReplace(Resource found) {
        return RoleElements.ATTRIBUTES.stream().allMatch(attribute -> found.get(attribute) == null)
                ? ResourceStore.super.leftByReplace(found)
                : RoleElements.real(found, account(existing(found.id().orElseThrow())));
    }

    private void write(UserModel user, Map<String, List<String>> changed, @Nullable String password) {
        AccountWriter writer = new AccountWriter(session, mapping.schema());
        if (!changed.isEmpty()) {
            writer.update(user, changed);
        }
        if (password != null) {
            writer.password(user, password);
        }
    }

    @Override
    public void delete(Resource resource) {
        UserModel user = existing(resource.id().orElseThrow());
        OrganizationScope organization = connection.organization();
        if (organization != null && !organization.owns(user)) {
            // his account is the realm's or another organization's: neither switched off nor deleted, whatever the
            // policy
            connection.provisioned().released(user.getId());
            organization.leave(user);
            entities.flush();
            return;
        }
        if (policy.keepsDeleted()) {
            disable(user);
            return;
        }
        if (policy.endSessions()) {
            new Sessions(session, clock).end(user);
        }
        if (!new UserManager(session).removeUser(realm, user)) {
            throw ScimException.notFound("user " + user.getId() + " is gone");
        }
        entities.flush();
    }

    /** The user is gone for the client, and switched off for everybody. */
    private void disable(UserModel user) {
        Sessions sessions = new Sessions(session, clock);
        user.setEnabled(false);
        if (policy.endSessions()) {
            sessions.revokeTokens(user);
        }
        KeycloakVersion.touch(user, clock.millis());
        connection.provisioned().deleted(user.getId(), clock.millis());
        entities.flush();
        if (policy.endSessions()) {
            sessions.end(user);
        }
    }

    private @Nullable String password(Resource resource) {
        return policy.passwords() == Policy.Passwords.ACCEPT ? resource.text(PASSWORD) : null;
    }

    /** The account's values, in the order of {@code like} if they are the same: Keycloak promises none. */
    private static List<String> sorted(Account account, String name, List<String> like) {
        List<String> values = account.values(name);
        return values.size() == like.size() && values.containsAll(like) && like.containsAll(values) ? like : values;
    }

    private UserModel existing(String id) {
        UserModel user = model(id, true);
        if (user == null) {
            throw ScimException.notFound("no user has the id " + ScimException.quoted(id));
        }
        return user;
    }

    private @Nullable UserModel model(String id, boolean toChange) {
        UserModel user = session.users().getUserById(realm, id);
        boolean own = id.equals(connection.userId());
        if (user == null
                || (isService(user) && !own)
                || (!own && !connection.sight().hasUser(entities, id))) {
            return null;
        }
        // the cache may still hold the state before the change that the lock waited for
        return toChange && user instanceof CachedUserModel cached ? cached.getDelegateForUpdate() : user;
    }

    private static boolean isService(UserModel user) {
        return user.getServiceAccountClientLink() != null;
    }
}
