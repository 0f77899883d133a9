package dev.keyledger.scim.keycloak.schema;

import dev.keyledger.scim.path.AttributePath;
import dev.keyledger.scim.schema.AttributeDefinition;
import dev.keyledger.scim.schema.CoreSchemas;
import dev.keyledger.scim.schema.ResourceType;
import dev.keyledger.scim.schema.Schema;
import dev.keyledger.scim.schema.Uniqueness;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.keycloak.representations.userprofile.config.UPAttribute;
import org.keycloak.representations.userprofile.config.UPConfig;

/**
 * Makes a realm's schema of its user profile. Pure; for one compilation.
 *
 * <p>A profile attribute is, in this order: what Keycloak itself takes it for ({@code username}, {@code email},
 * {@code firstName}, {@code lastName}); what the annotation of Keycloak's own SCIM says it is, a single-valued attribute of the
 * core or enterprise schema or one of any other URN; the core or enterprise attribute that is kept under its name; an attribute
 * of the realm's extension.
 */
final class ProfileCompiler {
    private static final String USER_NAME = "userName";
    private static final Set<String> NOT_STORED = Set.of("schemas", "id", "meta", "password", "active", "groups");
    private static final Set<String> FIXED = Set.of(USER_NAME, "name.givenName", "name.familyName");
    private static final Set<String> STANDARD = Set.of(CoreSchemas.USER_URN, CoreSchemas.ENTERPRISE_USER_URN);
    /** What the other schemas of the RFCs begin with: those of groups, messages, discovery. */
    private static final String RESERVED = "urn:ietf:params:scim:";

    private static final String EMAILS = "emails";
    static final String EXTERNAL_ID = "externalId";

    private final UPConfig profile;
    private final AddressRules addresses;
    private final Map<String, String> elsewhere;

    /** By the notation of every core and enterprise attribute that is kept: where. */
    private final Map<String, String> places = new LinkedHashMap<>();

    /** The profile attribute that has a say in it, by notation. */
    private final Map<String, ProfileAttribute> constraints = new HashMap<>();

    /** By URN and name: the attributes of the realm's extensions; a complex one has its parts. */
    private final Map<String, Map<String, Map<String, ProfileAttribute>>> extensions = new LinkedHashMap<>();

    private final IdentityHashMap<AttributeDefinition, String> names = new IdentityHashMap<>();
    private final Map<String, String> notations = new HashMap<>();

    /** @param elsewhere by SCIM notation, where a connection keeps what others keep in another place */
    ProfileCompiler(UPConfig profile, AddressRules addresses, Map<String, String> elsewhere) {
        this.profile = profile;
        this.elsewhere = elsewhere;
        this.addresses = addresses;
    }

    RealmSchema compile() {
        placeStandard("", CoreSchemas.USER_TYPE.attributes());
        placeStandard(CoreSchemas.ENTERPRISE_USER_URN + ':', CoreSchemas.ENTERPRISE_USER.attributes());
        List<UPAttribute> attributes = profile.getAttributes() == null ? List.of() : profile.getAttributes();
        List<ProfileAttribute> rest = attributes.stream()
                .map(ProfileAttribute::new)
                .filter(each -> !takeAnnotation(each))
                .toList();
        elsewhere.keySet().forEach(constraints::remove);
        List<String> usual = elsewhere.keySet().stream().map(places::get).toList();
        places.putAll(elsewhere);
        rest.stream().filter(each -> !usual.contains(each.name())).forEach(this::takeName);

        Schema core = standard("", CoreSchemas.USER, CoreSchemas.USER.attributes());
        CoreSchemas.COMMON.attribute(EXTERNAL_ID).ifPresent(id -> names.put(id, places.get(EXTERNAL_ID)));
        Schema enterprise = standard(
                CoreSchemas.ENTERPRISE_USER_URN + ':',
                CoreSchemas.ENTERPRISE_USER,
                CoreSchemas.ENTERPRISE_USER.attributes());
        Set<String> managed = attributes.stream().map(UPAttribute::getName).collect(Collectors.toUnmodifiableSet());
        UnlistedAttributes unlisted = UnlistedAttributes.of(profile.getUnmanagedAttributePolicy());
        List<String> claimed = new ArrayList<>(places.values());
        claimed.addAll(usual);
        claimed.add(UserAttributeNames.USERNAME_SPELLING);
        claimed.add(UserAttributeNames.EMAILS_LOOKUP);
        claimed.add(UserAttributeNames.ACTIVE_UNASSIGNED);
        Set<String> reserved = Stream.of(
                        managed, claimed, UnlistedAttributes.INTERNAL, List.of(UserAttributeNames.EMAIL))
                .flatMap(Collection::stream)
                .map(name -> name.toLowerCase(Locale.ROOT))
                .collect(Collectors.toUnmodifiableSet());
        List<ResourceType.Extension> all = new ArrayList<>();
        all.add(new ResourceType.Extension(enterprise, false));
        all.addAll(extensions(unlisted, reserved));
        ResourceType type = new ResourceType("User", "/Users", CoreSchemas.USER_TYPE.description(), core, all);
        return new RealmSchema(type, new UserAttributeNames(names, claimed, notations), managed, reserved);
    }

