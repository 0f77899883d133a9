package dev.keyledger.log.bundle;

import dev.keyledger.log.checkpoint.SignedCheckpoint;
import dev.keyledger.log.tile.TileId;
import dev.keyledger.log.tile.TileSource;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;

/**
 * What to put into a bundle.
 *
 * @param checkpoint the signed tree to prove against
 * @param tiles the tree, at least as large as the checkpoint
 * @param from first entry
 * @param to behind the last entry, {@code 0 <= from <= to <= size of the checkpoint}; all of it makes a complete bundle
 * @param privateParts what may be disclosed; null to hold everything private back
 * @param archived the private parts as they are stored, of a range that is to be an archive; null for other bundles
 * @param withTree whether the range, which goes to the end, is to have the tiles of the whole tree in place of proofs
 * @param keys the log's public keys, oldest first: the first one, and what introduces each later one
 * @param old an earlier checkpoint of the receiver to prove consistency with; null for none
 * @param stamp an earlier checkpoint, or this one, with its time stamp; null for none
 * @param created epoch milliseconds
 * @param creator name and version of the program, for people
 * @param selection the entries of the range that are wanted; null for all
 */
public record BundleRequest(
        SignedCheckpoint checkpoint,
        TileSource tiles,
        long from,
        long to,
        @Nullable PrivateParts privateParts,
        @Nullable SealedParts archived,
        boolean withTree,
        List<LogKey> keys,
        @Nullable SignedCheckpoint old,
        @Nullable StampedCheckpoint stamp,
        long created,
        String creator,
        @Nullable Selection selection) {
    public BundleRequest {
        keys = List.copyOf(keys);
        long size = checkpoint.checkpoint().head().size();
        if (from < 0 || from > to || to > size) {
            throw new IllegalArgumentException(
                    "bundle range is [" + from + ", " + to + "), want it within [0, " + size + ")");
        }
        if (old != null && old.checkpoint().head().size() > size) {
            throw new IllegalArgumentException(
                    "older checkpoint has size " + old.checkpoint().head().size() + ", want at most " + size);
        }
    }

    /** Everything up to the checkpoint, with these private parts. */
    public static BundleRequest complete(
            SignedCheckpoint checkpoint, TileSource tiles, @Nullable PrivateParts privateParts, List<LogKey> keys) {
        long size = checkpoint.checkpoint().head().size();
        return new BundleRequest(
                checkpoint, tiles, 0, size, privateParts, null, false, keys, null, null, 0, "keyledger", null);
    }

    /** Names when and by what the bundle is made. */
    public BundleRequest createdBy(String program, long millis) {
        return new BundleRequest(
                checkpoint,
                tiles,
                from,
                to,
                privateParts,
                archived,
                withTree,
                keys,
                old,
                stamp,
                millis,
                program,
                selection);
    }

    /** Narrows to a range of entries. */
    public BundleRequest range(long first, long end) {
        return new BundleRequest(
                checkpoint,
                tiles,
                first,
                end,
                privateParts,
                archived,
                withTree,
                keys,
                old,
                stamp,
                created,
                creator,
                selection);
    }

    /**
     * Narrows to what a log that was pruned still has: the entries from its minimum index on, which is where a tile begins,
     * with every hash of the tree.
     */
    public BundleRequest sinceIndex(long minIndex) {
        if (minIndex % TileId.FULL != 0) {
            throw new IllegalArgumentException("minimum index is " + minIndex + ", want where a tile begins");
        }
        long size = checkpoint.checkpoint().head().size();
        return new BundleRequest(
                checkpoint,
                tiles,
                minIndex,
                size,
                privateParts,
                archived,
                true,
                keys,
                old,
                stamp,
                created,
                creator,
                selection);
    }

    /** Narrows to some entries, each of which is proved by itself. */
    public BundleRequest selected(Selection wanted) {
        return new BundleRequest(
                checkpoint,
                tiles,
                wanted.first(),
                wanted.end(),
                privateParts,
                null,
                false,
                keys,
                old,
                stamp,
                created,
                creator,
                wanted);
    }

    /** Adds a proof of consistency with an earlier checkpoint. */
    public BundleRequest since(SignedCheckpoint earlier) {
        return new BundleRequest(
                checkpoint,
                tiles,
                from,
                to,
                privateParts,
                archived,
                withTree,
                keys,
                earlier,
                stamp,
                created,
                creator,
                selection);
    }

    /**
     * Makes it an archive of its range: with all tiles that the range's entries are proved by, and with the private parts
     * as they are stored. The range begins and ends where a tile does.
     */
    public BundleRequest archive(SealedParts parts) {
        if (from % TileId.FULL != 0 || to % TileId.FULL != 0) {
            throw new IllegalArgumentException("archive is of [" + from + ", " + to + "), want whole tiles");
        }
        return new BundleRequest(
                checkpoint, tiles, from, to, null, parts, false, keys, old, stamp, created, creator, selection);
    }

    /** Adds a time stamp. */
    public BundleRequest stamped(@Nullable StampedCheckpoint stamped) {
        return new BundleRequest(
                checkpoint,
                tiles,
                from,
                to,
                privateParts,
                archived,
                withTree,
                keys,
                old,
                stamped,
                created,
                creator,
                selection);
    }

    /** The leaf indices of its entries, in their order. */
    LongStream indices() {
        return selection == null
                ? LongStream.range(from, to)
                : IntStream.range(0, selection.size()).mapToLong(selection::index);
    }

    boolean isComplete() {
        return selection == null
                && from == 0
                && to == checkpoint.checkpoint().head().size();
    }
}
