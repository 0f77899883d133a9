package dev.keyledger.s3;

import dev.keyledger.audit.archive.ArchiveStore;
import dev.keyledger.audit.archive.S3Settings;
import dev.keyledger.audit.archive.S3StoreMaker;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;
import software.amazon.awssdk.core.checksums.RequestChecksumCalculation;
import software.amazon.awssdk.core.checksums.ResponseChecksumValidation;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.S3ClientBuilder;
import software.amazon.awssdk.services.s3.S3Configuration;

/** Makes stores that speak to their bucket through the AWS SDK, by the JDK's own HTTP client. */
public final class AwsStoreMaker implements S3StoreMaker {
    private static final Duration CONNECT = Duration.ofSeconds(10);
    private static final Duration READ = Duration.ofMinutes(1);
    private static final Region OF_ENDPOINTS = Region.US_EAST_1;

    @Override
    public ArchiveStore make(S3Settings settings, Secret secretKey) {
        return new S3ArchiveStore(settings, () -> client(settings, secretKey), InstantSource.system());
    }

    private static S3Client client(S3Settings settings, Secret secretKey) {
        S3ClientBuilder builder = S3Client.builder()
                .httpClientBuilder(UrlConnectionHttpClient.builder()
                        .connectionTimeout(CONNECT)
                        .socketTimeout(READ))
                .credentialsProvider(credentials(settings, secretKey))
                .forcePathStyle(settings.pathStyle())
                .serviceConfiguration(
                        S3Configuration.builder().chunkedEncodingEnabled(false).build())
                // Each archive is put with its SHA-256 and compared with it when it is read. More checksums than that
                // are
                // said in a way that not every S3-compatible storage understands.
                .requestChecksumCalculation(RequestChecksumCalculation.WHEN_REQUIRED)
                .responseChecksumValidation(ResponseChecksumValidation.WHEN_REQUIRED);
        URI endpoint = settings.endpoint();
        if (endpoint != null) {
            builder.endpointOverride(endpoint).region(OF_ENDPOINTS);
        }
        String region = settings.region();
        if (region != null) {
            builder.region(Region.of(region));
        }
        return builder.build();
    }

    private static AwsCredentialsProvider credentials(S3Settings settings, Secret secretKey) {
        String accessKey = settings.accessKey();
        return accessKey == null
                ? DefaultCredentialsProvider.builder().build()
                : () -> credentials(accessKey, secretKey);
    }

    /** For each request: a secret that changes in the vault is taken without a restart. */
    private static AwsCredentials credentials(String accessKey, Secret secretKey) {
        try {
            return AwsBasicCredentials.create(accessKey, secretKey.read());
        } catch (IOException e) {
            throw SdkClientException.create("the secret key is not to be had: " + e.getMessage(), e);
        }
    }
}
