package dev.keyledger.scim.keycloak.user;

import dev.keyledger.scim.ScimException;
import dev.keyledger.scim.keycloak.schema.UserAttributeNames;
import java.util.List;
import java.util.Set;
import org.keycloak.services.messages.Messages;
import org.keycloak.userprofile.ValidationException;

/** Says in SCIM's words what the realm's user profile has against a user. */
final class ProfileRefusal {
    /** What Keycloak calls a write to an attribute that may not be written. */
    static final String READ_ONLY = "error-user-attribute-read-only";

    private static final Set<String> TAKEN = Set.of(Messages.USERNAME_EXISTS, Messages.EMAIL_EXISTS);

    private ProfileRefusal() {}

    /** Throws for the gravest of these errors: 409 for a taken name or address first; returns if there are none. */
    static void throwFor(List<ValidationException.Error> errors, UserAttributeNames names) {
        for (ValidationException.Error error : errors) {
            if (TAKEN.contains(error.getMessage())) {
                throw ScimException.uniqueness(
                        Messages.EMAIL_EXISTS.equals(error.getMessage())
                                ? "another user has this e-mail address"
                                : "another user has this userName");
            }
        }
        if (!errors.isEmpty()) {
            ValidationException.Error error = errors.get(0);
            String detail = "the realm's user profile refuses " + names.notation(error.getAttribute()) + ": "
                    + error.getMessage();
            throw READ_ONLY.equals(error.getMessage())
                    ? ScimException.mutability(detail)
                    : ScimException.invalidValue(detail);
        }
    }
}
