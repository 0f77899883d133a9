package dev.keyledger.scim.keycloak.endpoint;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.utils.KeycloakModelUtils;

/**
 * Transactions of our own for a request, beside the one that Keycloak begins for it and that stays empty: so that a commit
 * that fails can still be answered, and what collided can be tried again.
 *
 * <p>Commit point: {@link #run} commits when the work returns, before {@code run} itself returns; when the work or the commit
 * throws, all is rolled back before {@code run} throws. Keycloak's own transaction is suspended meanwhile and has no database
 * connection.
 */
final class Transactions {
    private final KeycloakSession request;
    private final Retries retries;

    /** Transactions with the context of that request: its realm, its client, its URI. */
    Transactions(KeycloakSession request, String requestId) {
        this.request = request;
        this.retries = new Retries(
                millis -> LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(millis)), requestId.hashCode());
    }

    /** Does the work in a transaction; in several, one after the other, if it has to be tried again. */
    <T> T run(Function<KeycloakSession, T> work) {
        return retries.run(() -> KeycloakModelUtils.runJobInTransactionWithResult(
                request.getKeycloakSessionFactory(), request.getContext(), work::apply, "SCIM request"));
    }
}
