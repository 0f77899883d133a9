package dev.keyledger.scim.keycloak.schema;

import dev.keyledger.scim.schema.AttributeDefinition;
import dev.keyledger.scim.schema.AttributeType;
import dev.keyledger.scim.schema.Mutability;
import dev.keyledger.scim.schema.Returned;
import java.util.Collection;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.keycloak.representations.userprofile.config.UPAttribute;
import org.keycloak.representations.userprofile.config.UPAttributePermissions;
import org.keycloak.representations.userprofile.config.UPAttributeRequired;
import org.keycloak.userprofile.UserProfileConstants;

/**
 * One attribute of a user profile, read as a SCIM attribute. A client of SCIM is an administrator in the profile's eyes.
 *
 * <p>Types follow the validators: {@code integer} is integer, {@code double} decimal, {@code uri} a reference, everything else
 * text, also dates, which Keycloak keeps without a time while SCIM's {@code dateTime} has one.
 */
record ProfileAttribute(UPAttribute profile) {
    /** The annotation by which Keycloak's own SCIM is told what a profile attribute is. */
    private static final String ANNOTATION = "kc.scim.schema.attribute";

    private static final Map<String, AttributeType> TYPES = Map.of(
            "integer", AttributeType.INTEGER,
            "double", AttributeType.DECIMAL,
            "uri", AttributeType.REFERENCE);

    private static final Map<String, String> FORMATS = Map.of(
            "iso-date", " A date such as 2026-11-26.",
            "local-date", " A date in the format of the user's locale.",
            "email", " An e-mail address.",
            "pattern", " Its format is checked.");

    String name() {
        return profile.getName();
    }

    /** The SCIM attribute that the annotation names, or null. */
    @Nullable
    String annotation() {
        Map<String, Object> annotations = profile.getAnnotations();
        Object path = annotations == null ? null : annotations.get(ANNOTATION);
        return path == null || path.toString().isBlank()
                ? null
                : path.toString().strip();
    }

    /** Whether administrators see it. */
    boolean isVisible() {
        UPAttributePermissions permissions = profile.getPermissions();
        return permissions != null && (isAdmin(permissions.getView()) || isAdmin(permissions.getEdit()));
    }

    /** The definition under that SCIM name. */
    AttributeDefinition toDefinition(String scimName) {
        AttributeType type = validators().keySet().stream()
                .filter(TYPES::containsKey)
                .findFirst()
                .map(TYPES::get)
                .orElse(AttributeType.STRING);
        AttributeDefinition definition = type == AttributeType.REFERENCE
                ? AttributeDefinition.reference(scimName, "external")
                : AttributeDefinition.of(scimName, type);
        if (type == AttributeType.STRING && !validators().containsKey("email")) {
            definition = definition.asCaseExact();
        }
        if (profile.isMultivalued()) {
            definition = definition.asMultiValued();
        }
        return constrain(definition.withDescription(description()));
    }

    /** An attribute that is defined elsewhere, as far as the profile leaves it to clients. */
    AttributeDefinition constrain(AttributeDefinition definition) {
        AttributeDefinition constrained = definition;
        if (!isWritable()) {
            constrained = constrained.with(Mutability.READ_ONLY);
        } else if (isRequired()) {
            constrained = constrained.asRequired();
        }
        if (!isVisible()) {
            constrained = constrained.with(Returned.NEVER);
        }
        String[] options = options();
        return options.length == 0 || definition.isComplex() ? constrained : constrained.withCanonicalValues(options);
    }

    private boolean isWritable() {
        UPAttributePermissions permissions = profile.getPermissions();
        return permissions != null && isAdmin(permissions.getEdit());
    }

    private boolean isRequired() {
        UPAttributeRequired required = profile.getRequired();
        boolean always = required != null && (required.isAlways() || isAdmin(required.getRoles()));
        return always && (required.getScopes() == null || required.getScopes().isEmpty());
    }

    private static boolean isAdmin(@Nullable Set<String> roles) {
        return roles != null && roles.contains(UserProfileConstants.ROLE_ADMIN);
    }

    private String[] options() {
        Object options = validators().getOrDefault("options", Map.of()).get("options");
        return options instanceof Collection<?> values
                ? values.stream().map(String::valueOf).toArray(String[]::new)
                : new String[0];
    }

    private String description() {
        String display = profile.getDisplayName();
        boolean isMessageKey = display == null || display.isBlank() || display.startsWith("${");
        StringBuilder text = new StringBuilder(isMessageKey ? name() : display.strip());
        text.append(text.charAt(text.length() - 1) == '.' ? "" : ".");
        validators().keySet().stream().sorted().forEach(each -> text.append(FORMATS.getOrDefault(each, "")));
        return text.toString();
    }

    private Map<String, Map<String, Object>> validators() {
        Map<String, Map<String, Object>> validations = profile.getValidations();
        return validations == null ? Map.of() : validations;
    }
}
