package dev.keyledger.audit.capture;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.keycloak.models.AuthenticationExecutionModel;
import org.keycloak.models.AuthenticationFlowModel;
import org.keycloak.models.AuthenticatorConfigModel;
import org.keycloak.models.RealmModel;
import org.keycloak.models.RequiredActionConfigModel;
import org.keycloak.models.RequiredActionProviderModel;
import org.keycloak.models.utils.ModelToRepresentation;

/** Reads the state of authentication flows, their executions, what configures these, and required actions. */
final class FlowSnapshots {
    private static final int MAX_DEPTH = 10;

    private final ObjectMapper mapper;

    FlowSnapshots(ObjectMapper mapper) {
        this.mapper = mapper;
    }

    @Nullable
    Snapshot flow(RealmModel realm, Target target) {
        AuthenticationFlowModel flow = target.id() != null
                ? realm.getAuthenticationFlowById(target.id())
                : realm.getFlowByAlias(target.name());
        return flow == null ? null : snapshot(flow.getId(), flow.getAlias(), flow(realm, flow, 0));
    }

    /** With the flows below it, which come and go with it. */
    private ObjectNode flow(RealmModel realm, AuthenticationFlowModel flow, int depth) {
        ObjectNode json = mapper.createObjectNode()
                .put("alias", flow.getAlias())
                .put("description", flow.getDescription())
                .put("providerId", flow.getProviderId())
                .put("topLevel", flow.isTopLevel())
                .put("builtIn", flow.isBuiltIn());
        ArrayNode executions = json.putArray("executions");
        if (depth < MAX_DEPTH) {
            realm.getAuthenticationExecutionsStream(flow.getId())
                    .forEach(execution -> executions.add(execution(realm, execution, depth + 1)));
        }
        return json;
    }

    @Nullable
    Snapshot execution(RealmModel realm, Target target) {
        AuthenticationExecutionModel execution = realm.getAuthenticationExecutionById(target.id());
        if (execution == null) {
            return null;
        }
        AuthenticationFlowModel parent = realm.getAuthenticationFlowById(execution.getParentFlow());
        ObjectNode json =
                execution(realm, execution, MAX_DEPTH).put("parentFlow", parent == null ? null : parent.getAlias());
        return snapshot(execution.getId(), json.get("name").textValue(), json);
    }

    private ObjectNode execution(RealmModel realm, AuthenticationExecutionModel execution, int depth) {
        AuthenticationFlowModel below =
                execution.getFlowId() == null ? null : realm.getAuthenticationFlowById(execution.getFlowId());
        ObjectNode json = mapper.createObjectNode()
                .put("name", below == null ? execution.getAuthenticator() : below.getAlias())
                .put("authenticator", execution.getAuthenticator())
                .put("requirement", Objects.toString(execution.getRequirement(), null))
                .put("priority", execution.getPriority());
        if (below != null) {
            json.set("flow", flow(realm, below, depth));
        }
        AuthenticatorConfigModel config = execution.getAuthenticatorConfig() == null
                ? null
                : realm.getAuthenticatorConfigById(execution.getAuthenticatorConfig());
        if (config != null) {
            json.set("config", mapper.valueToTree(ModelToRepresentation.toRepresentation(config)));
        }
        return json;
    }

    @Nullable
    Snapshot config(@Nullable AuthenticatorConfigModel config) {
        return config == null
                ? null
                : snapshot(config.getId(), config.getAlias(), ModelToRepresentation.toRepresentation(config));
    }

    @Nullable
    Snapshot requiredAction(RealmModel realm, Target target) {
        RequiredActionProviderModel action = realm.getRequiredActionProviderByAlias(target.name());
        if (action == null) {
            return null;
        }
        ObjectNode json = mapper.valueToTree(ModelToRepresentation.toRepresentation(action));
        RequiredActionConfigModel config = realm.getRequiredActionConfigByAlias(action.getAlias());
        json.set("config", mapper.valueToTree(config == null ? Map.of() : config.getConfig()));
        return snapshot(action.getId(), action.getAlias(), json);
    }

    private Snapshot snapshot(@Nullable String id, @Nullable String name, Object representation) {
        return new Snapshot(id, name, Flattening.flatten(mapper.valueToTree(representation)));
    }
}
