package dev.keyledger.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.keyledger.audit.archive.ArchiveStore;
import dev.keyledger.audit.archive.S3Settings;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.ObjectLockRetentionMode;
import software.amazon.awssdk.services.s3.model.ObjectVersion;
import software.amazon.awssdk.services.s3.model.S3Exception;

/**
 * Against a server that locks in earnest: {@code -Dkeyledger.s3.endpoint=http://127.0.0.1:9000}, with {@code
 * keyledger.s3.accessKey} and {@code keyledger.s3.secretKey}. It leaves a bucket there, whose object cannot be deleted for
 * a day.
 */
@EnabledIfSystemProperty(named = "keyledger.s3.endpoint", matches = "http.*")
class ObjectLockTest {
    private static final String NAME = "acme/0-256-0f3c9a.keyledger.zip";

    private final URI endpoint = URI.create(System.getProperty("keyledger.s3.endpoint", ""));
    private final String accessKey = System.getProperty("keyledger.s3.accessKey", "minioadmin");
    private final String secretKey = System.getProperty("keyledger.s3.secretKey", "minioadmin");
    private final String bucket = "keyledger-" + UUID.randomUUID();

    @TempDir
    private Path folder = Path.of("");

    @Test
    void nobodyDeletesOverwritesOrUnlocksAnArchive() throws IOException {
        Path file = Files.writeString(folder.resolve("archive.zip"), "an archive");
        String hash = ArchiveStore.sha256(file);
        ArchiveStore store = store();
        try (S3Client client = client()) {
            assertThatThrownBy(store::check).hasMessageContaining("there is no such bucket");
            client.createBucket(request -> request.bucket(bucket).objectLockEnabledForBucket(true));
            store.check();
            store.put(NAME, file, hash);
            store.confirm(NAME, hash);

            ObjectVersion version = client.listObjectVersions(request -> request.bucket(bucket))
                    .versions()
                    .get(0);
            assertThatThrownBy(() -> client.deleteObject(
                            request -> request.bucket(bucket).key(NAME).versionId(version.versionId())))
                    .isInstanceOf(S3Exception.class);
            assertThatThrownBy(() -> client.putObjectRetention(request -> request.bucket(bucket)
                            .key(NAME)
                            .versionId(version.versionId())
                            .retention(retention -> retention
                                    .mode(ObjectLockRetentionMode.COMPLIANCE)
                                    .retainUntilDate(Instant.now().plusSeconds(60)))))
                    .isInstanceOf(S3Exception.class);
            store.confirm(NAME, hash);
            // a marker, or a newer version on top, hides it and is noticed; the locked version stays beneath
            client.deleteObject(request -> request.bucket(bucket).key(NAME));
            assertThatThrownBy(() -> store.confirm(NAME, hash)).isInstanceOf(IOException.class);
            assertThat(client.getObjectAsBytes(
                                    request -> request.bucket(bucket).key(NAME).versionId(version.versionId()))
                            .asUtf8String())
                    .isEqualTo("an archive");
        }
    }

    private ArchiveStore store() {
        return new AwsStoreMaker()
                .make(
                        new S3Settings(
                                bucket,
                                null,
                                endpoint,
                                "",
                                true,
                                S3Settings.Lock.COMPLIANCE,
                                1,
                                accessKey,
                                secretKey,
                                null),
                        () -> secretKey);
    }

    private S3Client client() {
        return S3Client.builder()
                .endpointOverride(endpoint)
                .forcePathStyle(true)
                .region(Region.US_EAST_1)
                .httpClientBuilder(UrlConnectionHttpClient.builder())
                .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create(accessKey, secretKey)))
                .build();
    }
}
