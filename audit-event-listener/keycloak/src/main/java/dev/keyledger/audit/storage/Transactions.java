package dev.keyledger.audit.storage;

import jakarta.persistence.EntityManager;
import java.util.function.Function;

/**
 * Opens short transactions of their own, apart from any request's. A port: Keycloak's job transactions in the server, a
 * plain entity manager in tests.
 */
@FunctionalInterface
public interface Transactions {
    /** Runs the work and commits; returns only after the commit. When either throws, nothing is stored. */
    <R> R run(Function<EntityManager, R> work);

    /** Work in a transaction that runs already; who began it commits. */
    static Transactions within(EntityManager em) {
        return new Transactions() {
            @Override
            public <R> R run(Function<EntityManager, R> work) {
                return work.apply(em);
            }
        };
    }
}
