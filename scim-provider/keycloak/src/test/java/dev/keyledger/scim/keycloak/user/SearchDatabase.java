package dev.keyledger.scim.keycloak.user;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import jakarta.persistence.EntityManager;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.hibernate.SessionFactory;
import org.hibernate.cfg.Configuration;
import org.hibernate.resource.jdbc.spi.StatementInspector;
import org.keycloak.models.jpa.entities.UserEntity;

/** Keycloak's tables of users and groups, made of its own entities, with the indexes that its Liquibase change sets create. */
enum SearchDatabase {
    H2,
    POSTGRES;

    /** Every statement that was sent since the list was cleared. */
    static final List<String> STATEMENTS = new CopyOnWriteArrayList<>();

    private static final Map<SearchDatabase, SessionFactory> RUNNING = new EnumMap<>(SearchDatabase.class);
    private static final Map<SearchDatabase, SessionFactory> WITHOUT_PARAMETERS = new EnumMap<>(SearchDatabase.class);
    private static final Map<SearchDatabase, String> URLS = new EnumMap<>(SearchDatabase.class);

    EntityManager open() {
        synchronized (RUNNING) {
            return RUNNING.computeIfAbsent(this, SearchDatabase::start).createEntityManager();
        }
    }

    /** As {@link #open}, but values stand in the statements themselves, so that each can be explained. */
    EntityManager openWithoutParameters() {
        open().close();
        synchronized (RUNNING) {
            return WITHOUT_PARAMETERS
                    .computeIfAbsent(this, SearchDatabase::withoutParameters)
                    .createEntityManager();
        }
    }

    /** In a transaction. */
    void change(Consumer<EntityManager> work) {
        try (EntityManager entities = open()) {
            entities.getTransaction().begin();
            work.accept(entities);
            entities.getTransaction().commit();
        }
    }

    private SessionFactory withoutParameters() {
        return configuration()
                .setProperty("hibernate.criteria.value_handling_mode", "inline")
                .buildSessionFactory();
    }

    private Configuration configuration() {
        Configuration configuration = new Configuration()
                .setProperty("hibernate.connection.url", URLS.computeIfAbsent(this, SearchDatabase::url))
                .setProperty("hibernate.connection.username", this == H2 ? "sa" : "postgres")
                .setProperty("hibernate.connection.password", "")
                .setStatementInspector((StatementInspector) sql -> {
                    STATEMENTS.add(sql);
                    return sql;
                });
        for (String entity : entities()) {
            try {
                configuration.addAnnotatedClass(Class.forName(entity));
            } catch (ClassNotFoundException e) {
                throw new IllegalStateException("Keycloak has no entity " + entity, e);
            }
        }
        return configuration;
    }

    private SessionFactory start() {
        SessionFactory started =
                configuration().setProperty("hibernate.hbm2ddl.auto", "create").buildSessionFactory();
        try (EntityManager entities = started.createEntityManager()) {
            entities.getTransaction().begin();
            for (String statement : List.of(
                    "alter table USER_ATTRIBUTE alter column LONG_VALUE " + (this == H2 ? "clob" : "type text"),
                    "create index IDX_USER_EMAIL on USER_ENTITY (EMAIL)",
                    "create index IDX_USER_SERVICE_ACCOUNT on USER_ENTITY (REALM_ID, SERVICE_ACCOUNT_CLIENT_LINK)",
                    "create index IDX_USER_CREATED_TIMESTAMP on USER_ENTITY (REALM_ID, CREATED_TIMESTAMP)",
                    "create index IDX_USER_ATTRIBUTE on USER_ATTRIBUTE (USER_ID)",
                    "create index IDX_USER_ATTRIBUTE_NAME on USER_ATTRIBUTE (NAME, VALUE)",
                    "create index USER_ATTR_LONG_VALUES on USER_ATTRIBUTE (LONG_VALUE_HASH, NAME)",
                    "create index IDX_USER_GROUP_MAPPING on USER_GROUP_MEMBERSHIP (USER_ID)")) {
                entities.createNativeQuery(statement).executeUpdate();
            }
            entities.getTransaction().commit();
        }
        return started;
    }

    /** The entities of Keycloak's own persistence unit. */
    private static List<String> entities() {
        try (InputStream unit = UserEntity.class.getResourceAsStream("/default-persistence.xml")) {
            return Pattern.compile("<class>([^<]+)</class>")
                    .matcher(new String(Objects.requireNonNull(unit).readAllBytes(), StandardCharsets.UTF_8))
                    .results()
                    .map(found -> found.group(1).strip())
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read Keycloak's persistence unit", e);
        }
    }

    private String url() {
        if (this == H2) {
            return "jdbc:h2:mem:search;NON_KEYWORDS=VALUE;DB_CLOSE_DELAY=-1";
        }
        try {
            EmbeddedPostgres postgres = EmbeddedPostgres.builder()
                    // compares texts by their code points, as SCIM's core does, wherever the test runs
                    .setLocaleConfig("locale-provider", "builtin")
                    .setLocaleConfig("builtin-locale", "C.UTF-8")
                    .start();
            return postgres.getJdbcUrl("postgres", "postgres");
        } catch (IOException e) {
            throw new UncheckedIOException("cannot start PostgreSQL", e);
        }
    }
}
