package dev.keyledger.audit.storage;

import jakarta.persistence.EntityManager;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Optional;
import org.hibernate.Session;
import org.hibernate.engine.spi.SessionFactoryImplementor;
import org.hibernate.persister.entity.AbstractEntityPersister;

/**
 * Stages an entry in the running transaction in such a way that the transaction outlives a failure: the INSERT stands
 * behind a savepoint. It bypasses the entity manager, which would mark the transaction for rollback.
 */
public final class OpenStaging {
    /** By statements, because a connection in a managed transaction refuses JDBC's own savepoints. */
    private static final String SAVEPOINT = "KEYLEDGER_ENTRY";

    private OpenStaging() {}

    /** Returns why the row was not stored; empty when it was. */
    public static Optional<SQLException> insert(EntityManager em, StageEntity row) {
        Session session = em.unwrap(Session.class);
        SessionFactoryImplementor factory = session.getSessionFactory().unwrap(SessionFactoryImplementor.class);
        AbstractEntityPersister table =
                (AbstractEntityPersister) factory.getMappingMetamodel().getEntityDescriptor(StageEntity.class);
        String sql = "insert into " + table.getTableName()
                + " (ID, LOG_ID, EVENT_TIME, STATE, LEAF, PRIVATE_PART, MAC) values (?, ?, ?, ?, ?, ?, ?)";
        return session.doReturningWork(connection -> insert(connection, sql, row));
    }

    private static Optional<SQLException> insert(Connection connection, String sql, StageEntity row) {
        try (Statement savepoint = connection.createStatement()) {
            savepoint.execute("SAVEPOINT " + SAVEPOINT);
            try (PreparedStatement insert = connection.prepareStatement(sql)) {
                bind(insert, row);
                insert.executeUpdate();
                savepoint.execute("RELEASE SAVEPOINT " + SAVEPOINT);
            } catch (SQLException e) {
                savepoint.execute("ROLLBACK TO SAVEPOINT " + SAVEPOINT);
                return Optional.of(e);
            }
        } catch (SQLException e) {
            return Optional.of(e);
        }
        return Optional.empty();
    }

    private static void bind(PreparedStatement insert, StageEntity row) throws SQLException {
        int i = 0;
        insert.setString(++i, row.id);
        insert.setString(++i, row.logId);
        insert.setLong(++i, row.eventTime);
        insert.setString(++i, row.state);
        insert.setString(++i, row.leaf);
        insert.setString(++i, row.privatePart);
        insert.setString(++i, row.mac);
    }
}
