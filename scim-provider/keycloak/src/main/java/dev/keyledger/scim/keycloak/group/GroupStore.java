package dev.keyledger.scim.keycloak.group;

import com.fasterxml.jackson.databind.node.ArrayNode;
import dev.keyledger.scim.ScimException;
import dev.keyledger.scim.keycloak.connection.Connection;
import dev.keyledger.scim.keycloak.connection.OrganizationScope;
import dev.keyledger.scim.keycloak.modified.ModifiedTimes;
import dev.keyledger.scim.keycloak.query.Page;
import dev.keyledger.scim.keycloak.query.RowLock;
import dev.keyledger.scim.keycloak.server.KeycloakVersion;
import dev.keyledger.scim.patch.MembershipDelta;
import dev.keyledger.scim.patch.MembershipPatch;
import dev.keyledger.scim.project.Projection;
import dev.keyledger.scim.resource.Change;
import dev.keyledger.scim.resource.Resource;
import dev.keyledger.scim.service.Lookup;
import dev.keyledger.scim.service.Query;
import dev.keyledger.scim.service.ResourceStore;
import dev.keyledger.scim.service.SearchResult;
import jakarta.persistence.EntityManager;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.keycloak.connections.jpa.JpaConnectionProvider;
import org.keycloak.models.GroupModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.jpa.entities.GroupEntity;

/**
 * The groups of a realm, or of an organization, as one connection sees them, for one request.
 *
 * <p>{@code displayName} is the group's name, {@code externalId} an attribute of it; new groups stand at the top level. Members
 * are users and child groups; a group that is deleted leaves its child groups at the top level. A group that is to be changed is locked by its row, and read once the lock is there: two requests for one group run
 * one after the other, and each sees what the other did.
 */
public final class GroupStore implements ResourceStore {
    /** SCIM's name of it. */
    static final String EXTERNAL_ID = "externalId";

    private static final String MEMBERS = MembershipDelta.ATTRIBUTE;
    private static final int MAX_TEXT = 255;
    /** Up to so many members, a PATCH answers with them. */
    private static final int FEW_MEMBERS = 100;

    private final KeycloakSession session;
    private final RealmModel realm;
    private final Connection connection;
    private final InstantSource clock;
    private final EntityManager entities;
    private final String baseUri;
    private final Duration queryTimeout;
    private final String externalIdAttribute;
    private final GroupReader groups;
    private final Members members;
    private final ChildGroups children;
    private final MembershipWriter writer;
    private Change membership = Change.none();

    /**
     * The groups of the session's realm.
     *
     * @param baseUri what {@code $ref}s start with
     * @param queryTimeout after how long a query of a search is given up
     */
    public GroupStore(
            KeycloakSession session,
            Connection connection,
            InstantSource clock,
            String baseUri,
            Duration queryTimeout) {
        this.queryTimeout = queryTimeout;
        this.session = session;
        this.realm = session.getContext().getRealm();
        this.connection = connection;
        this.clock = clock;
        this.entities = session.getProvider(JpaConnectionProvider.class).getEntityManager();
        this.baseUri = baseUri;
        this.externalIdAttribute = connection.contract().externalIdAttribute();
        this.groups = new GroupReader(entities, realm.getId(), connection.sight(), externalIdAttribute);
        this.members = new Members(entities, realm.getId(), connection.sight(), baseUri);
        this.children = new ChildGroups(session, connection, entities, groups);
        this.writer =
                new MembershipWriter(members, new UserMemberships(session, connection, entities), children, baseUri);
    }

    /** Who really left and joined by this request, as a change of {@code members}: {@code before} left, {@code after} joined. */
    public Change membershipChange() {
        return membership;
    }

    @Override
    public Resource create(Resource resource) {
        return within(() -> made(resource));
    }

    private Resource made(Resource resource) {
        connection.rights().requireCreateGroups();
        String name = name(resource);
        children.requireFree(name);
        OrganizationScope organization = connection.organization();
        GroupModel group =
                organization == null ? session.groups().createGroup(realm, name) : organization.createGroup(name);
        connection.made(group.getId());
        GroupEntity created = created(group.getId());
        if (resource.text(EXTERNAL_ID) != null) {
            setExternalId(group, resource);
        }
        MembershipDelta initial = MembershipDelta.adding(MembershipPatch.members(resource.get(MEMBERS)));
        membership = Change.none();
        if (!initial.isEmpty()) {
            connection.rights().requireManageMembership(group);
            membership = writer.apply(group, initial, () -> {});
        }
        entities.flush();
        return groups.resources(List.of(created), members.of(List.of(created.getId())))
                .get(0);
    }

    @Override
    public Optional<Resource> find(String id, Lookup lookup) {
        ModifiedTimes.write(entities, clock);
        Optional<GroupEntity> found = lookup.toChange() ? groups.lock(id) : groups.find(id);
        if (found.isEmpty()) {
            return Optional.empty();
        }
        GroupModel group = existing(id);
        if (lookup.toChange()) {
            connection.rights().requireManageMembership(group);
        } else {
            connection.rights().requireView(group);
        }
        return Optional.of(resource(found.get(), lookup.projection()));
    }

