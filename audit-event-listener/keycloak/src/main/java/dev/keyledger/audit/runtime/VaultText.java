package dev.keyledger.audit.runtime;

import dev.keyledger.audit.archive.S3StoreMaker;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.util.Optional;
import org.keycloak.Config;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.KeycloakSessionFactory;
import org.keycloak.models.RealmModel;
import org.keycloak.models.utils.KeycloakModelUtils;
import org.keycloak.vault.VaultStringSecret;

/**
 * A text in Keycloak's vault, under the prefix of the admin realm: with the default key resolver the entry {@code
 * keyledger-master} is the file, or the keystore's alias, {@code master_keyledger-master}. Keycloak's vault is read-only.
 */
public final class VaultText implements S3StoreMaker.Secret {
    private final KeycloakSessionFactory sessions;
    private final String entry;

    public VaultText(KeycloakSessionFactory sessions, String entry) {
        this.sessions = sessions;
        this.entry = entry;
    }

    String describe() {
        return "vault entry " + entry + " of the realm " + Config.getAdminRealm();
    }

    /**
     * Empty when there is no such entry.
     *
     * @throws IOException when the vault cannot be read
     */
    Optional<String> find() throws IOException {
        try {
            return KeycloakModelUtils.runJobInTransactionWithResult(sessions, this::find);
        } catch (RuntimeException e) {
            throw new IOException(describe() + " cannot be read: " + e.getMessage(), e);
        }
    }

    @Override
    public String read() throws IOException {
        return find().map(String::strip).orElseThrow(() -> new IOException(describe() + " is not there"));
    }

    private Optional<String> find(KeycloakSession session) {
        session.getContext().setRealm(adminRealm());
        try (VaultStringSecret secret = session.vault().getStringSecret("${vault." + entry + "}")) {
            return secret.get();
        }
    }

    /** All that the vault asks of the realm is its name; at the very first start there is no realm yet. */
    private static RealmModel adminRealm() {
        return (RealmModel) Proxy.newProxyInstance(
                VaultText.class.getClassLoader(),
                new Class<?>[] {RealmModel.class},
                (proxy, method, arguments) -> switch (method.getName()) {
                    case "getName" -> Config.getAdminRealm();
                    case "toString" -> "realm " + Config.getAdminRealm();
                    case "hashCode" -> System.identityHashCode(proxy);
                    case "equals" -> proxy == arguments[0];
                    default -> throw new UnsupportedOperationException(method.getName());
                });
    }
}
