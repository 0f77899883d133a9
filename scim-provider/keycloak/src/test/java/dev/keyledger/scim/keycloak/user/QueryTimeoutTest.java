package dev.keyledger.scim.keycloak.user;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.keyledger.scim.keycloak.query.PageQuery;
import dev.keyledger.scim.keycloak.query.SearchableFields;
import dev.keyledger.scim.keycloak.query.SortKey;
import dev.keyledger.scim.project.Projection;
import dev.keyledger.scim.schema.CoreSchemas;
import dev.keyledger.scim.service.Query;
import jakarta.persistence.EntityManager;
import jakarta.persistence.criteria.CommonAbstractCriteria;
import jakarta.persistence.criteria.CriteriaBuilder;
import jakarta.persistence.criteria.CriteriaQuery;
import jakarta.persistence.criteria.Expression;
import jakarta.persistence.criteria.Predicate;
import jakarta.persistence.criteria.Root;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.hibernate.Session;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.keycloak.models.jpa.entities.UserAttributeEntity;
import org.keycloak.models.jpa.entities.UserEntity;

class QueryTimeoutTest {
    @ParameterizedTest
    @EnumSource(SearchDatabase.class)
    void aSearchIsGivenUpAfterItsTimeAndNothingElseIsOnTheSameConnection(SearchDatabase database) {
        SearchedUsers.odd(database);
        try (EntityManager entities = database.open()) {
            for (int count : List.of(0, 10)) {
                entities.getTransaction().begin();
                Throwable fault = catchThrowable(() -> endless(entities).find(query(count)));
                while (fault != null && !(fault instanceof SQLException)) {
                    fault = fault.getCause();
                }
                assertThat(fault)
                        .as("a page of %d", count)
                        .isInstanceOfSatisfying(
                                SQLException.class,
                                sql -> assertThat(sql.getSQLState()).isEqualTo("57014"));
                assertThat(limit(entities)).isZero();
                entities.getTransaction().rollback();
            }
        }
    }

    /** In seconds; H2 has one for all statements of a connection. */
    private static int limit(EntityManager entities) {
        return entities.unwrap(Session.class).doReturningWork(connection -> {
            try (Statement any = connection.createStatement()) {
                return any.getQueryTimeout();
            }
        });
    }

    private static Query query(int count) {
        return new Query(null, null, 1, count, Projection.everything(CoreSchemas.USER_TYPE));
    }

    /** Users who have six values that make one, of all combinations of the values that there are. */
    private static PageQuery<UserEntity> endless(EntityManager entities) {
        return new PageQuery<>(entities, UserEntity.class, Duration.ofSeconds(1)) {
            @Override
            protected List<Predicate> scope(CriteriaBuilder builder, CriteriaQuery<?> query, Root<UserEntity> root) {
                Expression<String> six = Stream.generate(
                                () -> query.from(UserAttributeEntity.class).<String>get("value"))
                        .limit(6)
                        .<Expression<String>>map(value -> value)
                        .reduce(builder::concat)
                        .orElseThrow();
                return List.of(builder.equal(six, "x"));
            }

            @Override
            protected SearchableFields fields(
                    CriteriaBuilder builder, CommonAbstractCriteria query, Root<UserEntity> root) {
                throw new UnsupportedOperationException("nothing is filtered or sorted");
            }

            @Override
            protected SortKey naturalOrder(CriteriaBuilder builder, Root<UserEntity> root) {
                return UserSortKeys.byUserName(root);
            }

            @Override
            protected String id(UserEntity row) {
                return row.getId();
            }
        };
    }
}
