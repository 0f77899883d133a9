package dev.keyledger.scim.keycloak.user;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import jakarta.persistence.EntityManager;
import java.sql.SQLException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What {@code Transactions} relies on: the databases give up, and say so. */
class QueryTimeoutTest {
    @ParameterizedTest
    @EnumSource(SearchDatabase.class)
    void aQueryIsGivenUpAfterTheTimeThatTheEntityManagerNames(SearchDatabase database) {
        SearchedUsers.odd(database);
        try (EntityManager entities = database.open()) {
            entities.setProperty("jakarta.persistence.query.timeout", 1000);
            Throwable fault = catchThrowable(() -> entities.createQuery(
                            "select count(a) from UserAttributeEntity a, UserAttributeEntity b, UserAttributeEntity c,"
                                    + " UserAttributeEntity d, UserAttributeEntity e, UserAttributeEntity f"
                                    + " where concat(a.value, b.value, c.value, d.value, e.value, f.value) = 'x'",
                            Long.class)
                    .getSingleResult());
            while (fault != null && !(fault instanceof SQLException)) {
                fault = fault.getCause();
            }
            assertThat(fault)
                    .isInstanceOfSatisfying(
                            SQLException.class,
                            sql -> assertThat(sql.getSQLState()).isEqualTo("57014"));
        }
    }
}
