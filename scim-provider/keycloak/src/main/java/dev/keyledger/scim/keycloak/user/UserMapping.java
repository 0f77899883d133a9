package dev.keyledger.scim.keycloak.user;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.keyledger.scim.keycloak.query.StoredElements;
import dev.keyledger.scim.keycloak.schema.RealmSchema;
import dev.keyledger.scim.keycloak.schema.UserAttributeNames;
import dev.keyledger.scim.resource.Json;
import dev.keyledger.scim.resource.Meta;
import dev.keyledger.scim.resource.Resource;
import dev.keyledger.scim.schema.AttributeDefinition;
import dev.keyledger.scim.schema.AttributeType;
import dev.keyledger.scim.schema.Mutability;
import dev.keyledger.scim.schema.ResourceType;
import dev.keyledger.scim.schema.Schema;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
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

    /** Numbers become the nodes that a request body's become, so that equal ones are equal. */
    private static final ObjectReader NUMBERS = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .build()
            .readerFor(JsonNode.class);

    /** What is no attribute of the account. */
    static final Set<String> NOT_STORED = Set.of("schemas", "id", "meta", "password", ACTIVE, GROUPS);

    private final RealmSchema schema;
    private final ResourceType type;
    private final UserAttributeNames names;

    /** The mapping for users of a realm with that schema. */
    public UserMapping(RealmSchema schema) {
        this.schema = schema;
        this.type = schema.userType();
        this.names = schema.names();
    }

    /** What the realm makes of User resources. */
    RealmSchema schema() {
        return schema;
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
        if (account.enabled() || account.value(UserAttributeNames.ACTIVE_UNASSIGNED) == null) {
            json.put(ACTIVE, account.enabled());
        }
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
     *
     * @param before what Keycloak holds now, or null of a user who is new
     * @param roles  the roles of the realm
     */
    Map<String, List<String>> toAttributes(Resource resource, @Nullable Account before, RoleElements.Roles roles) {
        Map<String, List<String>> attributes = new LinkedHashMap<>();
        for (AttributeDefinition attribute : type.attributes()) {
            if (!NOT_STORED.contains(attribute.name())) {
                store(attribute, resource.get(attribute.name()), attributes);
            }
        }
        boolean unassigned = resource.get(ACTIVE) == null;
        attributes.put(UserAttributeNames.ACTIVE_UNASSIGNED, unassigned ? List.of("true") : List.of());
        for (String attribute : RoleElements.ATTRIBUTES) {
            JsonNode value = resource.get(attribute);
            type.attribute(attribute)
                    .ifPresent(definition -> attributes.put(
                            attribute,
                            RoleElements.encode(
                                    definition, value == null ? List.of() : StoredElements.objects(value), roles)));
        }
        for (ResourceType.Extension extension : type.extensions()) {
            ObjectNode object =
                    resource.get(extension.schema().id()) instanceof ObjectNode present ? present : Json.object();
            for (AttributeDefinition attribute : extension.schema().attributes()) {
                store(attribute, Json.get(object, attribute.name()), attributes);
            }
            if (extension.schema().isOpen()) {
                storeUnlisted(extension.schema(), object, before, attributes);
            }
        }
        return attributes;
    }

    /** Names that SCIM compares without case are Keycloak's with it: the spelling that is there stays. */
    private static void storeUnlisted(
            Schema open, ObjectNode object, @Nullable Account before, Map<String, List<String>> attributes) {
        Map<String, String> spellings = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        Iterator<String> there = before == null
                ? Collections.emptyIterator()
                : before.attributes().keySet().iterator();
        unlisted(open, there).forEach(name -> spellings.put(name.name(), name.name()));
        unlisted(open, object.fieldNames()).forEach(name -> spellings.putIfAbsent(name.name(), name.name()));
        spellings.values().forEach(name -> {
            JsonNode value = Json.get(object, name);
            open.attribute(name)
                    .filter(attribute -> attribute.mutability() != Mutability.READ_ONLY)
                    .ifPresent(attribute -> attributes.put(name, textsOf(value)));
        });
    }

    private static List<AttributeDefinition> unlisted(Schema open, Iterator<String> names) {
        List<AttributeDefinition> all = open.attributes(names);
        return all.subList(open.attributes().size(), all.size());
    }

    /** Whether the resource says that the user may log in; one whose {@code active} was removed may not. */
    static boolean active(Resource resource) {
        JsonNode active = resource.get(ACTIVE);
        return active != null && active.booleanValue();
    }

    private void setExtension(ObjectNode json, Schema schema, Account account) {
        ObjectNode object = Json.object();
        Iterator<String> unlisted = new TreeSet<>(account.attributes().keySet()).iterator();
        for (AttributeDefinition attribute : schema.attributes(unlisted)) {
            set(object, attribute, account);
        }
        if (!object.isEmpty()) {
            json.withArray("schemas").add(schema.id());
            json.set(schema.id(), object);
        }
    }

    private void set(ObjectNode json, AttributeDefinition attribute, Account account) {
        JsonNode value = read(attribute, account);
        if (value != null && !Json.isUnassigned(value)) {
            json.set(attribute.name(), value);
        }
    }

    private @Nullable JsonNode read(AttributeDefinition attribute, Account account) {
        if (names.of(attribute).equals(Emails.ATTRIBUTE)) {
            return StoredElements.array(
                    Emails.join(account.value(UserAttributeNames.EMAIL), account.values(Emails.ATTRIBUTE)));
        }
        if (names.of(attribute).equals(UserAttributeNames.USERNAME)) {
            return TextNode.valueOf(userName(account));
        }
        if (RoleElements.ATTRIBUTES.contains(names.of(attribute))) {
            String name = attribute.name();
            return StoredElements.array(RoleElements.join(account.values(name), account.roles(name)));
        }
        if (attribute.multiValued() && attribute.isComplex()) {
            return StoredElements.array(StoredElements.decode(account.values(names.of(attribute))));
        }
        if (attribute.multiValued()) {
            ArrayNode values = Json.array();
            account.values(names.of(attribute)).forEach(text -> values.add(typed(attribute, text)));
            return values;
        }
        if (!attribute.isComplex()) {
            String text = account.value(names.of(attribute));
            return text == null ? null : typed(attribute, text);
        }
        ObjectNode object = Json.object();
        for (AttributeDefinition part : attribute.subAttributes()) {
            set(object, part, account);
        }
        return object;
    }

    private static String userName(Account account) {
        String name = account.value(UserAttributeNames.USERNAME);
        String spelling = account.value(UserAttributeNames.USERNAME_SPELLING);
        String stored = name == null ? "" : name;
        return spelling != null && spelling.equalsIgnoreCase(stored) ? spelling : stored;
    }

    /** What is stored as text, as its type has it; what does not fit the type, such as what was there before it, stays text. */
    private static JsonNode typed(AttributeDefinition attribute, String text) {
        if (attribute.type() == AttributeType.BOOLEAN) {
            return BooleanNode.valueOf(Boolean.parseBoolean(text));
        }
        if (!attribute.type().isNumber()) {
            return TextNode.valueOf(text);
        }
        try {
            return NUMBERS.readTree(new BigDecimal(text).toString());
        } catch (NumberFormatException | JsonProcessingException e) {
            return TextNode.valueOf(text);
        }
    }

    private void store(AttributeDefinition attribute, @Nullable JsonNode value, Map<String, List<String>> attributes) {
        if (attribute.mutability() == Mutability.READ_ONLY) {
            return;
        }
        if (names.of(attribute).equals(Emails.ATTRIBUTE)) {
            Emails.Division emails =
                    Emails.divide(attribute, value == null ? List.of() : StoredElements.objects(value));
            attributes.put(UserAttributeNames.EMAIL, emails.account() == null ? List.of() : List.of(emails.account()));
            attributes.put(Emails.ATTRIBUTE, emails.stored());
            attributes.put(Emails.LOOKUP, emails.lookup());
        } else if (names.of(attribute).equals(UserAttributeNames.USERNAME)) {
            String spelling = value == null ? "" : value.asText();
            String name = spelling.toLowerCase(Locale.ROOT);
            attributes.put(UserAttributeNames.USERNAME, List.of(name));
            attributes.put(UserAttributeNames.USERNAME_SPELLING, name.equals(spelling) ? List.of() : List.of(spelling));
        } else if (attribute.multiValued() && attribute.isComplex()) {
            List<ObjectNode> elements = value == null ? List.of() : StoredElements.objects(value);
            boolean usual = names.of(attribute).equals(attribute.name());
            attributes.put(
                    names.of(attribute),
                    usual
                            ? StoredElements.encode(attribute, elements)
                            : StoredElements.encodeShared(attribute, elements));
        } else if (attribute.isComplex()) {
            for (AttributeDefinition part : attribute.subAttributes()) {
                store(part, value instanceof ObjectNode object ? Json.get(object, part.name()) : null, attributes);
            }
        } else {
            attributes.put(names.of(attribute), textsOf(value));
        }
    }

    private static List<String> textsOf(@Nullable JsonNode value) {
        List<String> texts = new ArrayList<>();
        if (value != null && !Json.isUnassigned(value)) {
            for (JsonNode one : value.isArray() ? value : Json.array().add(value)) {
                texts.add(one.asText());
            }
            texts.removeIf(String::isEmpty);
        }
        return texts;
    }

    private static @Nullable Instant instant(@Nullable Long millis) {
        return millis == null ? null : Instant.ofEpochMilli(millis);
    }
}