    @Override
    public SearchResult search(Query query) {
        ModifiedTimes.write(entities, clock);
        connection.rights().requireListGroups();
        Page<GroupEntity> page = new GroupPages(session, entities, connection, baseUri, queryTimeout).find(query);
        return page.of(groups.resources(page.rows(), membersOf(page.rows(), query.projection())));
    }

    private Resource resource(GroupEntity group, Projection projection) {
        List<GroupEntity> one = List.of(group);
        return groups.resources(one, membersOf(one, projection)).get(0);
    }

    private Map<String, ArrayNode> membersOf(List<GroupEntity> page, Projection projection) {
        return projection.includes(MEMBERS)
                ? members.of(page.stream().map(GroupEntity::getId).toList())
                : Map.of();
    }

    @Override
    public Resource update(Update update) {
        return within(() -> updated(update));
    }

    private Resource updated(Update update) {
        membership = Change.none();
        GroupEntity locked = entity(update.id());
        GroupModel group = existing(update.id());
        if (!update.change().isEmpty()) {
            connection.rights().requireManage(group);
            String name = name(update.after());
            if (!name.equals(locked.getName())) {
                children.requireFree(locked.getParentId(), name);
                group.setName(name);
            }
            if (update.change().touches(EXTERNAL_ID)) {
                setExternalId(group, update.after());
            }
        }
        MembershipDelta delta = update.members();
        if (delta != null && !delta.isEmpty()) {
            membership = writer.apply(group, delta, () -> {});
        }
        if (!update.change().isEmpty() || !membership.isEmpty()) {
            KeycloakVersion.touch(locked, clock.millis());
        }
        entities.flush();
        return GroupReader.resource(locked, update.after().text(EXTERNAL_ID));
    }

    /**
     * Locks as late as it can be: clients that add users to one group, or take one out, at the same time wait for nothing but
     * each other's commit, which moves the group's time.
     */
    @Override
    public Resource updateMembers(String id, MembershipDelta delta) {
        GroupModel group = existing(id);
        connection.rights().requireManageMembership(group);
        membership = within(() -> writer.apply(group, delta, () -> lock(id)));
        if (!membership.isEmpty()) {
            move(id);
        }
        entities.flush();
        return groups.resource(group);
    }

    private GroupEntity lock(String id) {
        return groups.lock(id).orElseThrow(() -> noGroup(id));
    }

    private void move(String id) {
        if (RowLock.isLoaded(entities, GroupEntity.class, id)) {
            KeycloakVersion.touch(lock(id), clock.millis());
        } else {
            ModifiedTimes.moveGroup(entities, id, clock);
        }
    }

    @Override
    public boolean isLarge(String id, int more) {
        return more > FEW_MEMBERS || members.areMoreThan(FEW_MEMBERS - more, id);
    }

    @Override
    public void delete(Resource resource) {
        String id = resource.id().orElseThrow();
        connection.rights().requireManage(existing(id));
        // Keycloak would delete the child groups too, which nobody asked for
        membership = within(() -> writer.releaseChildren(existing(id)));
        within(() -> session.groups().removeGroup(realm, existing(id)));
        entities.flush();
    }

    /** Does the work on groups as Keycloak wants it done on those of an organization. */
    private <T> T within(Supplier<T> work) {
        OrganizationScope organization = connection.organization();
        return organization == null ? work.get() : organization.during(work);
    }

    private static String name(Resource resource) {
        String name = resource.text("displayName");
        if (name == null || name.isBlank()) {
            throw ScimException.invalidValue("displayName is required");
        }
        return bounded("displayName", name);
    }

    private void setExternalId(GroupModel group, Resource resource) {
        String externalId = resource.text(EXTERNAL_ID);
        if (externalId == null) {
            group.removeAttribute(externalIdAttribute);
        } else {
            group.setSingleAttribute(externalIdAttribute, bounded(EXTERNAL_ID, externalId));
        }
    }

    private static String bounded(String attribute, String text) {
        if (text.length() > MAX_TEXT) {
            throw ScimException.invalidValue(
                    attribute + " has " + text.length() + " characters, at most " + MAX_TEXT + " are kept");
        }
        return text;
    }

    private GroupModel existing(String id) {
        GroupModel group = session.groups().getGroupById(realm, id);
        if (group == null
                || group.getType() != connection.sight().groupType()
                || !connection.sight().hasGroup(entities, id)) {
            throw noGroup(id);
        }
        return group;
    }

    private static ScimException noGroup(String id) {
        return ScimException.notFound("no group has the id " + ScimException.quoted(id));
    }

    private GroupEntity created(String id) {
        GroupEntity created = entities.find(GroupEntity.class, id);
        if (created == null) {
            throw new IllegalStateException("group " + id + " was created and is not there");
        }
        return created;
    }

    private GroupEntity entity(String id) {
        return groups.find(id).orElseThrow(() -> new IllegalStateException("group " + id + " is gone"));
    }
}