    private void placeStandard(String prefix, List<AttributeDefinition> definitions) {
        for (AttributeDefinition attribute : definitions) {
            if (NOT_STORED.contains(attribute.name())) {
                continue;
            }
            if (attribute.multiValued() || !attribute.isComplex()) {
                places.put(prefix + attribute.name(), UserAttributeNames.usual(attribute.name()));
            } else {
                attribute.subAttributes().forEach(part -> {
                    String notation = attribute.name() + '.' + part.name();
                    places.put(prefix + notation, UserAttributeNames.usual(notation));
                });
            }
        }
    }

    private boolean takeAnnotation(ProfileAttribute attribute) {
        String annotation = attribute.annotation();
        boolean own = FIXED.stream().anyMatch(each -> attribute.name().equals(places.get(each)))
                || attribute.name().equals(UserAttributeNames.EMAIL);
        if (annotation == null || own) {
            return false;
        }
        int colon = annotation.lastIndexOf(':');
        String urn = annotation.substring(0, Math.max(0, colon));
        if (colon > 0 && STANDARD.stream().noneMatch(urn::equalsIgnoreCase)) {
            return !urn.toLowerCase(Locale.ROOT).startsWith(RESERVED)
                    && colon + 1 < annotation.length()
                    && takeExtension(attribute, urn, annotation.substring(colon + 1));
        }
        AttributePath path =
                AttributePath.resolve(annotation, CoreSchemas.USER_TYPE).orElse(null);
        if (path == null || path.attribute().multiValued() || path.target().isComplex()) {
            return false;
        }
        String notation = path.notation();
        if (!places.containsKey(notation) || FIXED.contains(notation) || constraints.containsKey(notation)) {
            return false;
        }
        places.put(notation, attribute.name());
        constraints.put(notation, attribute);
        return true;
    }

    private boolean takeExtension(ProfileAttribute attribute, String urn, String name) {
        String known = Stream.concat(extensions.keySet().stream(), Stream.of(RealmSchema.REALM_URN))
                .filter(urn::equalsIgnoreCase)
                .findFirst()
                .orElse(urn);
        int dot = name.indexOf('.');
        String head = scimName(dot < 0 ? name : name.substring(0, dot));
        Map<String, ProfileAttribute> parts = extensions
                .computeIfAbsent(known, key -> new TreeMap<>(String.CASE_INSENSITIVE_ORDER))
                .computeIfAbsent(head, key -> new LinkedHashMap<>());
        boolean mixed = dot < 0 ? !parts.isEmpty() : parts.containsKey("");
        return !mixed && parts.putIfAbsent(dot < 0 ? "" : scimName(name.substring(dot + 1)), attribute) == null;
    }

    private void takeName(ProfileAttribute attribute) {
        if (attribute.name().equals(UserAttributeNames.EMAIL)) {
            constraints.put(EMAILS, attribute);
            return;
        }
        if (attribute.name().equals(EMAILS) || attribute.name().equals(UserAttributeNames.USERNAME_SPELLING)) {
            return;
        }
        for (Map.Entry<String, String> place : places.entrySet()) {
            if (place.getValue().equals(attribute.name())) {
                constraints.putIfAbsent(place.getKey(), attribute);
                return;
            }
        }
        String name = scimName(attribute.name());
        while (!takeExtension(attribute, RealmSchema.REALM_URN, name)) {
            name += "_";
        }
    }

    private Schema standard(String prefix, Schema schema, List<AttributeDefinition> definitions) {
        List<AttributeDefinition> all = new ArrayList<>();
        for (AttributeDefinition attribute : definitions) {
            if (attribute.multiValued() || !attribute.isComplex()) {
                all.add(named(prefix + attribute.name(), constrained(prefix + attribute.name(), attribute)));
            } else {
                all.add(attribute.withSubAttributes(attribute.subAttributes().stream()
                        .map(part -> {
                            String notation = prefix + attribute.name() + '.' + part.name();
                            return named(notation, constrained(notation, part));
                        })
                        .toList()));
            }
        }
        return new Schema(schema.id(), schema.name(), schema.description(), all);
    }

