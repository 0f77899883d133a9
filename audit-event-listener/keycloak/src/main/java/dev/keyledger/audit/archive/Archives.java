package dev.keyledger.audit.archive;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * What this server keeps of its logs outside of the database.
 *
 * @param unit entries of an archive
 * @param alarm for how long archiving may fail before somebody has to look
 */
public record Archives(ArchiveStore store, int unit, Duration alarm) {
    private static final Logger LOG = Logger.getLogger("dev.keyledger.audit");

    /** Reads a secret by its name in Keycloak's vault. */
    @FunctionalInterface
    public interface Vault {
        S3StoreMaker.Secret entry(String name);
    }

    /** As the options say; empty when they name no store. A store that cannot be had is there all the same, and fails. */
    public static Optional<Archives> of(ArchiveSettings settings, Vault vault) {
        Path folder = settings.folder();
        S3Settings bucket = settings.bucket();
        Optional<ArchiveStore> store = folder != null
                ? Optional.of(new FolderStore(folder))
                : Optional.ofNullable(bucket).map(wanted -> store(wanted, vault));
        return store.map(place -> new Archives(place, settings.unit(), settings.alarm()));
    }

    private static ArchiveStore store(S3Settings settings, Vault vault) {
        try {
            // by the loader of this class: all jars of providers/ are on one class path
            List<S3StoreMaker> makers = ServiceLoader.load(S3StoreMaker.class, Archives.class.getClassLoader()).stream()
                    .map(ServiceLoader.Provider::get)
                    .toList();
            if (makers.isEmpty()) {
                return missing(settings, "the jar keyledger-s3 is not in providers/");
            }
            String ours = version(Archives.class);
            String theirs = version(makers.get(0).getClass());
            if (!Objects.equals(ours, theirs)) {
                return missing(settings, "the jar keyledger-s3 is of version " + theirs + ", want " + ours);
            }
            return makers.get(0).make(settings, secret(settings, vault));
        } catch (ServiceConfigurationError e) {
            return missing(settings, "the jar keyledger-s3 cannot be loaded: " + e.getMessage());
        }
    }

    private static S3StoreMaker.Secret secret(S3Settings settings, Vault vault) {
        String entry = settings.vaultEntry();
        return entry != null ? vault.entry(entry) : () -> Objects.requireNonNullElse(settings.secretKey(), "");
    }

    private static ArchiveStore missing(S3Settings settings, String reason) {
        String whole = "no archive can be written to " + settings.describe() + ": " + reason;
        LOG.error("AUDIT ALARM: " + whole);
        return new MissingStore(settings.describe(), whole);
    }

    private static @Nullable String version(Class<?> type) {
        return type.getPackage().getImplementationVersion();
    }
}
