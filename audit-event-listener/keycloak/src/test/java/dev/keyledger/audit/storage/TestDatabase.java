package dev.keyledger.audit.storage;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import jakarta.persistence.EntityManager;
import jakarta.persistence.EntityManagerFactory;
import jakarta.persistence.EntityTransaction;
import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import java.util.logging.Level;
import java.util.logging.Logger;
import liquibase.Contexts;
import liquibase.Liquibase;
import liquibase.Scope;
import liquibase.UpdateSummaryEnum;
import liquibase.database.jvm.JdbcConnection;
import liquibase.resource.ClassLoaderResourceAccessor;
import liquibase.ui.LoggerUIService;
import org.hibernate.jpa.HibernatePersistenceConfiguration;

/** A real database with the tables that the shipped changelog makes, and Hibernate over the shipped entities. */
public final class TestDatabase implements Transactions, Closeable {
    /** Kept, or its level would be forgotten. */
    private static final Logger HIBERNATE = Logger.getLogger("org.hibernate");

    private final EntityManagerFactory factory;
    private final Closeable server;

    private TestDatabase(String url, String user, Closeable server) {
        this.server = server;
        HIBERNATE.setLevel(Level.SEVERE);
        HibernatePersistenceConfiguration unit = new HibernatePersistenceConfiguration("audit");
        unit.jdbcUrl(url);
        unit.jdbcUsername(user);
        unit.jdbcPassword("");
        unit.managedClasses(new AuditJpaEntityProvider().getEntities());
        // Fails when an entity and the changelog do not agree on a table, a column or a type.
        unit.property("hibernate.hbm2ddl.auto", "validate");
        unit.property("hibernate.jdbc.batch_size", "32");
        unit.property("hibernate.order_inserts", "true");
        this.factory = unit.createEntityManagerFactory();
    }

    /** A database that exists and has the tables; closing this leaves it up. */
    public static TestDatabase at(String url, String user) {
        return new TestDatabase(url, user, () -> {});
    }

    private static TestDatabase made(String url, String user, Closeable server) {
        migrate(url, user);
        return new TestDatabase(url, user, server);
    }

    /** An H2 in memory of its own. */
    public static TestDatabase h2() {
        String url = memory();
        try (Connection connection = DriverManager.getConnection(url, "sa", "");
                Statement statement = connection.createStatement()) {
            statement.execute(Migrated.H2);
        } catch (SQLException e) {
            throw new IllegalStateException("what the changelog makes cannot be copied", e);
        }
        return new TestDatabase(url, "sa", () -> {});
    }

    private static String memory() {
        return "jdbc:h2:mem:" + UUID.randomUUID() + ";DB_CLOSE_DELAY=-1";
    }

    /** Liquibase takes seconds, and there is a database for each of hundreds of tests. */
    private static final class Migrated {
        /** The statements that make what the changelog makes of an empty H2. */
        static final String H2 = script();

        private static String script() {
            String url = memory();
            migrate(url, "sa");
            StringBuilder script = new StringBuilder();
            try (Connection connection = DriverManager.getConnection(url, "sa", "");
                    Statement statement = connection.createStatement();
                    ResultSet lines = statement.executeQuery("script nosettings")) {
                while (lines.next()) {
                    script.append(lines.getString(1)).append('\n');
                }
            } catch (SQLException e) {
                throw new IllegalStateException("H2 does not say what the changelog has made", e);
            }
            return script.toString();
        }
    }

    /** A PostgreSQL server of its own; starting it takes a few seconds. */
    public static TestDatabase postgres() {
        try {
            EmbeddedPostgres server = EmbeddedPostgres.start();
            return made(server.getJdbcUrl("postgres", "postgres"), "postgres", server);
        } catch (IOException e) {
            throw new UncheckedIOException("the embedded PostgreSQL does not start", e);
        }
    }

    @Override
    public <R> R run(Function<EntityManager, R> work) {
        try (EntityManager em = factory.createEntityManager()) {
            EntityTransaction transaction = em.getTransaction();
            transaction.begin();
            try {
                R result = work.apply(em);
                transaction.commit();
                return result;
            } finally {
                if (transaction.isActive()) {
                    transaction.rollback();
                }
            }
        }
    }

    /** Runs one statement behind the log's back, as a database administrator does. */
    public int tamper(String sql) {
        return run(em -> em.createNativeQuery(sql).executeUpdate());
    }

    /** The texts of the first column of what a query answers, such as a plan. */
    public List<String> lines(String sql) {
        return run(em -> {
            List<?> rows = em.createNativeQuery(sql).getResultList();
            return rows.stream().map(String::valueOf).toList();
        });
    }

    /** Empties the tables of the log, but for the keys. */
    public void clear() {
        List.of("STAGE", "ENTRY", "PRIVATE", "SUBJECT_KEY", "NODE", "CHECKPOINT", "LOG_KEY", "HEAD", "FACET", "HOUR")
                .forEach(table -> tamper("delete from AUDIT_" + table));
    }

    public long count(String entity) {
        return run(em ->
                em.createQuery("select count(*) from " + entity, Long.class).getSingleResult());
    }

    @Override
    public void close() throws IOException {
        factory.close();
        server.close();
    }

    /** Makes the tables. */
    public static void migrate(String url, String user) {
        try (Connection connection = DriverManager.getConnection(url, user, "")) {
            Liquibase liquibase = new Liquibase(
                    new AuditJpaEntityProvider().getChangelogLocation(),
                    new ClassLoaderResourceAccessor(),
                    new JdbcConnection(connection));
            liquibase.setShowSummary(UpdateSummaryEnum.OFF);
            Scope.child(Scope.Attr.ui, new LoggerUIService(), () -> liquibase.update(new Contexts()));
        } catch (Exception e) {
            throw new IllegalStateException("the changelog does not run on " + url, e);
        }
    }
}
