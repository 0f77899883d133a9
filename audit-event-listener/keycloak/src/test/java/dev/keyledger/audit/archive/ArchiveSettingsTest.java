package dev.keyledger.audit.archive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.keyledger.log.json.CanonicalJson;
import dev.keyledger.log.json.JsonObject;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.keycloak.Config;

/** Where the options put archives, and which options contradict each other. */
class ArchiveSettingsTest {

    @Test
    void keepsNothingUnlessItIsToldTo() {
        assertThat(Archives.of(ArchiveSettings.read(scope(Map.of())), entry -> () -> "no vault"))
                .isEmpty();
        assertThat(told(Map.of())).isEqualTo("{\"archiveLock\":\"none\",\"archiveUnit\":65536,\"archives\":\"none\"}");
    }

    @Test
    void keepsArchivesInAFolder() {
        Map<String, String> options = Map.of("archive-folder", "/mnt/audit", "archive-unit", "512");

        assertThat(archives(options).store()).isInstanceOf(FolderStore.class);
        assertThat(archives(options).unit()).isEqualTo(512);
    }

    @Test
    void readsEveryOptionOfABucketAndTellsNoSecret() {
        Map<String, String> options = Map.of(
                "archive-s3-bucket", "audit-archive",
                "archive-s3-endpoint", "https://s3.example.com:9000",
                "archive-s3-prefix", "kc/",
                "archive-s3-lock-mode", "compliance",
                "archive-s3-lock-days", "3650",
                "archive-s3-access-key", "AKIA",
                "archive-s3-secret-key", "hush");
        S3Settings bucket = bucket(options);

        assertThat(bucket.lock()).isEqualTo(S3Settings.Lock.COMPLIANCE);
        assertThat(bucket.locked().toDays()).isEqualTo(3_650);
        assertThat(bucket.pathStyle())
                .as("an endpoint has no host for each bucket")
                .isTrue();
        assertThat(bucket.secretKey()).isEqualTo("hush");
        assertThat(bucket.toString()).isEqualTo("s3://audit-archive/kc/ (lock compliance, 3650 days)");
        assertThat(told(options))
                .isEqualTo("{\"archiveLock\":\"compliance, 3650 days\",\"archiveUnit\":65536,"
                        + "\"archives\":\"s3://audit-archive/kc/\"}");
        assertThat(bucket(Map.of("archive-s3-bucket", "b-1")).pathStyle()).isFalse();
    }

    @Test
    void refusesWhatContradictsItself() {
        assertRefused("both set", "archive-folder", "/mnt/audit", "archive-s3-bucket", "audit-archive");
        assertRefused("want an absolute path", "archive-folder", "mnt/audit");
        assertRefused("multiple of 256", "archive-unit", "100");
        assertRefused("multiple of 256", "archive-unit", "131072");
        assertRefused("archive-s3-bucket is not", "archive-s3-lock-mode", "compliance");
        assertRefused("lock-days is 0", "archive-s3-bucket", "audit", "archive-s3-lock-mode", "governance");
        assertRefused("want none", "archive-s3-bucket", "audit", "archive-s3-lock-days", "1");
        assertRefused("want none, governance", "archive-s3-bucket", "audit", "archive-s3-lock-mode", "worm");
        assertRefused("endpoint is ftp", "archive-s3-bucket", "audit", "archive-s3-endpoint", "ftp://host");
        assertRefused("prefix is /x", "archive-s3-bucket", "audit", "archive-s3-prefix", "/x");
        assertRefused("want each other", "archive-s3-bucket", "audit", "archive-s3-access-key", "AKIA");
        assertRefused("want each other", "archive-s3-bucket", "audit", "archive-s3-secret-key", "hush");
        assertRefused(
                "want one of them",
                "archive-s3-bucket",
                "audit",
                "archive-s3-access-key",
                "AKIA",
                "archive-s3-secret-key",
                "hush",
                "archive-s3-secret-key-vault-entry",
                "s3");
    }

    /** The server starts; whoever archives or prunes is told. */
    @Test
    void saysThatTheSecondJarIsMissing() {
        ArchiveStore store =
                archives(Map.of("archive-s3-bucket", "audit-archive")).store();

        assertThat(store.describe()).isEqualTo("s3://audit-archive/");
        String reason = "no archive can be written to s3://audit-archive/: the jar keyledger-s3 is not in providers/";
        assertThatThrownBy(store::check).isInstanceOf(IOException.class).hasMessage(reason);
        assertThatThrownBy(() -> store.put("a", Path.of("a"), "00")).hasMessage(reason);
        assertThatThrownBy(() -> store.confirm("a", "00"))
                .isInstanceOf(IOException.class)
                .hasMessage(reason);
    }

    private static void assertRefused(String message, String... options) {
        Map<String, String> map = new HashMap<>();
        for (int i = 0; i < options.length; i += 2) {
            map.put(options[i], options[i + 1]);
        }
        assertThatThrownBy(() -> ArchiveSettings.read(scope(map)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(message);
    }

    private static Archives archives(Map<String, String> options) {
        return Archives.of(ArchiveSettings.read(scope(options)), entry -> () -> "no vault")
                .orElseThrow();
    }

    private static S3Settings bucket(Map<String, String> options) {
        return Objects.requireNonNull(ArchiveSettings.read(scope(options)).bucket());
    }

    private static String told(Map<String, String> options) {
        return CanonicalJson.format(
                new JsonObject(ArchiveSettings.read(scope(options)).toJson()));
    }

    /** Options as Keycloak hands them over. */
    private static Config.Scope scope(Map<String, String> options) {
        return (Config.Scope) Proxy.newProxyInstance(
                Config.Scope.class.getClassLoader(),
                new Class<?>[] {Config.Scope.class},
                (proxy, method, arguments) -> {
                    String value = options.get(String.valueOf(arguments[0]));
                    Object otherwise = arguments.length > 1 ? arguments[1] : null;
                    return switch (method.getName()) {
                        case "get" -> value == null ? otherwise : value;
                        case "getInt" -> value == null ? otherwise : Integer.valueOf(value);
                        case "getBoolean" -> value == null ? otherwise : Boolean.valueOf(value);
                        default -> throw new UnsupportedOperationException(method.getName());
                    };
                });
    }
}
