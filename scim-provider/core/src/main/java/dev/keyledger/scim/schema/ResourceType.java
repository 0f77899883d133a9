package dev.keyledger.scim.schema;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A kind of resource: its endpoint, its core schema, and the extensions that its resources may carry.
 *
 * <p>Attributes are looked up in the core schema first and then among the common ones ({@code id},
 * {@code externalId}, {@code meta}); extension attributes only by the URN of their schema. RFC 7643 section 6.
 *
 * @param name        for example {@code User}; also the {@code meta.resourceType} of its resources
 * @param endpoint    relative to the base URL, with a slash, for example {@code /Users}
 * @param description one sentence for people
 * @param schema      the core schema
 * @param extensions  the schemas whose attributes stand in an object of their own, keyed by their URN
 */
public record ResourceType(
        String name, String endpoint, String description, Schema schema, List<Extension> extensions) {

    /**
     * A schema that extends a resource type.
     *
     * @param schema   the extension's schema
     * @param required whether every resource must carry it
     * @param shared   whether others than clients of SCIM write its attributes, who must not lose them to a client that does
     *                 not know the extension: a PUT without the extension's object leaves them as they are
     */
    public record Extension(Schema schema, boolean required, boolean shared) {
        /** An extension that belongs to the clients of SCIM alone. */
        public Extension(Schema schema, boolean required) {
            this(schema, required, false);
        }
    }

    /** Copies the list. */
    public ResourceType {
        extensions = List.copyOf(extensions);
    }

    /** The core or common attribute of that name in any case. */
    public Optional<AttributeDefinition> attribute(String attributeName) {
        Optional<AttributeDefinition> own = schema.attribute(attributeName);
        return own.isPresent() ? own : CoreSchemas.COMMON.attribute(attributeName);
    }

    /** The extension schema of that URN in any case. */
    public Optional<Schema> extension(String urn) {
        for (Extension extension : extensions) {
            if (extension.schema().id().equalsIgnoreCase(urn)) {
                return Optional.of(extension.schema());
            }
        }
        return Optional.empty();
    }

    /** The common attributes and the core schema's, in the order in which responses show them. */
    public List<AttributeDefinition> attributes() {
        List<AttributeDefinition> all = new ArrayList<>(CoreSchemas.COMMON.attributes());
        all.removeIf(common -> schema.attribute(common.name()).isPresent());
        all.addAll(schema.attributes());
        return all;
    }

    @Override
    public String toString() {
        return name;
    }
}
