package dev.keyledger.audit.capture;

import jakarta.persistence.EntityManager;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.hibernate.Hibernate;
import org.hibernate.engine.spi.EntityEntry;
import org.hibernate.engine.spi.SharedSessionContractImplementor;
import org.keycloak.connections.jpa.JpaConnectionProvider;
import org.keycloak.credential.CredentialModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.UserModel;
import org.keycloak.models.jpa.entities.CredentialEntity;
import org.keycloak.models.jpa.entities.UserEntity;

/** Finds out which credentials a user has, of each its type, label and moment of creation. */
final class StoredCredentials {
    private StoredCredentials() {}

    /** Asks the database. */
    static List<CredentialModel> read(UserModel user) {
        return user.credentialManager().getStoredCredentialsStream().toList();
    }

    /** Those of a user whom this session's transaction has created: they are in memory, unless that was cleared. */
    static List<CredentialModel> ofCreated(KeycloakSession session, UserModel user) {
        EntityManager em = session.getProvider(JpaConnectionProvider.class).getEntityManager();
        return inMemory(em, user.getId()).orElseGet(() -> read(user));
    }

    /**
     * What the persistence context has, whose rows may not be inserted yet. A user with a list of credentials that need not
     * be loaded was created in it, so it has every credential that was created since; empty otherwise.
     */
    static Optional<List<CredentialModel>> inMemory(EntityManager em, String userId) {
        UserEntity user = em.find(UserEntity.class, userId);
        if (user == null || !Hibernate.isInitialized(user.getCredentials())) {
            return Optional.empty();
        }
        return Optional.of(Arrays.stream(em.unwrap(SharedSessionContractImplementor.class)
                        .getPersistenceContextInternal()
                        .reentrantSafeEntityEntries())
                .filter(entry -> isOf(userId, entry))
                .map(entry -> (CredentialEntity) entry.getKey())
                .sorted(Comparator.comparingInt(CredentialEntity::getPriority))
                .map(StoredCredentials::model)
                .toList());
    }

    private static boolean isOf(String userId, Map.Entry<Object, EntityEntry> entry) {
        return entry.getKey() instanceof CredentialEntity credential
                && !entry.getValue().getStatus().isDeletedOrGone()
                && credential.getUser().getId().equals(userId);
    }

    private static CredentialModel model(CredentialEntity entity) {
        CredentialModel model = new CredentialModel();
        model.setType(entity.getType());
        model.setUserLabel(entity.getUserLabel());
        model.setCreatedDate(entity.getCreatedDate());
        return model;
    }
}
