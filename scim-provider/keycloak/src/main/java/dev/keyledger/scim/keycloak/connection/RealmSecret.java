package dev.keyledger.scim.keycloak.connection;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import javax.crypto.Mac;
import org.keycloak.crypto.KeyUse;
import org.keycloak.crypto.KeyWrapper;
import org.keycloak.models.Constants;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;

/** Secrets derived from the key of a realm for its own signatures. */
final class RealmSecret {
    private RealmSecret() {}

    /** 32 bytes for that purpose and that user of the session's realm. */
    static byte[] of(KeycloakSession session, String purpose, String userId) {
        RealmModel realm = session.getContext().getRealm();
        KeyWrapper key = session.keys().getActiveKey(realm, KeyUse.SIG, Constants.INTERNAL_SIGNATURE_ALGORITHM);
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(key.getSecretKey());
            return mac.doFinal(("keyledger " + purpose + '\n' + userId).getBytes(StandardCharsets.UTF_8));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has HMAC-SHA-256", e);
        }
    }
}
