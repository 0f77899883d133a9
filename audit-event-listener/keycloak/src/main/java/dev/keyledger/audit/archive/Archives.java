package dev.keyledger.audit.archive;

import java.util.Optional;

/**
 * What this server keeps of its logs outside of the database.
 *
 * @param unit entries of an archive
 */
public record Archives(ArchiveStore store, int unit) {
    /** As the options say; empty when they name no store. */
    public static Optional<Archives> of(ArchiveSettings settings) {
        return Optional.ofNullable(settings.folder())
                .map(folder -> new Archives(new FolderStore(folder), settings.unit()));
    }
}
