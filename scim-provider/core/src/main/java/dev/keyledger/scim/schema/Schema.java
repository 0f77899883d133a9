package dev.keyledger.scim.schema;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** A named set of attribute definitions, for example {@code urn:ietf:params:scim:schemas:core:2.0:User}. Immutable. RFC 7643 section 7. */
public final class Schema {
    private final String id;
    private final String name;
    private final String description;
    private final List<AttributeDefinition> attributes;
    private final Map<String, AttributeDefinition> byName;

    /**
     * A schema of these attributes.
     *
     * @throws IllegalArgumentException if two attributes have one name
     */
    public Schema(String id, String name, String description, List<AttributeDefinition> attributes) {
        this.id = id;
        this.name = name;
        this.description = description;
        this.attributes = List.copyOf(attributes);
        this.byName = new LinkedHashMap<>();
        for (AttributeDefinition attribute : attributes) {
            if (byName.putIfAbsent(attribute.name().toLowerCase(Locale.ROOT), attribute) != null) {
                throw new IllegalArgumentException("schema " + id + " has two attributes " + attribute.name());
            }
        }
    }

    /** The URN. */
    public String id() {
        return id;
    }

    /** A short name for people, for example {@code User}. */
    public String name() {
        return name;
    }

    /** One sentence for people. */
    public String description() {
        return description;
    }

    /** All attributes in the order of the schema document. */
    public List<AttributeDefinition> attributes() {
        return attributes;
    }

    /** The attribute of that name in any case. */
    public Optional<AttributeDefinition> attribute(String attributeName) {
        return Optional.ofNullable(byName.get(attributeName.toLowerCase(Locale.ROOT)));
    }

    @Override
    public String toString() {
        return id;
    }
}
