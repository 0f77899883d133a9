package dev.keyledger.audit.runtime;

import dev.keyledger.audit.key.KeyException;
import dev.keyledger.audit.key.KeyPlace;
import dev.keyledger.audit.key.KeyText;
import dev.keyledger.audit.key.MasterKey;
import java.lang.reflect.Proxy;
import java.util.Optional;
import org.keycloak.Config;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.KeycloakSessionFactory;
import org.keycloak.models.RealmModel;
import org.keycloak.models.utils.KeycloakModelUtils;
import org.keycloak.vault.VaultStringSecret;

/**
 * A master key in Keycloak's vault, under the prefix of the admin realm: with the default key resolver the entry {@code
 * keyledger-master} is the file, or the keystore's alias, {@code master_keyledger-master}. Keycloak's vault is read-only.
 */
final class VaultEntry implements KeyPlace {
    private final KeycloakSessionFactory sessions;
    private final String entry;

    VaultEntry(KeycloakSessionFactory sessions, String entry) {
        this.sessions = sessions;
        this.entry = entry;
    }

    @Override
    public String describe() {
        return "vault entry " + entry + " of the realm " + Config.getAdminRealm();
    }

    @Override
    public Optional<MasterKey> read() throws KeyException {
        Optional<String> text;
        try {
            text = KeycloakModelUtils.runJobInTransactionWithResult(sessions, this::read);
        } catch (RuntimeException e) {
            throw new KeyException(describe() + " cannot be read: " + e.getMessage(), e);
        }
        try {
            return text.isEmpty() ? Optional.empty() : Optional.of(KeyText.parse(text.get()));
        } catch (KeyException e) {
            throw new KeyException(describe() + ": " + e.getMessage(), e);
        }
    }

    @Override
    public MasterKey make() throws KeyException {
        throw new KeyException(describe() + " is not there. Write one, such as `openssl rand -base64 32` prints, and"
                + " start Keycloak with its option vault");
    }

    private Optional<String> read(KeycloakSession session) {
        session.getContext().setRealm(adminRealm());
        try (VaultStringSecret secret = session.vault().getStringSecret("${vault." + entry + "}")) {
            return secret.get();
        }
    }

    /** All that the vault asks of the realm is its name; at the very first start there is no realm yet. */
    private static RealmModel adminRealm() {
        return (RealmModel) Proxy.newProxyInstance(
                VaultEntry.class.getClassLoader(),
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
