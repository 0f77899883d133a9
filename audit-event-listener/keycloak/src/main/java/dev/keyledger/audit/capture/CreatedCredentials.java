package dev.keyledger.audit.capture;

import jakarta.persistence.EntityManager;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.hibernate.Hibernate;
import org.hibernate.engine.spi.SharedSessionContractImplementor;
import org.jspecify.annotations.Nullable;
import org.keycloak.credential.CredentialModel;
import org.keycloak.models.jpa.entities.CredentialEntity;
import org.keycloak.models.jpa.entities.UserEntity;

/**
 * The credentials of users whom a transaction has created, as the persistence context has them at its end: asking the database
 * would cost a statement for each user.
 */
final class CreatedCredentials {
    private final EntityManager em;
    private @Nullable Map<String, List<CredentialModel>> byUser;

    CreatedCredentials(EntityManager em) {
        this.em = em;
    }

    /**
     * Of each credential its type, label and moment of creation. A user with a list of credentials that need not be loaded
     * was created in this persistence context, which then has every credential that was created since; empty when it was
     * cleared meanwhile, and they have to be read.
     */
    Optional<List<CredentialModel>> of(String userId) {
        UserEntity user = em.find(UserEntity.class, userId);
        return user == null || !Hibernate.isInitialized(user.getCredentials())
                ? Optional.empty()
                : Optional.of(byUser().getOrDefault(userId, List.of()));
    }

    private Map<String, List<CredentialModel>> byUser() {
        if (byUser == null) {
            byUser = Arrays.stream(em.unwrap(SharedSessionContractImplementor.class)
                            .getPersistenceContextInternal()
                            .reentrantSafeEntityEntries())
                    .filter(entry -> !entry.getValue().getStatus().isDeletedOrGone())
                    .map(Map.Entry::getKey)
                    .filter(CredentialEntity.class::isInstance)
                    .map(CredentialEntity.class::cast)
                    .sorted(Comparator.comparingInt(CredentialEntity::getPriority))
                    .collect(Collectors.groupingBy(
                            credential -> credential.getUser().getId(),
                            Collectors.mapping(CreatedCredentials::model, Collectors.toList())));
        }
        return byUser;
    }

    private static CredentialModel model(CredentialEntity entity) {
        CredentialModel model = new CredentialModel();
        model.setType(entity.getType());
        model.setUserLabel(entity.getUserLabel());
        model.setCreatedDate(entity.getCreatedDate());
        return model;
    }
}
