package dev.keyledger.scim.resource;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A SCIM resource: a JSON object whose attribute names compare in any case and whose extension attributes stand in objects
 * keyed by the URN of their schema.
 *
 * <p>Immutable from outside: what goes in by {@link #copyOf} and comes out by {@link #toJson} is copied;
 * {@link #of} takes the object over, and its caller must not touch it afterwards. The nodes that {@link #get} returns are to
 * be read only.
 */
public final class Resource {
    private final ObjectNode content;

    private Resource(ObjectNode content) {
        this.content = content;
    }

    /** The resource of this content, which the caller hands over. */
    public static Resource of(ObjectNode content) {
        return new Resource(content);
    }

    /** The resource of a copy of this content. */
    public static Resource copyOf(ObjectNode content) {
        return new Resource(content.deepCopy());
    }

    /** The value of a core or common attribute, or the object of an extension if the name is its URN; null if unassigned. */
    public @Nullable JsonNode get(String name) {
        JsonNode value = Json.get(content, name);
        return Json.isUnassigned(value) ? null : value;
    }

    /** The text of a single-valued attribute; null if unassigned or no text. */
    public @Nullable String text(String name) {
        JsonNode value = get(name);
        return value != null && value.isTextual() ? value.textValue() : null;
    }

    /** The text of a sub-attribute of a single-valued complex attribute, or of an attribute of an extension; null if unassigned or no text. */
    public @Nullable String text(String name, String subName) {
        JsonNode value = get(name);
        JsonNode sub = value instanceof ObjectNode object ? Json.get(object, subName) : null;
        return sub != null && sub.isTextual() ? sub.textValue() : null;
    }

    /** The {@code id}, empty for a resource that was not created yet. */
    public Optional<String> id() {
        return Optional.ofNullable(text("id"));
    }

    /** The {@code meta}, empty for a resource that was not created yet. */
    public Optional<Meta> meta() {
        return get("meta") instanceof ObjectNode meta ? Optional.of(Meta.parse(meta)) : Optional.empty();
    }

    /** The version that the store gave it, else the one that follows from its content. */
    public Version version() {
        Version stored = meta().map(Meta::version).orElse(null);
        return stored == null ? Version.of(this) : stored;
    }

    /** A copy with the value of one top-level name replaced; the old spelling of the name is kept. */
    public Resource with(String name, JsonNode value) {
        ObjectNode copy = shallowCopy();
        String key = Json.key(copy, name);
        copy.set(key == null ? name : key, value);
        return new Resource(copy);
    }

    /** A copy without one top-level name. */
    public Resource without(String name) {
        ObjectNode copy = shallowCopy();
        String key = Json.key(copy, name);
        if (key != null) {
            copy.remove(key);
        }
        return new Resource(copy);
    }

    /** Shares the values, which no resource changes. */
    private ObjectNode shallowCopy() {
        ObjectNode copy = Json.object();
        copy.setAll(content);
        return copy;
    }

    /** A copy of the content. */
    public ObjectNode toJson() {
        return content.deepCopy();
    }

    /** The content itself, to be read only. */
    public ObjectNode view() {
        return content;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Resource that && content.equals(that.content);
    }

    @Override
    public int hashCode() {
        return content.hashCode();
    }

    @Override
    public String toString() {
        return "Resource[" + text("id") + ']';
    }
}
