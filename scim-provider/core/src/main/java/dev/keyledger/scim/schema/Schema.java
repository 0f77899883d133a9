package dev.keyledger.scim.schema;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A named set of attribute definitions, for example {@code urn:ietf:params:scim:schemas:core:2.0:User}. Immutable. RFC 7643
 * section 7.
 *
 * <p>A schema may be open ({@link #openTo}): then resources may carry attributes that it does not list.
 */
public final class Schema {
    private final String id;
    private final String name;
    private final String description;
    private final List<AttributeDefinition> attributes;
    private final Map<String, AttributeDefinition> byName;
    private final @Nullable Function<String, Optional<AttributeDefinition>> others;

    /**
     * A schema of these attributes.
     *
     * @throws IllegalArgumentException if two attributes have one name
     */
    public Schema(String id, String name, String description, List<AttributeDefinition> attributes) {
        this(id, name, description, attributes, null);
    }

    private Schema(
            String id,
            String name,
            String description,
            List<AttributeDefinition> attributes,
            @Nullable Function<String, Optional<AttributeDefinition>> others) {
        this.id = id;
        this.name = name;
        this.description = description;
        this.attributes = List.copyOf(attributes);
        this.others = others;
        this.byName = new LinkedHashMap<>();
        for (AttributeDefinition attribute : attributes) {
            if (byName.putIfAbsent(attribute.name().toLowerCase(Locale.ROOT), attribute) != null) {
                throw new IllegalArgumentException("schema " + id + " has two attributes " + attribute.name());
            }
        }
    }

    /** This schema, open to attributes that it does not list: those names for which {@code definition} gives one. */
    public Schema openTo(Function<String, Optional<AttributeDefinition>> definition) {
        return new Schema(id, name, description, attributes, definition);
    }

    /** Whether resources may carry attributes that the schema does not list. */
    public boolean isOpen() {
        return others != null;
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

    /** All attributes that the schema lists, in the order of the schema document. */
    public List<AttributeDefinition> attributes() {
        return attributes;
    }

    /** {@link #attributes()} and, of an open schema, those that it does not list among these names; of names that differ by case alone the first. */
    public List<AttributeDefinition> attributes(Iterator<String> names) {
        List<AttributeDefinition> all = new ArrayList<>(attributes);
        Set<String> seen = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
        names.forEachRemaining(each -> {
            if (!byName.containsKey(each.toLowerCase(Locale.ROOT)) && seen.add(each)) {
                unlisted(each).ifPresent(all::add);
            }
        });
        return all;
    }

    /** The attribute of that name in any case. */
    public Optional<AttributeDefinition> attribute(String attributeName) {
        AttributeDefinition listed = byName.get(attributeName.toLowerCase(Locale.ROOT));
        return listed == null ? unlisted(attributeName) : Optional.of(listed);
    }

    private Optional<AttributeDefinition> unlisted(String attributeName) {
        return others == null ? Optional.empty() : others.apply(attributeName);
    }

    @Override
    public String toString() {
        return id;
    }
}
