package dev.keyledger.scim.keycloak.contract;

import org.keycloak.provider.Provider;
import org.keycloak.provider.ProviderFactory;
import org.keycloak.provider.Spi;

/** Lets Keycloak keep connections as components of realms. */
public final class ConnectionSpi implements Spi {
    @Override
    public boolean isInternal() {
        return false;
    }

    @Override
    public String getName() {
        return "keyledger-connection";
    }

    @Override
    public Class<? extends Provider> getProviderClass() {
        return ConnectionProvider.class;
    }

    @Override
    @SuppressWarnings("rawtypes")
    public Class<? extends ProviderFactory> getProviderFactoryClass() {
        return ConnectionProviderFactory.class;
    }
}