    private AttributeDefinition named(String notation, AttributeDefinition definition) {
        String place = places.get(notation);
        boolean moved = elsewhere.containsKey(notation) && !notation.equals(EXTERNAL_ID);
        AttributeDefinition told = moved
                ? definition.withDescription(definition.description() + " Kept as the user attribute " + place + ".")
                : definition;
        return place == null ? definition : named(notation, place, told);
    }

    private AttributeDefinition named(String notation, String place, AttributeDefinition definition) {
        // a definition that two attributes share would have two places
        AttributeDefinition own = definition.withDescription(definition.description());
        names.put(own, place);
        notations.put(place.equals(EMAILS) ? UserAttributeNames.EMAIL : place, notation);
        return own;
    }

    private AttributeDefinition constrained(String notation, AttributeDefinition definition) {
        ProfileAttribute constraint = constraints.get(notation);
        AttributeDefinition result = definition;
        if (constraint != null && !notation.equals(USER_NAME)) {
            // Keycloak lets everybody write an address that nobody was given permissions for
            boolean free = notation.equals(EMAILS) && constraint.profile().getPermissions() == null;
            result = free ? definition : constraint.constrain(definition);
        }
        if (notation.equals(USER_NAME) && addresses.userName()) {
            result = result.withDescription("In this realm always the e-mail address, in lower case; change emails.");
        }
        if (notation.equals(EMAILS) && addresses.unique()) {
            result = result.withDescription(
                            "E-mail addresses; that of the account, which is the primary one or else the"
                                    + " first for work or the first, is one user's only.")
                    .withSubAttributes(result.subAttributes().stream()
                            .map(part -> part.name().equals("value") ? part.with(Uniqueness.SERVER) : part)
                            .toList());
        }
        return result;
    }

    private List<ResourceType.Extension> extensions(UnlistedAttributes unlisted, Set<String> reserved) {
        if (unlisted != UnlistedAttributes.HIDDEN) {
            extensions.computeIfAbsent(RealmSchema.REALM_URN, key -> new TreeMap<>());
        }
        List<ResourceType.Extension> all = new ArrayList<>();
        extensions.forEach((urn, attributes) -> {
            List<AttributeDefinition> definitions = new ArrayList<>();
            attributes.forEach((name, parts) -> {
                AttributeDefinition definition = extension(urn + ':' + name, name, parts);
                if (definition != null) {
                    definitions.add(definition);
                }
            });
            Schema schema = urn.equals(RealmSchema.REALM_URN)
                    ? realm(definitions, unlisted, reserved)
                    : new Schema(urn, urn, "An extension by the realm's user profile", definitions);
            if (schema.isOpen() || !definitions.isEmpty()) {
                all.add(new ResourceType.Extension(schema, false, true));
            }
        });
        return all;
    }

    private static Schema realm(
            List<AttributeDefinition> definitions, UnlistedAttributes unlisted, Set<String> reserved) {
        String text = "What the realm's user profile adds to a user";
        if (unlisted == UnlistedAttributes.HIDDEN) {
            return new Schema(RealmSchema.REALM_URN, "RealmUser", text, definitions);
        }
        String open = text + "; every other attribute of the user is a list of texts";
        return new Schema(RealmSchema.REALM_URN, "RealmUser", open, definitions)
                .openTo(name -> unlisted.definition(name, reserved));
    }

    private @Nullable AttributeDefinition extension(String notation, String name, Map<String, ProfileAttribute> parts) {
        ProfileAttribute whole = parts.get("");
        if (whole != null) {
            return whole.isVisible() ? named(notation, whole.name(), whole.toDefinition(name)) : null;
        }
        AttributeDefinition[] visible = parts.entrySet().stream()
                .filter(part -> part.getValue().isVisible())
                .map(part -> named(
                        notation + '.' + part.getKey(),
                        part.getValue().name(),
                        part.getValue().toDefinition(part.getKey())))
                .toArray(AttributeDefinition[]::new);
        return visible.length == 0 ? null : AttributeDefinition.complex(name, visible);
    }

    /** The name, as SCIM may write it: RFC 7643 section 2.1. */
    private static String scimName(String name) {
        String plain = name.isEmpty() ? "_" : name.replaceAll("[^A-Za-z0-9_-]", "_");
        return Character.isLetter(plain.charAt(0)) ? plain : "a" + plain;
    }
}
