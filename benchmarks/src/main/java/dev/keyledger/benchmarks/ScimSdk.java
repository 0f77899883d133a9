package dev.keyledger.benchmarks;

import com.fasterxml.jackson.databind.JsonNode;
import de.captaingoldfish.scim.sdk.common.request.PatchOpRequest;
import de.captaingoldfish.scim.sdk.common.resources.Group;
import de.captaingoldfish.scim.sdk.common.resources.ResourceNode;
import de.captaingoldfish.scim.sdk.common.resources.ServiceProvider;
import de.captaingoldfish.scim.sdk.common.resources.User;
import de.captaingoldfish.scim.sdk.common.resources.complex.PatchConfig;
import de.captaingoldfish.scim.sdk.common.schemas.SchemaAttribute;
import de.captaingoldfish.scim.sdk.common.utils.JsonHelper;
import de.captaingoldfish.scim.sdk.server.endpoints.Context;
import de.captaingoldfish.scim.sdk.server.endpoints.ResourceEndpoint;
import de.captaingoldfish.scim.sdk.server.endpoints.ResourceHandler;
import de.captaingoldfish.scim.sdk.server.endpoints.base.GroupEndpointDefinition;
import de.captaingoldfish.scim.sdk.server.endpoints.base.UserEndpointDefinition;
import de.captaingoldfish.scim.sdk.server.filter.FilterNode;
import de.captaingoldfish.scim.sdk.server.patch.PatchRequestHandler;
import de.captaingoldfish.scim.sdk.server.response.PartialListResponse;
import de.captaingoldfish.scim.sdk.server.schemas.ResourceType;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The library SCIM-SDK, set up as a server is, with no more behind it than the benchmarks need. */
final class ScimSdk {
    private final ServiceProvider serviceProvider = ServiceProvider.builder()
            .patchConfig(PatchConfig.builder().supported(true).build())
            .build();
    private final ResourceType users;
    private final ResourceType groups;

    ScimSdk() {
        ResourceEndpoint endpoint = new ResourceEndpoint(serviceProvider);
        users = endpoint.registerEndpoint(new UserEndpointDefinition(new Handler<User>() {}));
        groups = endpoint.registerEndpoint(new GroupEndpointDefinition(new Handler<Group>() {}));
    }

    ServiceProvider serviceProvider() {
        return serviceProvider;
    }

    ResourceType users() {
        return users;
    }

    ResourceType groups() {
        return groups;
    }

    /** The resource after the patch; the one that goes in is left as it is. */
    static <T extends ResourceNode> T patch(ResourceType type, Class<T> as, JsonNode before, JsonNode patch) {
        Context context = new Context(null);
        @SuppressWarnings("unchecked")
        Handler<T> handler = (Handler<T>) type.getResourceHandlerImpl();
        handler.stored = JsonHelper.copyResourceToObject(before.deepCopy(), as);
        return new PatchRequestHandler<T>("u1", handler, List.of(), context)
                .handlePatchRequest(JsonHelper.copyResourceToObject(patch, PatchOpRequest.class));
    }

    /** A store of one resource. */
    abstract static class Handler<T extends ResourceNode> extends ResourceHandler<T> {
        private @Nullable T stored;

        @Override
        public T createResource(T resource, Context context) {
            return resource;
        }

        @Override
        public T getResource(
                String id, List<SchemaAttribute> attributes, List<SchemaAttribute> excluded, Context context) {
            return Objects.requireNonNull(stored, "stored");
        }

        @Override
        public PartialListResponse<T> listResources(
                long startIndex,
                int count,
                FilterNode filter,
                SchemaAttribute sortBy,
                de.captaingoldfish.scim.sdk.common.constants.enums.SortOrder sortOrder,
                List<SchemaAttribute> attributes,
                List<SchemaAttribute> excluded,
                Context context) {
            throw new UnsupportedOperationException("no benchmark lists");
        }

        @Override
        public T updateResource(T resource, Context context) {
            return resource;
        }

        @Override
        public void deleteResource(String id, Context context) {
            throw new UnsupportedOperationException("no benchmark deletes");
        }
    }
}
