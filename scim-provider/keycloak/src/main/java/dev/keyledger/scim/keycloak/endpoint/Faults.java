package dev.keyledger.scim.keycloak.endpoint;

import dev.keyledger.scim.ScimException;
import jakarta.persistence.LockTimeoutException;
import jakarta.persistence.OptimisticLockException;
import jakarta.persistence.PessimisticLockException;
import jakarta.ws.rs.WebApplicationException;
import org.hibernate.exception.ConstraintViolationException;
import org.hibernate.exception.DataException;
import org.hibernate.exception.LockAcquisitionException;
import org.jboss.logging.Logger;
import org.keycloak.models.ModelDuplicateException;
import org.keycloak.models.ModelException;
import org.keycloak.storage.ReadOnlyException;

/** Says in SCIM's words what went wrong below: the request's fault if it can be, ours and logged otherwise. */
final class Faults {
    private static final Logger LOGGER = Logger.getLogger(Faults.class);

    private Faults() {}

    static ScimException of(RuntimeException fault, String requestId) {
        for (Throwable cause = fault; cause != null; cause = cause.getCause()) {
            ScimException known = known(cause);
            if (known != null) {
                return known;
            }
        }
        LOGGER.errorf(fault, "SCIM request %s failed", requestId);
        return ScimException.internal("the request failed; the server's log has it as " + requestId);
    }

    private static @org.jspecify.annotations.Nullable ScimException known(Throwable cause) {
        if (cause instanceof ScimException scim) {
            return scim;
        }
        if (cause instanceof ModelDuplicateException || cause instanceof ConstraintViolationException) {
            return ScimException.uniqueness("a value that has to be unique is taken");
        }
        if (cause instanceof ReadOnlyException) {
            return ScimException.mutability("the resource comes from a directory that Keycloak may not write to");
        }
        if (cause instanceof LockTimeoutException
                || cause instanceof PessimisticLockException
                || cause instanceof OptimisticLockException
                || cause instanceof LockAcquisitionException) {
            return ScimException.conflict("another request is changing the resource; try again");
        }
        if (cause instanceof DataException) {
            return ScimException.invalidValue("a value is too long or not of the kind that can be kept");
        }
        if (cause instanceof WebApplicationException web && web.getResponse().getStatus() == 403) {
            return ScimException.forbidden("the client may not do this");
        }
        return cause.getClass() == ModelException.class
                ? ScimException.invalidValue("Keycloak refuses the change: " + cause.getMessage())
                : null;
    }
}
