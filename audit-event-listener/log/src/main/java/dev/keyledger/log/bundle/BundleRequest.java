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
 * @param scope which entries; all of them make a complete bundle
 * @param parts what is told beside the leaves
 * @param keys the log's public keys, oldest first: the first one, and what introduces each later one
 * @param old an earlier checkpoint of the receiver to prove consistency with; null for none
 * @param stamp an earlier checkpoint, or this one, with its time stamp; null for none
 * @param made when and by what
 */
public record BundleRequest(
        SignedCheckpoint checkpoint,
        TileSource tiles,
        Scope scope,
        Parts parts,
        List<LogKey> keys,
        @Nullable SignedCheckpoint old,
        @Nullable StampedCheckpoint stamp,
        Made made) {
    public BundleRequest {
        keys = List.copyOf(keys);
        long size = checkpoint.checkpoint().head().size();
        if (scope.from < 0 || scope.from > scope.to || scope.to > size) {
            throw new IllegalArgumentException(
                    "bundle range is [" + scope.from + ", " + scope.to + "), want it within [0, " + size + ")");
        }
        if (old != null && old.checkpoint().head().size() > size) {
            throw new IllegalArgumentException(
                    "older checkpoint has size " + old.checkpoint().head().size() + ", want at most " + size);
        }
    }

    /**
     * Which entries.
     *
     * @param from first entry
     * @param to behind the last entry, {@code 0 <= from <= to <= size of the checkpoint}
     * @param withTree whether the range, which goes to the end, is to have the tiles of the whole tree in place of proofs
     * @param selection the entries of the range that are wanted; null for all
     */
    public record Scope(
            long from, long to, boolean withTree, @Nullable Selection selection) {}

    /**
     * What is told beside the leaves.
     *
     * @param disclosed what may be disclosed; null to hold everything private back
     * @param archived the private parts as they are stored, of a range that is to be an archive; null for other bundles
     */
    public record Parts(
            @Nullable PrivateParts disclosed, @Nullable SealedParts archived) {}

    /**
     * When and by what a bundle is made.
     *
     * @param time epoch milliseconds
     * @param creator name and version of the program, for people
     */
    public record Made(long time, String creator) {}

    /** Everything up to the checkpoint, with these private parts. */
    public static BundleRequest complete(
            SignedCheckpoint checkpoint, TileSource tiles, @Nullable PrivateParts privateParts, List<LogKey> keys) {
        long size = checkpoint.checkpoint().head().size();
        return new BundleRequest(
                checkpoint,
                tiles,
                new Scope(0, size, false, null),
                new Parts(privateParts, null),
                keys,
                null,
                null,
                new Made(0, "keyledger"));
    }

    /** Names when and by what the bundle is made. */
    public BundleRequest createdBy(String program, long millis) {
        return new BundleRequest(checkpoint, tiles, scope, parts, keys, old, stamp, new Made(millis, program));
    }

    /** Narrows to a range of entries. */
    public BundleRequest range(long first, long end) {
        return of(new Scope(first, end, scope.withTree, scope.selection), parts);
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
        return of(new Scope(minIndex, size, true, scope.selection), parts);
    }

    /** Narrows to some entries, each of which is proved by itself. */
    public BundleRequest selected(Selection wanted) {
        return of(new Scope(wanted.first(), wanted.end(), false, wanted), new Parts(parts.disclosed, null));
    }

    /** Adds a proof of consistency with an earlier checkpoint. */
    public BundleRequest since(SignedCheckpoint earlier) {
        return new BundleRequest(checkpoint, tiles, scope, parts, keys, earlier, stamp, made);
    }

    /**
     * Makes it an archive of its range: with all tiles that the range's entries are proved by, and with the private parts
     * as they are stored. The range begins and ends where a tile does.
     */
    public BundleRequest archive(SealedParts stored) {
        if (scope.from % TileId.FULL != 0 || scope.to % TileId.FULL != 0) {
            throw new IllegalArgumentException(
                    "archive is of [" + scope.from + ", " + scope.to + "), want whole tiles");
        }
        return of(new Scope(scope.from, scope.to, false, scope.selection), new Parts(null, stored));
    }

    /** Adds a time stamp. */
    public BundleRequest stamped(@Nullable StampedCheckpoint stamped) {
        return new BundleRequest(checkpoint, tiles, scope, parts, keys, old, stamped, made);
    }

    private BundleRequest of(Scope narrowed, Parts told) {
        return new BundleRequest(checkpoint, tiles, narrowed, told, keys, old, stamp, made);
    }

    public long from() {
        return scope.from;
    }

    public long to() {
        return scope.to;
    }

    /** The leaf indices of its entries, in their order. */
    LongStream indices() {
        Selection selection = scope.selection;
        return selection == null
                ? LongStream.range(scope.from, scope.to)
                : IntStream.range(0, selection.size()).mapToLong(selection::index);
    }

    boolean isComplete() {
        return scope.selection == null
                && scope.from == 0
                && scope.to == checkpoint.checkpoint().head().size();
    }
}
