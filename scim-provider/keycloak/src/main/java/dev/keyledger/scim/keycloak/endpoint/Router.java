package dev.keyledger.scim.keycloak.endpoint;

import dev.keyledger.scim.keycloak.connection.Connection;
import dev.keyledger.scim.keycloak.contract.Policy;
import dev.keyledger.scim.keycloak.event.ChangeEvents;
import dev.keyledger.scim.keycloak.group.GroupStore;
import dev.keyledger.scim.keycloak.schema.RealmSchema;
import dev.keyledger.scim.keycloak.user.UserMapping;
import dev.keyledger.scim.keycloak.user.UserStore;
import dev.keyledger.scim.message.Cursors;
import dev.keyledger.scim.resource.Change;
import dev.keyledger.scim.resource.JsonBody;
import dev.keyledger.scim.schema.CoreSchemas;
import dev.keyledger.scim.schema.ResourceType;
import dev.keyledger.scim.service.RootSearch;
import dev.keyledger.scim.service.ScimService;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.keycloak.events.admin.OperationType;
import org.keycloak.models.KeycloakSession;

/** Finds the endpoint for a path and makes it for the connection that asks. */
final class Router {
    private static final String PASSWORD = "password";

    private final KeycloakSession session;
    private final ScimSettings settings;
    private final InstantSource clock;
    private final RealmSchema schema;
    private final List<ResourceType> types;
    private final String baseUri;
    private final boolean changePassword;
    private final Consumer<String> created;

    /** @param created is told the id of each user who was made */
    Router(KeycloakSession session, ScimServer server, Connection connection, Consumer<String> created) {
        this.created = created;
        this.session = session;
        this.settings = server.settings();
        this.clock = server.clock();
        this.schema = server.schemas().of(session, connection.contract().places());
        this.changePassword = connection.contract().policy().passwords() == Policy.Passwords.ACCEPT;
        this.types = List.of(schema.userType(), CoreSchemas.GROUP_TYPE);
        this.baseUri = baseUri(session);
    }

    /** The absolute URI of the service provider, without a slash at the end. */
    String baseUri() {
        return baseUri;
    }

    /** The absolute URI of the service provider of the session's realm, without a slash at the end. */
    static String baseUri(KeycloakSession session) {
        return session.getContext()
                .getUri()
                .getBaseUriBuilder()
                .path("realms")
                .path(session.getContext().getRealm().getName())
                .path("scim/v2")
                .build()
                .toString();
    }

    /** The endpoint; throws 404 if there is none. */
    Endpoint endpoint(ScimPath path, Connection connection, ChangeEvents events) {
        String name = path.at(0);
        path.requireVersion2();
        if (!path.isVersion2()) {
            throw Endpoint.unknown(path);
        }
        if (DiscoveryEndpoint.serves(name)) {
            return new DiscoveryEndpoint(types, baseUri, settings, changePassword);
        }
        if (RootEndpoint.serves(name)) {
            return root(connection, events);
        }
        return name.equals(MeEndpoint.NAME)
                ? new MeEndpoint(users(connection, events), connection.userId())
                : resources(path, connection, events);
    }

    private Endpoint root(Connection connection, ChangeEvents events) {
        List<ScimService> searched = new ArrayList<>();
        if (connection.rights().mayListUsers()) {
            searched.add(users(connection, events).service());
        }
        if (connection.rights().mayListGroups()) {
            searched.add(groups(connection, events).service());
        }
        if (searched.isEmpty()) {
            connection.rights().requireListUsers();
        }
        return new RootEndpoint(new RootSearch(types, searched, settings.maxResults()), bodies());
    }

    /** The endpoint of the resource type that the path begins with; throws 404 if it begins with none. */
    ResourceTypeEndpoint resources(ScimPath path, Connection connection, ChangeEvents events) {
        // PostgreSQL refuses to look for a text with a NUL character, and nothing that is stored has one
        if (path.below().indexOf(0) < 0) {
            for (ResourceType type : types) {
                if (type.endpoint().equals('/' + path.at(0))) {
                    return type.name().equals("User") ? users(connection, events) : groups(connection, events);
                }
            }
        }
        throw Endpoint.unknown(path);
    }

    private ResourceTypeEndpoint users(Connection connection, ChangeEvents events) {
        UserMapping mapping = new UserMapping(schema);
        UserStore store = new UserStore(session, connection, mapping, clock, baseUri, settings.queryTimeout());
        ScimService service =
                new ScimService(schema.userType(), store, baseUri, settings.maxResults(), cursors(connection));
        return new ResourceTypeEndpoint(service, bodies(), (operation, outcome) -> {
            // a password that was taken and forgotten has changed nothing
            Change change = changePassword ? outcome.change() : outcome.change().without(PASSWORD);
            if (!change.isEmpty()) {
                events.user(operation, outcome.resource(), change);
            }
            if (operation == OperationType.CREATE) {
                outcome.resource().id().ifPresent(created);
            }
        });
    }

    private ResourceTypeEndpoint groups(Connection connection, ChangeEvents events) {
        GroupStore store = new GroupStore(session, connection, clock, baseUri, settings.queryTimeout());
        ScimService service =
                new ScimService(CoreSchemas.GROUP_TYPE, store, baseUri, settings.maxResults(), cursors(connection));
        return new ResourceTypeEndpoint(service, bodies(), (operation, outcome) -> {
            Change members = store.membershipChange();
            Change change = members.isEmpty()
                    ? outcome.change()
                    : outcome.change()
                            .with(
                                    "members",
                                    members.before().get("members"),
                                    members.after().get("members"));
            if (!change.isEmpty() || operation != OperationType.UPDATE) {
                events.group(operation, outcome.resource().without("members"), change);
            }
        });
    }

    private Supplier<Cursors> cursors(Connection connection) {
        return () -> new Cursors(connection.secret("scim cursors"), clock);
    }

    private JsonBody bodies() {
        return new JsonBody(settings.maxBodyBytes());
    }
}
