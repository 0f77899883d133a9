package dev.keyledger.audit.storage;

import java.util.List;
import org.keycloak.connections.jpa.entityprovider.JpaEntityProvider;

/** Adds the log's tables to Keycloak's persistence unit. */
public final class AuditJpaEntityProvider implements JpaEntityProvider {
    @Override
    public List<Class<?>> getEntities() {
        return List.of(
                KeyEntity.class,
                MasterKeyEntity.class,
                SigningKeyEntity.class,
                LogKeyEntity.class,
                HeadEntity.class,
                StageEntity.class,
                EntryEntity.class,
                PrivateEntity.class,
                SubjectKeyEntity.class,
                NodeEntity.class,
                CheckpointEntity.class,
                FindingEntity.class,
                VerificationEntity.class,
                FacetEntity.class,
                HourEntity.class,
                CapturePolicyEntity.class,
                NameEntity.class,
                HoldEntity.class,
                ErasureEntity.class,
                ErasingEntity.class,
                CosignedEntity.class,
                TimestampEntity.class,
                WitnessedEntity.class,
                ArchiveEntity.class,
                RetentionEntity.class,
                PrunedEntity.class,
                ClaimEntity.class,
                PersonEntity.class,
                SinkEntity.class,
                SinkStateEntity.class,
                SinkCursorEntity.class,
                SinkAttemptEntity.class);
    }

    @Override
    public String getChangelogLocation() {
        return "META-INF/keyledger-audit-changelog.xml";
    }

    @Override
    public String getFactoryId() {
        return AuditJpaEntityProviderFactory.ID;
    }

    @Override
    public void close() {}
}
