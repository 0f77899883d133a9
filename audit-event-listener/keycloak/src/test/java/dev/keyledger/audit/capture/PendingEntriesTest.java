package dev.keyledger.audit.capture;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keyledger.audit.storage.LogDirectory;
import dev.keyledger.audit.storage.Transactions;
import dev.keyledger.log.entry.EntryIds;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.keycloak.connections.jpa.JpaConnectionProvider;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.KeycloakSessionFactory;
import org.keycloak.services.DefaultKeycloakTransactionManager;
import org.keycloak.tracing.NoopTracingProvider;
import org.keycloak.tracing.TracingProvider;

/** Against Keycloak's own transaction manager; only the session around it is a stand-in. */
class PendingEntriesTest {
    private static final Transactions NO_TRANSACTIONS = standIn(Transactions.class, (proxy, method, args) -> null);

    private final Map<String, Object> attributes = new HashMap<>();
    private final KeycloakSession session = session();
    private final DefaultKeycloakTransactionManager transaction = new DefaultKeycloakTransactionManager(session);
    private final Recorder recorder = new Recorder(
            standIn(KeycloakSessionFactory.class, (proxy, method, args) -> null),
            () -> {
                throw new IllegalStateException("nothing is stored here");
            },
            new EntryIds(InstantSource.system(), new SecureRandom()),
            InstantSource.system(),
            new CapturePolicies(
                    new CapturePolicy(Map.of(), Set.of(), Set.of()),
                    Set.of(),
                    NO_TRANSACTIONS,
                    new LogDirectory(NO_TRANSACTIONS, "log.example"),
                    () -> {
                        throw new IllegalStateException("no policy is read here");
                    }));

    @Test
    void theEventsOfOneTransactionWaitTogether() {
        transaction.begin();

        assertThat(PendingEntries.of(session, recorder)).isNotNull().isSameAs(PendingEntries.of(session, recorder));
    }

    @Test
    void nothingWaitsForATransactionThatWasRolledBack() {
        transaction.begin();
        PendingEntries.of(session, recorder);
        transaction.rollback();

        assertThat(PendingEntries.of(session, recorder)).isNull();
    }

    @Test
    void nothingWaitsForATransactionThatIsNotBegun() {
        assertThat(PendingEntries.of(session, recorder)).isNull();
    }

    private KeycloakSession session() {
        return standIn(KeycloakSession.class, (proxy, method, args) -> switch (method.getName()) {
            case "getTransactionManager" -> transaction;
            case "getAttribute" -> attributes.get(args[0]);
            case "setAttribute" -> attributes.put((String) args[0], args[1]);
            case "getProvider" -> provider((Class<?>) args[0]);
            default -> throw new UnsupportedOperationException(method.getName());
        });
    }

    private static @Nullable Object provider(Class<?> type) {
        if (type == TracingProvider.class) {
            return new NoopTracingProvider();
        }
        return type == JpaConnectionProvider.class ? standIn(type, (proxy, method, args) -> null) : null;
    }

    private static <T> T standIn(Class<T> type, InvocationHandler answers) {
        return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, answers));
    }
}
