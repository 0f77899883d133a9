package dev.keyledger.scim.keycloak.endpoint;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.keyledger.scim.ScimException;
import dev.keyledger.scim.message.ListResponse;
import dev.keyledger.scim.message.SchemaDocument;
import dev.keyledger.scim.message.ServiceProviderConfig;
import dev.keyledger.scim.schema.DiscoverySchemas;
import dev.keyledger.scim.schema.ResourceType;
import dev.keyledger.scim.schema.Schema;
import jakarta.ws.rs.core.HttpHeaders;
import java.util.ArrayList;
import java.util.List;

/** What the service provider says about itself: what works and nothing else. RFC 7644 section 4. */
final class DiscoveryEndpoint implements Endpoint {
    static final String CONFIG = "ServiceProviderConfig";
    static final String RESOURCE_TYPES = "ResourceTypes";
    static final String SCHEMAS = "Schemas";

    private final List<ResourceType> types;
    private final String baseUri;
    private final ScimSettings settings;
    private final boolean changePassword;

    DiscoveryEndpoint(List<ResourceType> types, String baseUri, ScimSettings settings, boolean changePassword) {
        this.changePassword = changePassword;
        this.types = types;
        this.baseUri = baseUri;
        this.settings = settings;
    }

    /**
     * Whether that is asked which everybody may know: how to authenticate and what there is, by who has no credentials yet
     * (RFC 7643 section 5). Who has some that do not count is told so.
     */
    static boolean isPublic(ScimRequest request) {
        return request.method().equals("GET")
                && request.path().isVersion2()
                && request.path().length() == 1
                && request.path().at(0).equals(CONFIG)
                && request.headers().getHeaderString(HttpHeaders.AUTHORIZATION) == null;
    }

    static boolean serves(String name) {
        return name.equals(CONFIG) || name.equals(RESOURCE_TYPES) || name.equals(SCHEMAS);
    }

    @Override
    public String allowed(ScimPath path) {
        return "GET";
    }

    @Override
    public Reply handle(ScimRequest request) {
        ScimPath path = request.path();
        if (request.query().containsKey("filter")) {
            throw ScimException.forbidden("discovery documents are not filtered (RFC 7644 section 4)");
        }
        if (path.at(0).equals(CONFIG) && path.length() == 1) {
            return Reply.ok(
                    new ServiceProviderConfig(settings.maxResults(), settings.bulk(), true, changePassword, null)
                            .toJson(baseUri));
        }
        if (path.at(0).equals(RESOURCE_TYPES) && path.length() <= 2) {
            return path.length() == 1 ? list(typeDocuments()) : Reply.ok(type(path.at(1)));
        }
        if (path.at(0).equals(SCHEMAS) && path.length() <= 2) {
            return path.length() == 1 ? list(schemaDocuments()) : Reply.ok(schema(path.at(1)));
        }
        throw Endpoint.unknown(path);
    }

    private static Reply list(List<ObjectNode> documents) {
        return Reply.ok(new ListResponse(documents.size(), 1, documents).toJson());
    }

    private List<ObjectNode> typeDocuments() {
        return types.stream().map(type -> SchemaDocument.of(type, baseUri)).toList();
    }

    private List<ObjectNode> schemaDocuments() {
        return schemas().stream()
                .map(schema -> SchemaDocument.of(schema, baseUri))
                .toList();
    }

    private ObjectNode type(String name) {
        return types.stream()
                .filter(type -> type.name().equals(name))
                .findFirst()
                .map(type -> SchemaDocument.of(type, baseUri))
                .orElseThrow(() -> ScimException.notFound("no resource type is called " + ScimException.quoted(name)));
    }

    private ObjectNode schema(String urn) {
        return schemas().stream()
                .filter(schema -> schema.id().equalsIgnoreCase(urn))
                .findFirst()
                .map(schema -> SchemaDocument.of(schema, baseUri))
                .orElseThrow(() -> ScimException.notFound("no schema has the id " + ScimException.quoted(urn)));
    }

    private List<Schema> schemas() {
        List<Schema> schemas = new ArrayList<>();
        for (ResourceType type : types) {
            schemas.add(type.schema());
            type.extensions().forEach(extension -> schemas.add(extension.schema()));
        }
        schemas.addAll(DiscoverySchemas.ALL);
        return schemas;
    }
}
