package dev.keyledger.scim.keycloak.group;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.keyledger.scim.ScimException;
import dev.keyledger.scim.keycloak.connection.Connection;
import dev.keyledger.scim.keycloak.server.KeycloakVersion;
import dev.keyledger.scim.patch.MembershipDelta;
import dev.keyledger.scim.project.Projection;
import dev.keyledger.scim.resource.Change;
import dev.keyledger.scim.resource.Json;
import dev.keyledger.scim.resource.Meta;
import dev.keyledger.scim.resource.Resource;
import dev.keyledger.scim.resource.Version;
import dev.keyledger.scim.schema.CoreSchemas;
import dev.keyledger.scim.service.Lookup;
import dev.keyledger.scim.service.Query;
import dev.keyledger.scim.service.ResourceStore;
import dev.keyledger.scim.service.SearchResult;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.keycloak.connections.jpa.JpaConnectionProvider;
import org.keycloak.models.GroupModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.jpa.entities.GroupEntity;

/**
 * The groups of a realm as one connection sees them, for one request.
 *
 * <p>{@code displayName} is the group's name, {@code externalId} an attribute of it; new groups stand at the top level. Members
 * are users. A group that is to be changed is locked by its row. Its version follows from its name, its external id, the time of
 * its last change and its number of members, so that it is known without reading them.
 */
public final class GroupStore implements ResourceStore {
    /** The Keycloak attribute of a group's {@code externalId}. */
    static final String EXTERNAL_ID = "externalId";

    private static final String MEMBERS = MembershipDelta.ATTRIBUTE;
    private static final int MAX_TEXT = 255;

    private final KeycloakSession session;
    private final RealmModel realm;
    private final Connection connection;
    private final InstantSource clock;
    private final EntityManager entities;
    private final Members members;
    private Change membership = Change.none();

    /** The groups of the session's realm; {@code baseUri} is what {@code $ref}s start with. */
    public GroupStore(KeycloakSession session, Connection connection, InstantSource clock, String baseUri) {
        this.session = session;
        this.realm = session.getContext().getRealm();
        this.connection = connection;
        this.clock = clock;
        this.entities = session.getProvider(JpaConnectionProvider.class).getEntityManager();
        this.members = new Members(session, entities, baseUri);
    }

    /** Who really left and joined by this request, as a change of {@code members}: {@code before} left, {@code after} joined. */
    public Change membershipChange() {
        return membership;
    }

    @Override
    public Resource create(Resource resource) {
        connection.requireCreateGroups();
        String name = name(resource);
        requireFree(name, null);
        GroupModel group = session.groups().createGroup(realm, name);
        setExternalId(group, resource);
        Map<String, ObjectNode> initial = new LinkedHashMap<>();
        JsonNode wanted = resource.get(MEMBERS);
        if (wanted != null) {
            wanted.forEach(member -> initial.put(member.path("value").asText(), Json.object()));
        }
        if (!initial.isEmpty()) {
            connection.requireManageMembership(group);
            membership = members.apply(group, MembershipDelta.none().thenAdd(initial));
        }
        KeycloakVersion.touch(group, clock.millis());
        entities.flush();
        return resource(group, true);
    }

    @Override
    public Optional<Resource> find(String id, Lookup lookup) {
        if (lookup.toChange()) {
            entities.find(GroupEntity.class, id, LockModeType.PESSIMISTIC_WRITE);
        }
        GroupModel group = model(id);
        if (group == null) {
            return Optional.empty();
        }
        if (lookup.toChange()) {
            connection.requireManageMembership(group);
        } else {
            connection.requireView(group);
        }
        return Optional.of(resource(group, lookup.projection().includes(MEMBERS)));
    }

    @Override
    public SearchResult search(Query query) {
        connection.requireListGroups();
        GroupPages pages = new GroupPages(session, entities);
        long total = pages.count(query);
        if (query.count() == 0 || query.startIndex() > total) {
            return new SearchResult(List.of(), total);
        }
        List<GroupModel> page = pages.page(query).stream()
                .map(entity -> session.groups().getGroupById(realm, entity.getId()))
                .toList();
        Map<String, ArrayNode> all = membersOf(page, query.projection());
        return new SearchResult(
                page.stream()
                        .map(group -> resource(group, all.getOrDefault(group.getId(), Json.array())))
                        .toList(),
                total);
    }

