package dev.keyledger.e2e.audit;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.keyledger.e2e.AdminClient;
import dev.keyledger.e2e.AuditLog;
import dev.keyledger.e2e.Command;
import dev.keyledger.e2e.DistLauncher;
import dev.keyledger.e2e.Distribution;
import dev.keyledger.e2e.Http;
import dev.keyledger.e2e.KeycloakServer;
import dev.keyledger.e2e.monitoring.Prometheus;
import dev.keyledger.s3.S3Server;
import dev.keyledger.s3.S3Server.Fault;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Both jars in one Keycloak: archives go to a bucket, locked, and come back whole, or nothing is pruned. */
class S3ArchiveTest {
    private static final String REALM = "archived";
    private static final String BUCKET = "audit-archive";
    private static final int UNIT = 256;
    private static final String OPTION = "--spi-events-listener--keyledger-audit--archive-";

    private final Distribution distribution = Distribution.fromSystemProperties();

    @TempDir
    private Path folder = Path.of("");

    @Test
    void archivesAreLockedInABucketAndVerify() throws IOException {
        Files.writeString(folder.resolve("master_s3-secret"), "a secret key");
        try (S3Server bucket = S3Server.start();
                KeycloakServer server = launcher(bucket).startAfresh("s3-archive")) {
            bucket.createBucket(BUCKET, true);
            AdminClient admin = new AdminClient(server);
            AuditLog log = fill(admin);

            bucket.setFault(Fault.DOWN);
            log.http().send("POST", "/archives", new byte[0]).expect(500);
            assertThat(server.logs()).contains("AUDIT ALARM: Keyledger could not archive");
            assertThat(archives(log)).isEmpty();
            assertThat(log.status().at("/archives/error").asText()).contains("503");
            Prometheus.await("health says so", () -> health(server) == 503);

            bucket.setFault(Fault.NONE);
            log.http().send("POST", "/archives", new byte[0]).expect(200);
            JsonNode archive = archives(log).get(0);
            String key = "kc/" + archive.get("place").asText();
            assertThat(archive.get("from").asLong()).isZero();
            assertThat(archive.get("to").asLong()).isEqualTo(UNIT);
            assertThat(bucket.keys(BUCKET)).contains(key);
            assertThat(bucket.retention(BUCKET, key)).contains("GOVERNANCE");
            JsonNode told = log.awaitEntry("operation=ARCHIVE");
            assertThat(told.toString())
                    .contains("s3://audit-archive/kc/", archive.get("sha256").asText());

            Path fetched = Files.write(folder.resolve("archive.zip"), bucket.read(BUCKET, key));
            Command verified = Command.verify(
                    distribution.jar(),
                    fetched,
                    "--vkey",
                    log.status().get("vkey").asText());
            assertThat(verified.output()).contains("VERIFIED");
            assertThat(verified.exitCode()).isZero();
            assertThat(health(server)).isEqualTo(200);
            prunesOnlyWhatTheBucketGivesBack(admin.auditLog(REALM), bucket, key);
        }
    }

    private void prunesOnlyWhatTheBucketGivesBack(AuditLog log, S3Server bucket, String key) throws IOException {
        Path before = log.bundle(folder.resolve("before.zip"));
        assertVerifies(before);
        log.http()
                .put(
                        "/retention",
                        new ObjectMapper().readTree("{\"periods\":{\"user\":null,\"admin\":\"PT0S\",\"scim\":null}}"))
                .expect(200);
        log.awaitEntry("operation=RETENTION");
        bucket.setFault(Fault.CORRUPTS);
        log.http().send("POST", "/retention/prune", new byte[0]).expect(500);
        assertThat(log.status().get("minIndex").asLong()).isZero();

        bucket.setFault(Fault.NONE);
        JsonNode done = log.http()
                .send("POST", "/retention/prune", new byte[0])
                .expect(200)
                .json();
        assertThat(done.get("minIndex").asLong()).isEqualTo(UNIT);
        assertThat(done.at("/pruned/0/deleted").asLong()).isGreaterThan(200);
        log.awaitSealed();

        Path archive = Files.write(folder.resolve("archive-after.zip"), bucket.read(BUCKET, key));
        Path today = log.bundle(folder.resolve("today.zip"));
        assertVerifies(archive, "--vkey", log.status().get("vkey").asText());
        assertVerifies(today, "--since", checkpoint(archive).toString());
        assertVerifies(today, "--since", checkpoint(before).toString());
        Http.Reply gone = log.http().get("/bundle?from=0&to=100");
        assertThat(gone.status()).isEqualTo(410);
        assertThat(gone.text()).contains(key.substring("kc/".length()));
        log.http().post("/verification", new ObjectMapper().createObjectNode()).expect(200, 202);
        assertThat(log.http().get("/verification").expect(200).json().get("findings"))
                .isEmpty();
    }

    private void assertVerifies(Path file, String... options) {
        Command done = Command.verify(distribution.jar(), file, options);
        assertThat(done.output()).contains("VERIFIED");
        assertThat(done.exitCode()).isZero();
    }

    private Path checkpoint(Path bundle) throws IOException {
        try (ZipFile zip = new ZipFile(bundle.toFile())) {
            return Files.write(
                    folder.resolve(bundle.getFileName() + ".checkpoint"),
                    zip.getInputStream(zip.getEntry("checkpoint")).readAllBytes());
        }
    }

    private static int health(KeycloakServer server) {
        return new Http(server.managementUrl()).get("/health/group/keyledger").status();
    }

    private DistLauncher launcher(S3Server bucket) {
        return DistLauncher.ofSystemProperties()
                .withDistribution(distribution.withOther(Path.of(System.getProperty("keyledger.s3.jar", ""))))
                .withOptions(
                        "--vault=file",
                        "--vault-dir=" + folder,
                        OPTION + "unit=" + UNIT,
                        OPTION + "alarm=1",
                        OPTION + "s3-bucket=" + BUCKET,
                        OPTION + "s3-endpoint=" + bucket.endpoint(),
                        OPTION + "s3-prefix=kc/",
                        OPTION + "s3-lock-mode=governance",
                        OPTION + "s3-lock-days=1",
                        OPTION + "s3-access-key=key",
                        OPTION + "s3-secret-key-vault-entry=s3-secret");
    }

    /** More than a unit. */
    private static AuditLog fill(AdminClient admin) {
        admin.createRealm(REALM);
        Http realm = admin.realm(REALM);
        for (int i = 0; i <= UNIT; i++) {
            realm.post("/groups", new ObjectMapper().createObjectNode().put("name", "group-" + i))
                    .expect(201);
        }
        AuditLog log = admin.auditLog(REALM);
        log.awaitSealed();
        return log;
    }

    private static JsonNode archives(AuditLog log) {
        return log.http().get("/archives").expect(200).json().get("archives");
    }
}
