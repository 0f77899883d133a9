package dev.keyledger.scim.keycloak.endpoint;

import dev.keyledger.scim.ScimException;
import jakarta.ws.rs.WebApplicationException;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;
import org.keycloak.models.ModelDuplicateException;
import org.keycloak.models.ModelException;
import org.keycloak.storage.ReadOnlyException;

/** Says in SCIM's words what went wrong below: the request's fault if it can be, ours and logged otherwise. */
final class Faults {
    private static final Logger LOGGER = Logger.getLogger(Faults.class);

    private Faults() {}

    static ScimException of(RuntimeException fault, String requestId) {
        for (Throwable cause = fault; cause != null; cause = cause.getCause()) {
            if (cause instanceof ScimException scim) {
                return scim;
            }
        }
        DatabaseFault reason = DatabaseFault.of(fault);
        if (reason != null) {
            return of(reason);
        }
        for (Throwable cause = fault; cause != null; cause = cause.getCause()) {
            ScimException known = known(cause);
            if (known != null) {
                return known;
            }
        }
        LOGGER.errorf(fault, "SCIM request %s failed", requestId);
        return ScimException.internal("the request failed; the server's log has it as " + requestId);
    }

    private static ScimException of(DatabaseFault reason) {
        return switch (reason) {
            case COLLISION -> ScimException.unavailable("other requests are changing the same; try again");
            case DUPLICATE -> ScimException.uniqueness("a value that has to be unique is taken");
            case REFERENCE -> ScimException.conflict("another request removed what this one needs; try again");
            case TIMEOUT ->
                ScimException.tooMany("the search takes too long; narrow its filter, or leave out the order");
            case UNFIT -> ScimException.invalidValue("a value is too long or not of the kind that can be kept");
        };
    }

    private static @Nullable ScimException known(Throwable cause) {
        if (cause instanceof ModelDuplicateException) {
            return ScimException.uniqueness("a value that has to be unique is taken");
        }
        if (cause instanceof ReadOnlyException) {
            return ScimException.mutability("the resource comes from a directory that Keycloak may not write to");
        }
        if (cause instanceof WebApplicationException web && web.getResponse().getStatus() == 403) {
            return ScimException.forbidden("the client may not do this");
        }
        // with a cause it is not a rule of Keycloak's that speaks but something that broke below
        return cause.getClass() == ModelException.class && cause.getCause() == null
                ? ScimException.invalidValue("Keycloak refuses the change: " + cause.getMessage())
                : null;
    }
}
