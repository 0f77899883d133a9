package dev.keyledger.scim.keycloak.endpoint;

import java.util.ArrayList;
import java.util.List;
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
    private final List<Runnable> putOff = new ArrayList<>();

    /** Transactions with the context of that request: its realm, its client, its URI. */
    Transactions(KeycloakSession request, String requestId) {
        this.request = request;
        this.retries = new Retries(
                millis -> LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(millis)), requestId.hashCode());
    }

    /**
     * Does the work in a transaction; in several, one after the other, if it has to be tried again. What the work has put off
     * until {@link #afterCommit} is done before this returns.
     */
    <T> T run(Function<KeycloakSession, T> work) {
        T result = retries.run(() -> {
            putOff.clear();
            return KeycloakModelUtils.runJobInTransactionWithResult(
                    request.getKeycloakSessionFactory(), request.getContext(), work::apply, "SCIM request");
        });
        List<Runnable> due = List.copyOf(putOff);
        putOff.clear();
        due.forEach(Runnable::run);
        return result;
    }

    /** Puts off what is to be done when the transaction that runs now has been committed, and only then. It must not throw. */
    void afterCommit(Runnable action) {
        putOff.add(action);
    }
}
