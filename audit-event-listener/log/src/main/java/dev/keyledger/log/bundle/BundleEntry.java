package dev.keyledger.log.bundle;

import dev.keyledger.log.FormatException;
import dev.keyledger.log.entry.Entry;
import org.jspecify.annotations.Nullable;

/**
 * An entry as a bundle holds it; nothing of it has been verified.
 *
 * @param entry what its leaf says; null when the leaf has been lost, or is no entry of this format
 * @param parts what the bundle says about its slots; null when the bundle has no private part at all
 */
public record BundleEntry(
        long index, @Nullable Entry entry, @Nullable PrivateEntry parts) {

    static BundleEntry of(long index, byte[] leaf, @Nullable PrivateEntry parts) {
        try {
            return new BundleEntry(index, Entry.parse(leaf), parts);
        } catch (FormatException e) {
            return new BundleEntry(index, null, parts);
        }
    }
}
