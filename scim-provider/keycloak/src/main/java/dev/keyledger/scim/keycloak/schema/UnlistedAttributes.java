package dev.keyledger.scim.keycloak.schema;

import dev.keyledger.scim.schema.AttributeDefinition;
import dev.keyledger.scim.schema.AttributeType;
import dev.keyledger.scim.schema.Mutability;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.keycloak.representations.userprofile.config.UPConfig.UnmanagedAttributePolicy;

/**
 * Which attributes a user may have beside those that the user profile defines: the realm's policy for unmanaged attributes, in
 * SCIM's words. Each is a list of texts.
 *
 * <p>Left out whatever the policy: where SCIM keeps its own, what Keycloak keeps for itself, and names that SCIM cannot write
 * (RFC 7643 section 2.1).
 */
enum UnlistedAttributes {
    /** Not shown. */
    HIDDEN(Mutability.READ_ONLY),
    /** Shown, and not to be written. */
    READABLE(Mutability.READ_ONLY),
    /** Shown and written. */
    WRITABLE(Mutability.READ_WRITE);

    private static final Pattern NAME = Pattern.compile("[A-Za-z][A-Za-z0-9_-]{0,254}");

    /** What Keycloak keeps for itself among the attributes of a user, in lower case. */
    static final Set<String> INTERNAL = Set.of(
            "kerberos_principal",
            "ldap_id",
            "ldap_entry_dn",
            "created_timestamp",
            "createtimestamp",
            "modifytimestamp",
            "usercertificate",
            "enabled",
            "email_verified",
            "disabledreason",
            "is_temporary_admin");

    private final Mutability mutability;

    UnlistedAttributes(Mutability mutability) {
        this.mutability = mutability;
    }

    static UnlistedAttributes of(@Nullable UnmanagedAttributePolicy policy) {
        if (policy == null) {
            return HIDDEN;
        }
        return switch (policy) {
            case ENABLED, ADMIN_EDIT -> WRITABLE;
            case ADMIN_VIEW -> READABLE;
        };
    }

    /** The definition of the attribute of that name, if there may be one; {@code reserved} are names in lower case that mean something else. */
    Optional<AttributeDefinition> definition(String name, Set<String> reserved) {
        boolean shown =
                this != HIDDEN && NAME.matcher(name).matches() && !reserved.contains(name.toLowerCase(Locale.ROOT));
        return shown
                ? Optional.of(AttributeDefinition.of(name, AttributeType.STRING)
                        .asMultiValued()
                        .asCaseExact()
                        .with(mutability)
                        .withDescription("An attribute that the realm's user profile does not define."))
                : Optional.empty();
    }
}
