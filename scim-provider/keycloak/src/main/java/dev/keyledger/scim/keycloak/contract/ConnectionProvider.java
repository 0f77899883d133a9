package dev.keyledger.scim.keycloak.contract;

import org.keycloak.provider.Provider;

/** Marks the components of realms that are connections. The name of this class is in databases and exports: it stays. */
public interface ConnectionProvider extends Provider {}
