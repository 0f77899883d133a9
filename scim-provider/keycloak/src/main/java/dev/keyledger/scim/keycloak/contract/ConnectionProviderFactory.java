package dev.keyledger.scim.keycloak.contract;

import java.util.List;
import java.util.stream.Stream;
import org.keycloak.Config;
import org.keycloak.component.ComponentFactory;
import org.keycloak.component.ComponentModel;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.KeycloakSessionFactory;
import org.keycloak.models.ModelValidationException;
import org.keycloak.models.RealmModel;
import org.keycloak.provider.ProviderConfigProperty;

/**
 * The one kind of such components. Keycloak's own API of components does not show them ({@link #isInternal}): they are changed
 * by the API of connections alone, and come in with a realm's import, where {@link #validateConfiguration} looks at them.
 */
public final class ConnectionProviderFactory implements ComponentFactory<ConnectionProvider, ConnectionProvider> {
    /** The provider id of every connection. */
    public static final String ID = "scim";

    @Override
    public String getId() {
        return ID;
    }

    @Override
    public boolean isInternal() {
        return true;
    }

    /** Refuses it in the words that an import answers with 400. */
    @Override
    public void validateConfiguration(KeycloakSession session, RealmModel realm, ComponentModel model) {
        String name = model.getName();
        String settings = model.get(Contracts.SETTINGS);
        if (name == null || settings == null) {
            throw new ModelValidationException("a connection has a name and settings");
        }
        try {
            ContractJson.parse(name, settings);
        } catch (IllegalArgumentException e) {
            throw new ModelValidationException("connection " + name + ": " + e.getMessage());
        }
    }

    @Override
    public ConnectionProvider create(KeycloakSession session, ComponentModel model) {
        return () -> {};
    }

    @Override
    public String getHelpText() {
        return "A SCIM connection";
    }

    /** None is a secret: what is not named here Keycloak leaves out of an export. */
    @Override
    public List<ProviderConfigProperty> getConfigProperties() {
        return Stream.of(Contracts.SETTINGS, Contracts.CLIENT, Contracts.CLIENT_KEY)
                .map(name -> new ProviderConfigProperty(name, name, "", ProviderConfigProperty.STRING_TYPE, null))
                .toList();
    }

    @Override
    public void init(Config.Scope config) {}

    @Override
    public void postInit(KeycloakSessionFactory factory) {}

    @Override
    public void close() {}
}
