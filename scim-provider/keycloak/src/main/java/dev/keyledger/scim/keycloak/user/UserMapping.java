package dev.keyledger.scim.keycloak.user;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.keyledger.scim.keycloak.query.StoredElements;
import dev.keyledger.scim.resource.Json;
import dev.keyledger.scim.resource.Meta;
import dev.keyledger.scim.resource.Resource;
import dev.keyledger.scim.schema.AttributeDefinition;
import dev.keyledger.scim.schema.AttributeType;
import dev.keyledger.scim.schema.Mutability;
import dev.keyledger.scim.schema.ResourceType;
import dev.keyledger.scim.schema.Schema;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Translates between a User resource and what Keycloak holds of it. Pure and thread-safe.
 *
 * <p>Single-valued attributes are Keycloak attributes of a natural name ({@link UserAttributeNames}), so that token mappers can
 * use them as they are; multi-valued ones are kept as {@link StoredElements}, {@code emails} as {@link Emails} says. Keycloak
 * keeps user names in lower case; the client's spelling is kept beside and shown as long as it is the same name.
 */
public final class UserMapping {
    private static final String ACTIVE = "active";
    private static final String GROUPS = "groups";
    private static final String USER_NAME = "userName";
    private static final Set<String> NOT_STORED = Set.of("schemas", "id", "meta", "password", ACTIVE, GROUPS);

    private final ResourceType type;

    /** The mapping for resources of that type. */
    public UserMapping(ResourceType type) {
        this.type = type;
    }

    /**
     * The resource of an account; its {@code meta} has no location and no version yet.
     *
     * @param groups the values of the attribute {@code groups}
     */
    public Resource toResource(Account account, List<ObjectNode> groups) {
        ObjectNode json = Json.object();
        json.putArray("schemas").add(type.schema().id());
        json.put("id", account.id());
        for (AttributeDefinition attribute : type.attributes()) {
            if (!NOT_STORED.contains(attribute.name())) {
                set(json, attribute, account);
            }
        }
        json.put(ACTIVE, account.enabled());
        if (!groups.isEmpty()) {
            json.set(GROUPS, StoredElements.array(groups));
        }
        for (ResourceType.Extension extension : type.extensions()) {
            setExtension(json, extension.schema(), account);
        }
        Instant created = instant(account.created());
        Instant lastModified = instant(account.lastModified());
        json.set(
                "meta",
                Meta.of(type.name(), created, lastModified == null ? created : lastModified)
                        .toJson());
        return Resource.of(json);
    }

    /**
     * Every Keycloak attribute that the resource's attributes are kept in, with the values they have in this resource; an empty
     * list for one that has none. Attributes of the user that are not in the map are none of SCIM's.
     */
    public Map<String, List<String>> toAttributes(Resource resource) {
        Map<String, List<String>> attributes = new LinkedHashMap<>();
        for (AttributeDefinition attribute : type.attributes()) {
            if (!NOT_STORED.contains(attribute.name()) && attribute.mutability() != Mutability.READ_ONLY) {
                store(attribute, resource.get(attribute.name()), attributes);
            }
        }
        for (ResourceType.Extension extension : type.extensions()) {
            JsonNode object = resource.get(extension.schema().id());
            for (AttributeDefinition attribute : extension.schema().attributes()) {
                JsonNode value = object instanceof ObjectNode parts ? Json.get(parts, attribute.name()) : null;
                store(attribute, value, attributes);
            }
        }
        return attributes;
    }

    /** Whether the resource says that the user may log in, or {@code otherwise} if it says nothing. */
    public static boolean active(Resource resource, boolean otherwise) {
        JsonNode active = resource.get(ACTIVE);
        return active == null ? otherwise : active.booleanValue();
    }

