package dev.keyledger.audit.storage;

import org.keycloak.Config;
import org.keycloak.connections.jpa.entityprovider.JpaEntityProvider;
import org.keycloak.connections.jpa.entityprovider.JpaEntityProviderFactory;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.KeycloakSessionFactory;

/** Registers the log's tables. Its id names Liquibase's table too (DATABASECHANGELOG_KEYLEDGER_) and must not change. */
public final class AuditJpaEntityProviderFactory implements JpaEntityProviderFactory {
    /** The provider id. */
    public static final String ID = "keyledger-audit";

    @Override
    public JpaEntityProvider create(KeycloakSession session) {
        return new AuditJpaEntityProvider();
    }

    @Override
    public String getId() {
        return ID;
    }

    @Override
    public void init(Config.Scope config) {}

    @Override
    public void postInit(KeycloakSessionFactory factory) {}

    @Override
    public void close() {}
}
