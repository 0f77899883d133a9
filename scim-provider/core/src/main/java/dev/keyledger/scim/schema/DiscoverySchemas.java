package dev.keyledger.scim.schema;

import static dev.keyledger.scim.schema.AttributeDefinition.complex;
import static dev.keyledger.scim.schema.AttributeDefinition.reference;
import static dev.keyledger.scim.schema.AttributeDefinition.string;

import java.util.ArrayList;
import java.util.List;

/**
 * The schemas of the documents by which a service provider describes itself, as RFC 7643 section 8.7.2 defines them and RFC
 * 9865 section 4 adds to them. Nothing of them can be written. No resource type has them: they are only to be read about.
 */
public final class DiscoverySchemas {
    /** RFC 7643 section 5. */
    public static final Schema SERVICE_PROVIDER_CONFIG = new Schema(
            "urn:ietf:params:scim:schemas:core:2.0:ServiceProviderConfig",
            "Service Provider Configuration",
            "What the service provider can",
            all(serviceProviderConfig()));

    /** RFC 7643 section 6. */
    public static final Schema RESOURCE_TYPE = new Schema(
            "urn:ietf:params:scim:schemas:core:2.0:ResourceType",
            "ResourceType",
            "A kind of resource",
            all(resourceType()));

    /** RFC 7643 section 7; the one schema whose complex attribute has a complex part. */
    public static final Schema SCHEMA =
            new Schema("urn:ietf:params:scim:schemas:core:2.0:Schema", "Schema", "A set of attributes", all(schema()));

    /** All of them. */
    public static final List<Schema> ALL = List.of(SERVICE_PROVIDER_CONFIG, RESOURCE_TYPE, SCHEMA);

    private DiscoverySchemas() {}

    private static List<AttributeDefinition> serviceProviderConfig() {
        return List.of(
                reference("documentationUri", "external").withDescription("A page that explains the service provider."),
                feature("patch", "Whether PATCH works."),
                feature(
                        "bulk",
                        "Whether Bulk works, and how large it may be.",
                        number("maxOperations", "The most operations of a Bulk."),
                        number("maxPayloadSize", "The most bytes of a Bulk.")),
                feature(
                        "filter",
                        "Whether filters work, and how many resources are shown.",
                        number("maxResults", "The most resources in a response.")),
                feature("changePassword", "Whether passwords can be changed."),
                feature("sort", "Whether sorting works."),
                feature("etag", "Whether resources have versions."),
                complex(
                                "pagination",
                                flag("cursor", "Whether pages can be asked for by cursor."),
                                flag("index", "Whether pages can be asked for by index."),
                                string("defaultPaginationMethod")
                                        .withCanonicalValues("cursor", "index")
                                        .withDescription("How pages are made unless said otherwise."),
                                AttributeDefinition.of("defaultPageSize", AttributeType.INTEGER)
                                        .withDescription("How many resources a page has unless said otherwise."),
                                AttributeDefinition.of("maxPageSize", AttributeType.INTEGER)
                                        .withDescription("The most resources on a page."),
                                AttributeDefinition.of("cursorTimeout", AttributeType.INTEGER)
                                        .withDescription("For how many seconds a cursor is good."))
                        .withDescription("How pages are asked for."),
                complex(
                                "authenticationSchemes",
                                string("type")
                                        .asRequired()
                                        .withCanonicalValues(
                                                "oauth", "oauth2", "oauthbearertoken", "httpbasic", "httpdigest")
                                        .withDescription("The kind of scheme."),
                                string("name").asRequired().withDescription("Its common name."),
                                string("description").asRequired().withDescription("What it is."),
                                reference("specUri", "external").withDescription("Its specification."),
                                reference("documentationUri", "external").withDescription("How it is used here."),
                                AttributeDefinition.of("primary", AttributeType.BOOLEAN)
                                        .withDescription("Whether it is the preferred one."))
                        .asMultiValued()
                        .asRequired()
                        .withDescription("How clients authenticate."));
    }

    private static List<AttributeDefinition> resourceType() {
        return List.of(
                string("id").withDescription("The type's id, its name."),
                string("name").asRequired().withDescription("The type's name, as meta.resourceType has it."),
                string("description").withDescription("What its resources are."),
                reference("endpoint", "uri").asRequired().withDescription("Where they are, below the base URL."),
                reference("schema", "uri").asRequired().withDescription("The URN of their schema."),
                complex(
                                "schemaExtensions",
                                reference("schema", "uri").asRequired().withDescription("The URN of the extension."),
                                flag("required", "Whether every resource has it.")
                                        .asRequired())
                        .asMultiValued()
                        .withDescription("What else they may have."));
    }

    private static List<AttributeDefinition> schema() {
        List<AttributeDefinition> parts = new ArrayList<>(attribute());
        parts.add(complex("subAttributes", attribute().toArray(AttributeDefinition[]::new))
                .asMultiValued()
                .withDescription("The parts of a complex attribute."));
        return List.of(
                string("id").asRequired().withDescription("The schema's URN."),
                string("name").asRequired().withDescription("A name for people."),
                string("description").withDescription("What it describes."),
                complex("attributes", parts.toArray(AttributeDefinition[]::new))
                        .asMultiValued()
                        .asRequired()
                        .withDescription("The attributes and what is true of them."));
    }

    private static List<AttributeDefinition> attribute() {
        return List.of(
                string("name").asRequired().asCaseExact().withDescription("The attribute's name."),
                string("type")
                        .asRequired()
                        .withCanonicalValues(
                                "string", "boolean", "decimal", "integer", "dateTime", "reference", "complex", "binary")
                        .withDescription("The type of its values."),
                flag("multiValued", "Whether it has several values.").asRequired(),
                string("description").asCaseExact().withDescription("What it means."),
                flag("required", "Whether every resource has a value."),
                string("canonicalValues")
                        .asMultiValued()
                        .asCaseExact()
                        .withDescription("Values that clients are advised to use."),
                flag("caseExact", "Whether text compares with case."),
                string("mutability")
                        .asCaseExact()
                        .withCanonicalValues("readOnly", "readWrite", "immutable", "writeOnly")
                        .withDescription("Who may set it, and when."),
                string("returned")
                        .asCaseExact()
                        .withCanonicalValues("always", "never", "default", "request")
                        .withDescription("When responses have it."),
                string("uniqueness")
                        .asCaseExact()
                        .withCanonicalValues("none", "server", "global")
                        .withDescription("Among whom its value is unique."),
                string("referenceTypes")
                        .asMultiValued()
                        .asCaseExact()
                        .withDescription("What a reference may point to."));
    }

    private static AttributeDefinition feature(String name, String description, AttributeDefinition... more) {
        List<AttributeDefinition> parts = new ArrayList<>();
        parts.add(flag("supported", "Whether it works.").asRequired());
        parts.addAll(List.of(more));
        return complex(name, parts.toArray(AttributeDefinition[]::new))
                .asRequired()
                .withDescription(description);
    }

    private static AttributeDefinition flag(String name, String description) {
        return AttributeDefinition.of(name, AttributeType.BOOLEAN).withDescription(description);
    }

    private static AttributeDefinition number(String name, String description) {
        return AttributeDefinition.of(name, AttributeType.INTEGER).asRequired().withDescription(description);
    }

    /** The attributes and all their parts, readOnly. */
    private static List<AttributeDefinition> all(List<AttributeDefinition> attributes) {
        return attributes.stream()
                .map(attribute -> attribute
                        .withSubAttributes(all(attribute.subAttributes()))
                        .with(Mutability.READ_ONLY))
                .toList();
    }
}
