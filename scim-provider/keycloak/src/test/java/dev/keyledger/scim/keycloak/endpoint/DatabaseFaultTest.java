package dev.keyledger.scim.keycloak.endpoint;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keyledger.scim.ScimException;
import dev.keyledger.scim.ScimType;
import jakarta.persistence.PersistenceException;
import java.sql.SQLException;
import java.sql.SQLTimeoutException;
import org.hibernate.QueryTimeoutException;
import org.junit.jupiter.api.Test;

class DatabaseFaultTest {
    @Test
    void aQueryThatWasGivenUpIsASearchForTooMuch() {
        for (SQLException cause : new SQLException[] {
            new SQLException("canceling statement due to user request", "57014"),
            new SQLTimeoutException("query timed out", "HY000")
        }) {
            RuntimeException fault = new PersistenceException(new QueryTimeoutException("given up", cause, "select"));
            assertThat(DatabaseFault.of(fault)).isEqualTo(DatabaseFault.TIMEOUT);
            ScimException told = Faults.of(fault, "r1");
            assertThat(told.status()).isEqualTo(400);
            assertThat(told.scimType()).isEqualTo(ScimType.TOO_MANY);
        }
    }

    @Test
    void aLockThatDidNotComeIsACollision() {
        RuntimeException fault = new PersistenceException(new QueryTimeoutException(
                "lock", new SQLTimeoutException("timeout trying to lock", "HYT00"), "select"));
        assertThat(DatabaseFault.of(fault)).isEqualTo(DatabaseFault.COLLISION);
    }
}
