package dev.keyledger.audit.capture;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.HashMap;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.keycloak.authorization.AuthorizationProvider;
import org.keycloak.authorization.model.Policy;
import org.keycloak.authorization.model.Resource;
import org.keycloak.authorization.model.ResourceServer;
import org.keycloak.authorization.model.Scope;
import org.keycloak.authorization.store.StoreFactory;
import org.keycloak.models.ClientModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.utils.ModelToRepresentation;

/** Reads the state of what a client's authorization services know: resources, scopes, policies and permissions. */
final class AuthorizationSnapshots {
    private final ObjectMapper mapper;

    AuthorizationSnapshots(ObjectMapper mapper) {
        this.mapper = mapper;
    }

    @Nullable
    Snapshot read(KeycloakSession session, RealmModel realm, Target target) {
        AuthorizationProvider authorization = session.getProvider(AuthorizationProvider.class);
        StoreFactory stores = authorization.getLocalStoreFactory();
        ClientModel client = realm.getClientById(target.parentId());
        ResourceServer server =
                client == null ? null : stores.getResourceServerStore().findByClient(client);
        if (server == null) {
            return null;
        }
        return switch (target.type()) {
            case Target.AUTHORIZATION_RESOURCE ->
                resource(stores.getResourceStore().findById(server, target.id()));
            case Target.AUTHORIZATION_SCOPE -> scope(stores.getScopeStore().findById(server, target.id()));
            case Target.AUTHORIZATION_POLICY -> policy(stores.getPolicyStore().findById(server, target.id()));
            default ->
                snapshot(server.getId(), client.getClientId(), ModelToRepresentation.toRepresentation(server, client));
        };
    }

    private @Nullable Snapshot resource(@Nullable Resource resource) {
        if (resource == null) {
            return null;
        }
        ObjectNode json = mapper.createObjectNode()
                .put("name", resource.getName())
                .put("displayName", resource.getDisplayName())
                .put("type", resource.getType())
                .put("iconUri", resource.getIconUri())
                .put("owner", resource.getOwner())
                .put("ownerManagedAccess", resource.isOwnerManagedAccess());
        json.set("uris", mapper.valueToTree(resource.getUris()));
        json.set(
                "scopes",
                names(resource.getScopes().stream().map(Scope::getName).toList()));
        json.set("attributes", mapper.valueToTree(new HashMap<>(resource.getAttributes())));
        return snapshot(resource.getId(), resource.getName(), json);
    }

    private @Nullable Snapshot scope(@Nullable Scope scope) {
        return scope == null
                ? null
                : snapshot(scope.getId(), scope.getName(), ModelToRepresentation.toRepresentation(scope));
    }

    private @Nullable Snapshot policy(@Nullable Policy policy) {
        if (policy == null) {
            return null;
        }
        ObjectNode json = mapper.createObjectNode()
                .put("name", policy.getName())
                .put("description", policy.getDescription())
                .put("type", policy.getType())
                .put("logic", Objects.toString(policy.getLogic(), null))
                .put("decisionStrategy", Objects.toString(policy.getDecisionStrategy(), null))
                .put("owner", policy.getOwner());
        json.set("config", mapper.valueToTree(new HashMap<>(policy.getConfig())));
        json.set(
                "resources",
                names(policy.getResources().stream().map(Resource::getName).toList()));
        json.set("scopes", names(policy.getScopes().stream().map(Scope::getName).toList()));
        json.set(
                "policies",
                names(policy.getAssociatedPolicies().stream()
                        .map(Policy::getName)
                        .toList()));
        return snapshot(policy.getId(), policy.getName(), json);
    }

    private ArrayNode names(List<String> names) {
        ArrayNode list = mapper.createArrayNode();
        names.stream().sorted().forEach(list::add);
        return list;
    }

    private Snapshot snapshot(@Nullable String id, @Nullable String name, Object representation) {
        return new Snapshot(id, name, Flattening.flatten(mapper.valueToTree(representation)));
    }
}
