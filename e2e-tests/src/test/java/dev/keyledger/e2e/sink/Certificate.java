package dev.keyledger.e2e.sink;

import dev.keyledger.e2e.Command;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

/** A self-signed certificate for localhost, with its key, made by the JDK's keytool. */
final class Certificate {
    private static final String PASSWORD = "changeit";

    private final Path keystore;
    private final Path pem;
    private final Path key;

    /** Makes one in an empty folder. */
    Certificate(Path folder) throws GeneralSecurityException, IOException {
        keystore = folder.resolve("receiver.p12");
        pem = folder.resolve("receiver.pem");
        key = folder.resolve("receiver.key");
        keytool(
                "-genkeypair",
                "-keyalg",
                "RSA",
                "-keysize",
                "2048",
                "-dname",
                "CN=localhost",
                "-ext",
                "SAN=dns:localhost,ip:127.0.0.1",
                "-validity",
                "2");
        keytool("-exportcert", "-rfc", "-file", pem.toString());
        KeyStore store = load();
        byte[] encoded = store.getKey("receiver", PASSWORD.toCharArray()).getEncoded();
        Files.writeString(
                key,
                "-----BEGIN PRIVATE KEY-----\n"
                        + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(encoded)
                        + "\n-----END PRIVATE KEY-----\n");
    }

    /** The certificate. */
    Path pem() {
        return pem;
    }

    /** Its private key, PKCS#8 in PEM. */
    Path key() {
        return key;
    }

    /** For a server that shows the certificate. */
    SSLContext server() throws GeneralSecurityException, IOException {
        KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keys.init(load(), PASSWORD.toCharArray());
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(keys.getKeyManagers(), null, null);
        return context;
    }

    private KeyStore load() throws GeneralSecurityException, IOException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(keystore)) {
            store.load(in, PASSWORD.toCharArray());
        }
        return store;
    }

    private void keytool(String... words) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
        command.addAll(List.of(words));
        command.addAll(List.of(
                "-alias",
                "receiver",
                "-keystore",
                keystore.toString(),
                "-storetype",
                "PKCS12",
                "-storepass",
                PASSWORD,
                "-noprompt"));
        Command done = Command.run(Path.of("."), command.toArray(String[]::new));
        if (done.exitCode() != 0) {
            throw new IOException("keytool: " + done.output());
        }
    }
}
