package dev.keyledger.s3;

import dev.keyledger.audit.archive.ArchiveStore;
import dev.keyledger.audit.archive.S3Settings;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Objects;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.NoSuchBucketException;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;
import software.amazon.awssdk.services.s3.model.ObjectLockConfiguration;
import software.amazon.awssdk.services.s3.model.ObjectLockEnabled;
import software.amazon.awssdk.services.s3.model.ObjectLockMode;
import software.amazon.awssdk.services.s3.model.ObjectLockRetention;
import software.amazon.awssdk.services.s3.model.PutObjectRequest;
import software.amazon.awssdk.services.s3.model.S3Exception;

/**
 * Archives as objects of a bucket, each put with its SHA-256 and, with Object Lock, locked from the moment that it exists.
 * It never deletes and never overwrites with other bytes, so its credentials need no right to.
 */
final class S3ArchiveStore implements ArchiveStore {
    private static final String NO_LOCK = "the bucket has no Object Lock, which archive-s3-lock-mode wants";

    /** Amazon's code, and what others say in its place. */
    private static final Set<String> WITHOUT_LOCK = Set.of("ObjectLockConfigurationNotFoundError", "InvalidRequest");

    private final S3Settings settings;
    private final Supplier<S3Client> maker;
    private final InstantSource clock;
    private @Nullable S3Client client;

    /** @param maker asked when the client is needed, and again when it failed */
    S3ArchiveStore(S3Settings settings, Supplier<S3Client> maker, InstantSource clock) {
        this.settings = settings;
        this.maker = maker;
        this.clock = clock;
    }

    @Override
    public String describe() {
        return settings.describe();
    }

    @Override
    public void check() throws IOException {
        try {
            if (isLocking()) {
                requireObjectLock();
            } else {
                client().headBucket(request -> request.bucket(settings.bucket()));
            }
        } catch (NoSuchBucketException e) {
            throw failed("there is no such bucket", e);
        } catch (SdkException e) {
            throw failed("the bucket cannot be asked for", e);
        }
    }

    /** Commit point: the answer to PUT. The lock is a part of it: there is no moment at which an object is without. */
    @Override
    public void put(String name, Path file, String sha256) throws IOException {
        PutObjectRequest.Builder request = PutObjectRequest.builder()
                .bucket(settings.bucket())
                .key(key(name))
                .contentType("application/zip")
                // S3 takes no locked object without this header; said to the SDK, it would send a second checksum.
                .overrideConfiguration(with -> with.putHeader("x-amz-sdk-checksum-algorithm", "SHA256"))
                .checksumSHA256(
                        Base64.getEncoder().encodeToString(HexFormat.of().parseHex(sha256)));
        // whole seconds, which every server keeps as they are
        Instant until = clock.instant().plus(settings.locked()).truncatedTo(ChronoUnit.SECONDS);
        if (isLocking()) {
            request.objectLockMode(ObjectLockMode.fromValue(settings.lock().name()))
                    .objectLockRetainUntilDate(until);
        }
        try {
            String version = client().putObject(request.build(), file).versionId();
            if (isLocking()) {
                requireLocked(name, version, until);
            }
        } catch (SdkException e) {
            throw failed(name + " cannot be put", e);
        }
    }

    @Override
    public InputStream open(String name) throws IOException {
        try {
            return client().getObject(
                            request -> request.bucket(settings.bucket()).key(key(name)));
        } catch (NoSuchKeyException e) {
            NoSuchFileException missing = new NoSuchFileException(describe() + name);
            missing.initCause(e);
            throw missing;
        } catch (SdkException e) {
            throw failed(name + " cannot be read", e);
        }
    }

    private void requireObjectLock() throws IOException {
        ObjectLockConfiguration found;
        try {
            found = client().getObjectLockConfiguration(request -> request.bucket(settings.bucket()))
                    .objectLockConfiguration();
        } catch (S3Exception e) {
            if (WITHOUT_LOCK.contains(code(e))) {
                throw failed(NO_LOCK, e);
            }
            throw e;
        }
        if (found == null || found.objectLockEnabled() != ObjectLockEnabled.ENABLED) {
            throw failed(NO_LOCK, null);
        }
    }

    /** Reads the lock of a version back. */
    private void requireLocked(String name, @Nullable String version, Instant until) throws IOException {
        ObjectLockRetention found = client().getObjectRetention(request ->
                        request.bucket(settings.bucket()).key(key(name)).versionId(version))
                .retention();
        if (found == null
                || !settings.lock().name().equals(found.modeAsString())
                || found.retainUntilDate() == null
                || found.retainUntilDate().isBefore(until)) {
            throw failed(
                    name + " is not locked as asked: got " + found + ", want " + settings.lock() + " until " + until,
                    null);
        }
    }

    private boolean isLocking() {
        return settings.lock() != S3Settings.Lock.NONE;
    }

    private String key(String name) {
        return settings.prefix() + name;
    }

    private synchronized S3Client client() {
        S3Client made = client;
        if (made == null) {
            made = maker.get();
            client = made;
        }
        return made;
    }

    private IOException failed(String what, @Nullable Exception cause) {
        String why = cause == null ? "" : ": " + cause.getMessage();
        return new IOException(describe() + ": " + what + why, cause);
    }

    /** What a server says is wrong; empty when it does not say it as S3 does. */
    private static String code(S3Exception e) {
        return e.awsErrorDetails() == null
                ? ""
                : Objects.requireNonNullElse(e.awsErrorDetails().errorCode(), "");
    }
}
