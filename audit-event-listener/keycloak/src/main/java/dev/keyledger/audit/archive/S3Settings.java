package dev.keyledger.audit.archive;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.keycloak.Config;

/**
 * A bucket, and how archives lie in it:
 *
 * <ul>
 *   <li>{@code archive-s3-bucket}: its name
 *   <li>{@code archive-s3-region}: default: what the AWS SDK finds; with an endpoint {@code us-east-1}
 *   <li>{@code archive-s3-endpoint}: an {@code https:} or {@code http:} URL. Default: Amazon's of the region
 *   <li>{@code archive-s3-prefix}: what the keys of all objects begin with, such as {@code audit/}. Default: nothing
 *   <li>{@code archive-s3-path-style}: whether the bucket is named in the path and not in the host. Default: with an endpoint
 *   <li>{@code archive-s3-lock-mode}: Object Lock: {@code none}, {@code governance} or {@code compliance}. Default: none
 *   <li>{@code archive-s3-lock-days}: days for which an archive is locked, 1 to 36500; wanted with a mode, and not without
 *   <li>{@code archive-s3-access-key}: the access key's id. Default: what the AWS SDK finds
 *   <li>{@code archive-s3-secret-key}, or {@code archive-s3-secret-key-vault-entry}: the secret access key, or its name in
 *       Keycloak's vault; one of them is wanted with an access key, and not without
 * </ul>
 *
 * @param prefix without a slash in front
 * @param lockDays 0 without lock
 */
public record S3Settings(
        String bucket,
        @Nullable String region,
        @Nullable URI endpoint,
        String prefix,
        boolean pathStyle,
        Lock lock,
        int lockDays,
        @Nullable String accessKey,
        @Nullable String secretKey,
        @Nullable String vaultEntry) {
    private static final String OPTION = "archive-s3-";
    private static final int MAX_DAYS = 36_500;
    private static final List<String> OTHERS = List.of(
            "region",
            "endpoint",
            "prefix",
            "path-style",
            "lock-mode",
            "lock-days",
            "access-key",
            "secret-key",
            "secret-key-vault-entry");

    /** A mode of Object Lock. */
    public enum Lock {
        NONE,
        GOVERNANCE,
        COMPLIANCE;

        static Lock parse(String text) {
            return Stream.of(values())
                    .filter(lock -> lock.label().equals(text))
                    .findFirst()
                    .orElseThrow(() -> wrong("lock-mode is " + text + ", want none, governance or compliance"));
        }

        String label() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    public S3Settings {
        if (!bucket.matches("[A-Za-z0-9._:/-]{3,2048}")) {
            throw wrong("bucket is " + bucket + ", want the name of a bucket, or the ARN of an access point");
        }
        if (endpoint != null
                && (endpoint.getHost() == null || !List.of("https", "http").contains(endpoint.getScheme()))) {
            throw wrong("endpoint is " + endpoint + ", want https://host or http://host");
        }
        if (!prefix.matches("([A-Za-z0-9._-][A-Za-z0-9._/-]{0,499})?")) {
            throw wrong("prefix is " + prefix + ", want letters, digits and ._-/, and no slash in front");
        }
        if (lock == Lock.NONE ? lockDays != 0 : lockDays < 1 || lockDays > MAX_DAYS) {
            throw wrong("lock-days is " + lockDays + " with lock-mode " + lock.label() + ", want "
                    + (lock == Lock.NONE ? "none" : "1 to " + MAX_DAYS));
        }
        if (secretKey != null && vaultEntry != null) {
            throw wrong("secret-key and -vault-entry are both set, want one of them");
        }
        if ((accessKey == null) != (secretKey == null && vaultEntry == null)) {
            throw wrong("access-key and the secret key want each other");
        }
    }

    /** Reads the options; null when they name no bucket; throws when one is out of its range. */
    static @Nullable S3Settings read(Config.Scope options) {
        String bucket = text(options, "bucket");
        if (bucket == null) {
            for (String other : OTHERS) {
                if (text(options, other) != null) {
                    throw wrong(other + " is set, and archive-s3-bucket is not");
                }
            }
            return null;
        }
        String endpoint = text(options, "endpoint");
        String prefix = text(options, "prefix");
        String mode = text(options, "lock-mode");
        return new S3Settings(
                bucket,
                text(options, "region"),
                endpoint == null ? null : URI.create(endpoint),
                prefix == null ? "" : prefix,
                options.getBoolean(OPTION + "path-style", endpoint != null),
                mode == null ? Lock.NONE : Lock.parse(mode),
                options.getInt(OPTION + "lock-days", 0),
                text(options, "access-key"),
                text(options, "secret-key"),
                text(options, "secret-key-vault-entry"));
    }

    /** The place, such as {@code s3://bucket/audit/}. */
    public String describe() {
        return "s3://" + bucket + "/" + prefix;
    }

    /** For how long an archive is locked; zero without lock. */
    public Duration locked() {
        return Duration.ofDays(lockDays);
    }

    /** How archives are locked, as the log tells it: {@code none}, or such as {@code compliance, 3650 days}. */
    String describeLock() {
        return lock == Lock.NONE ? lock.label() : lock.label() + ", " + lockDays + " days";
    }

    /** Without the secret. */
    @Override
    public String toString() {
        return describe() + " (lock " + describeLock() + ")";
    }

    private static @Nullable String text(Config.Scope options, String option) {
        String text = options.get(OPTION + option);
        return text == null || text.isBlank() ? null : text.strip();
    }

    private static IllegalArgumentException wrong(String what) {
        return new IllegalArgumentException("option " + OPTION + what + " (of keyledger-audit)");
    }
}
