package dev.keyledger.scim.keycloak.storage;

import java.util.List;
import org.keycloak.connections.jpa.entityprovider.JpaEntityProvider;

/** Our entities and the changelog that makes their tables. */
final class ScimJpaEntityProvider implements JpaEntityProvider {
    @Override
    public List<Class<?>> getEntities() {
        return List.of(TokenEntity.class, ProvisionedEntity.class, ActivityEntity.class);
    }

    @Override
    public String getChangelogLocation() {
        return "META-INF/keyledger-scim-changelog.xml";
    }

    @Override
    public String getFactoryId() {
        return ScimJpaEntityProviderFactory.ID;
    }

    @Override
    public void close() {}
}
