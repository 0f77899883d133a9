package dev.keyledger.scim.resource;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.keyledger.scim.schema.DateTime;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The {@code meta} attribute of a resource. RFC 7643 section 3.1.
 *
 * @param resourceType the name of the resource type
 * @param created      when it was created, or null if nobody knows
 * @param lastModified when it last changed, or null if nobody knows
 * @param location     its absolute URI, or null until the service sets it
 * @param version      its entity tag, or null until the service sets it
 */
public record Meta(
        String resourceType,
        @Nullable Instant created,
        @Nullable Instant lastModified,
        @Nullable String location,
        @Nullable Version version) {

    /** The meta of a resource of that type whose times are known. */
    public static Meta of(String resourceType, @Nullable Instant created, @Nullable Instant lastModified) {
        return new Meta(resourceType, created, lastModified, null, null);
    }

    /** This meta with another location and version. */
    public Meta with(String newLocation, Version newVersion) {
        return new Meta(resourceType, created, lastModified, newLocation, newVersion);
    }

    /** The JSON object, absent parts left out. */
    public ObjectNode toJson() {
        ObjectNode json = Json.object();
        json.put("resourceType", resourceType);
        if (created != null) {
            json.put("created", DateTime.format(created));
        }
        if (lastModified != null) {
            json.put("lastModified", DateTime.format(lastModified));
        }
        if (location != null) {
            json.put("location", location);
        }
        if (version != null) {
            json.put("version", version.tag());
        }
        return json;
    }

    static Meta parse(ObjectNode json) {
        String type = text(json, "resourceType");
        String version = text(json, "version");
        return new Meta(
                type == null ? "" : type,
                instant(json, "created"),
                instant(json, "lastModified"),
                text(json, "location"),
                version == null ? null : new Version(version));
    }

    private static @Nullable String text(ObjectNode json, String name) {
        return json.path(name).isTextual() ? json.path(name).textValue() : null;
    }

    private static @Nullable Instant instant(ObjectNode json, String name) {
        String text = text(json, name);
        return text == null ? null : DateTime.parse(text).orElse(null);
    }
}
