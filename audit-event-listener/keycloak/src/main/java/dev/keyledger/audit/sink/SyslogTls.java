package dev.keyledger.audit.sink;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;

/** Whom Keycloak trusts at the other end of a syslog connection, and who it says that it is. */
final class SyslogTls {
    private SyslogTls() {}

    /**
     * @param ca PEM certificates that the receiver's is checked against; null for what the JVM trusts, which Keycloak's
     *     {@code truststore-paths} extend
     * @param keystore PKCS#12 with the certificate to show; null to show none
     * @throws IllegalArgumentException when a file cannot be used
     */
    static SSLSocketFactory sockets(@Nullable Path ca, @Nullable Path keystore, @Nullable String password) {
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(
                    keystore == null ? null : keys(keystore, password == null ? "" : password),
                    ca == null ? null : trust(ca),
                    null);
            return context.getSocketFactory();
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalArgumentException(
                    "the option syslog-ca or syslog-keystore of keyledger-audit names a file that cannot be used: " + e,
                    e);
        }
    }

    private static KeyManager[] keys(Path keystore, String password) throws GeneralSecurityException, IOException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(keystore)) {
            store.load(in, password.toCharArray());
        }
        KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keys.init(store, password.toCharArray());
        return keys.getKeyManagers();
    }

    private static TrustManager[] trust(Path ca) throws GeneralSecurityException, IOException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        try (InputStream in = Files.newInputStream(ca)) {
            int number = 0;
            for (Certificate each : CertificateFactory.getInstance("X.509").generateCertificates(in)) {
                store.setCertificateEntry("ca-" + number++, each);
            }
        }
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(store);
        return trust.getTrustManagers();
    }
}