    private void setExtension(ObjectNode json, Schema schema, Account account) {
        ObjectNode object = Json.object();
        for (AttributeDefinition attribute : schema.attributes()) {
            set(object, attribute, account);
        }
        if (!object.isEmpty()) {
            json.withArray("schemas").add(schema.id());
            json.set(schema.id(), object);
        }
    }

    private static void set(ObjectNode json, AttributeDefinition attribute, Account account) {
        JsonNode value = read(attribute, account);
        if (value != null && !Json.isUnassigned(value)) {
            json.set(attribute.name(), value);
        }
    }

    private static @Nullable JsonNode read(AttributeDefinition attribute, Account account) {
        if (attribute.name().equals(Emails.ATTRIBUTE)) {
            return StoredElements.array(
                    Emails.join(account.value(UserAttributeNames.EMAIL), account.values(Emails.ATTRIBUTE)));
        }
        if (attribute.name().equals(USER_NAME)) {
            return TextNode.valueOf(userName(account));
        }
        if (attribute.multiValued()) {
            return StoredElements.array(StoredElements.decode(account.values(UserAttributeNames.of(attribute))));
        }
        if (!attribute.isComplex()) {
            return typed(attribute, account.value(UserAttributeNames.of(attribute)));
        }
        ObjectNode object = Json.object();
        for (AttributeDefinition part : attribute.subAttributes()) {
            JsonNode value = typed(part, account.value(UserAttributeNames.of(attribute, part)));
            if (value != null) {
                object.set(part.name(), value);
            }
        }
        return object;
    }

    private static String userName(Account account) {
        String name = account.value(UserAttributeNames.USERNAME);
        String spelling = account.value(UserAttributeNames.USERNAME_SPELLING);
        String stored = name == null ? "" : name;
        return spelling != null && spelling.equalsIgnoreCase(stored) ? spelling : stored;
    }

    private static @Nullable JsonNode typed(AttributeDefinition attribute, @Nullable String text) {
        if (text == null) {
            return null;
        }
        return attribute.type() == AttributeType.BOOLEAN
                ? BooleanNode.valueOf(Boolean.parseBoolean(text))
                : TextNode.valueOf(text);
    }

    private static void store(
            AttributeDefinition attribute, @Nullable JsonNode value, Map<String, List<String>> attributes) {
        if (attribute.name().equals(Emails.ATTRIBUTE)) {
            Emails.Division emails =
                    Emails.divide(attribute, value == null ? List.of() : StoredElements.objects(value));
            attributes.put(UserAttributeNames.EMAIL, emails.account() == null ? List.of() : List.of(emails.account()));
            attributes.put(Emails.ATTRIBUTE, emails.stored());
        } else if (attribute.name().equals(USER_NAME)) {
            String spelling = value == null ? "" : value.asText();
            String name = spelling.toLowerCase(Locale.ROOT);
            attributes.put(UserAttributeNames.USERNAME, List.of(name));
            attributes.put(UserAttributeNames.USERNAME_SPELLING, name.equals(spelling) ? List.of() : List.of(spelling));
        } else if (attribute.multiValued()) {
            List<ObjectNode> elements = value == null ? List.of() : StoredElements.objects(value);
            attributes.put(UserAttributeNames.of(attribute), StoredElements.encode(attribute, elements));
        } else if (attribute.isComplex()) {
            for (AttributeDefinition part : attribute.subAttributes()) {
                JsonNode partValue = value instanceof ObjectNode object ? Json.get(object, part.name()) : null;
                attributes.put(UserAttributeNames.of(attribute, part), texts(partValue));
            }
        } else {
            attributes.put(UserAttributeNames.of(attribute), texts(value));
        }
    }

    private static List<String> texts(@Nullable JsonNode value) {
        return value == null || Json.isUnassigned(value) || value.asText().isEmpty()
                ? List.of()
                : List.of(value.asText());
    }

    private static @Nullable Instant instant(@Nullable Long millis) {
        return millis == null ? null : Instant.ofEpochMilli(millis);
    }
}
