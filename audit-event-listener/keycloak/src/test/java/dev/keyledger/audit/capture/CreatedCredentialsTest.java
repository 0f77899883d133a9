package dev.keyledger.audit.capture;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.persistence.EntityManager;
import jakarta.persistence.EntityManagerFactory;
import java.util.List;
import java.util.Optional;
import org.hibernate.jpa.HibernatePersistenceConfiguration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.keycloak.credential.CredentialModel;
import org.keycloak.models.jpa.entities.CredentialEntity;
import org.keycloak.models.jpa.entities.FederatedIdentityEntity;
import org.keycloak.models.jpa.entities.UserAttributeEntity;
import org.keycloak.models.jpa.entities.UserEntity;
import org.keycloak.models.jpa.entities.UserRequiredActionEntity;

/** Against Keycloak's own entities, in H2. */
class CreatedCredentialsTest {
    private static EntityManagerFactory factory;

    private EntityManager em;

    @BeforeAll
    static void open() {
        HibernatePersistenceConfiguration unit = new HibernatePersistenceConfiguration("credentials");
        unit.jdbcUrl("jdbc:h2:mem:credentials;DB_CLOSE_DELAY=-1;NON_KEYWORDS=VALUE");
        unit.jdbcUsername("sa");
        unit.jdbcPassword("");
        unit.managedClasses(List.of(
                UserEntity.class,
                UserAttributeEntity.class,
                UserRequiredActionEntity.class,
                CredentialEntity.class,
                FederatedIdentityEntity.class));
        unit.property("hibernate.hbm2ddl.auto", "create-drop");
        factory = unit.createEntityManagerFactory();
    }

    @AfterAll
    static void close() {
        factory.close();
    }

    @BeforeEach
    void begin() {
        em = factory.createEntityManager();
        em.getTransaction().begin();
    }

    @AfterEach
    void rollBack() {
        em.getTransaction().rollback();
        em.close();
    }

    @Test
    void aUserOfThisTransactionHasWhatItWasGivenInIt() {
        create("ada");
        create("bob");
        em.flush();
        give("ada", "otp", 20);
        give("ada", "password", 10);
        give("bob", "password", 10);

        assertThat(types("ada")).contains(List.of("password", "otp"));
    }

    @Test
    void whatWasTakenAwayAgainIsNotThere() {
        create("ada");
        em.flush();
        give("ada", "password", 10);
        CredentialEntity otp = give("ada", "otp", 20);
        em.flush();
        em.remove(otp);

        assertThat(types("ada")).contains(List.of("password"));
    }

    @Test
    void whereMemoryWasClearedTheDatabaseHasToBeAsked() {
        create("ada");
        give("ada", "password", 10);
        em.flush();
        em.clear();

        assertThat(types("ada")).isEmpty();
    }

    @Test
    void aUserOfAnEarlierTransactionHasToBeAskedFor() {
        create("earlier");
        give("earlier", "password", 10);
        em.getTransaction().commit();
        em.clear();
        em.getTransaction().begin();
        give("earlier", "otp", 20);

        assertThat(types("earlier")).isEmpty();
    }

    private Optional<List<String>> types(String user) {
        return new CreatedCredentials(em)
                .of(user)
                .map(all -> all.stream().map(CredentialModel::getType).toList());
    }

    private void create(String id) {
        UserEntity user = new UserEntity();
        user.setId(id);
        user.setUsername(id);
        user.setRealmId("acme");
        em.persist(user);
    }

    /** As Keycloak's store of credentials does: the user is a reference, and its list is left alone. */
    private CredentialEntity give(String user, String type, int priority) {
        CredentialEntity credential = new CredentialEntity();
        credential.setId(user + " " + type);
        credential.setType(type);
        credential.setPriority(priority);
        credential.setUser(em.getReference(UserEntity.class, user));
        em.persist(credential);
        return credential;
    }
}