    private Map<String, ArrayNode> membersOf(List<GroupModel> page, Projection projection) {
        return projection.includes(MEMBERS)
                ? members.of(page.stream().map(GroupModel::getId).toList())
                : Map.of();
    }

    @Override
    public Resource update(Update update) {
        GroupModel group = existing(update.id());
        if (!update.change().isEmpty()) {
            connection.requireManage(group);
            String name = name(update.after());
            if (!name.equals(group.getName())) {
                requireFree(name, group);
                group.setName(name);
            }
            setExternalId(group, update.after());
        }
        MembershipDelta delta = update.members();
        if (delta != null && !delta.isEmpty()) {
            connection.requireManageMembership(group);
            membership = members.apply(group, delta);
        }
        if (!update.change().isEmpty() || !membership.isEmpty()) {
            KeycloakVersion.touch(group, clock.millis());
        }
        entities.flush();
        return resource(group, false);
    }

    @Override
    public void delete(Resource resource) {
        GroupModel group = existing(resource.id().orElseThrow());
        connection.requireManage(group);
        session.groups().removeGroup(realm, group);
        entities.flush();
    }

    private void requireFree(String name, @Nullable GroupModel self) {
        GroupModel parent = self == null ? null : self.getParent();
        GroupModel other = session.groups().getGroupByName(realm, parent, name);
        if (other != null && (self == null || !other.getId().equals(self.getId()))) {
            throw ScimException.uniqueness("another group has this displayName");
        }
    }

    private static String name(Resource resource) {
        String name = resource.text("displayName");
        if (name == null || name.isBlank()) {
            throw ScimException.invalidValue("displayName is required");
        }
        return bounded("displayName", name);
    }

    private static void setExternalId(GroupModel group, Resource resource) {
        String externalId = resource.text(EXTERNAL_ID);
        if (externalId == null) {
            group.removeAttribute(EXTERNAL_ID);
        } else if (!externalId.equals(group.getFirstAttribute(EXTERNAL_ID))) {
            group.setSingleAttribute(EXTERNAL_ID, bounded(EXTERNAL_ID, externalId));
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
        GroupModel group = model(id);
        if (group == null) {
            throw ScimException.notFound("no group has the id " + ScimException.quoted(id));
        }
        return group;
    }

    private @Nullable GroupModel model(String id) {
        GroupModel group = session.groups().getGroupById(realm, id);
        return group == null || group.getType() != GroupModel.Type.REALM ? null : group;
    }

    private Resource resource(GroupModel group, boolean withMembers) {
        return resource(
                group,
                withMembers
                        ? members.of(List.of(group.getId())).getOrDefault(group.getId(), Json.array())
                        : Json.array());
    }

    private Resource resource(GroupModel group, ArrayNode shown) {
        ObjectNode json = Json.object();
        json.putArray("schemas").add(CoreSchemas.GROUP_URN);
        json.put("id", group.getId());
        String externalId = group.getFirstAttribute(EXTERNAL_ID);
        if (externalId != null) {
            json.put(EXTERNAL_ID, externalId);
        }
        json.put("displayName", group.getName());
        if (!shown.isEmpty()) {
            json.set(MEMBERS, shown);
        }
        Long created = KeycloakVersion.created(group);
        Long modified = KeycloakVersion.lastModified(group);
        String state = group.getName() + '\n' + externalId + '\n' + modified + '\n' + members.count(group.getId());
        Instant at = instant(modified == null ? created : modified);
        json.set("meta", new Meta("Group", instant(created), at, null, Version.ofText(state)).toJson());
        return Resource.of(json);
    }

    private static @Nullable Instant instant(@Nullable Long millis) {
        return millis == null ? null : Instant.ofEpochMilli(millis);
    }
}
