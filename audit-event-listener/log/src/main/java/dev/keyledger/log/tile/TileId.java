package dev.keyledger.log.tile;

import java.util.ArrayList;
import java.util.List;

/**
 * Names a tile: hash {@code i} of the tile is the root of the leaves {@code [(index * 256 + i) * 256^level, (index *
 * 256 + i + 1) * 256^level)}. The level {@link #ENTRIES} names the bundle of the entries {@code index * 256} onwards.
 *
 * @param level 0..63, or {@link #ENTRIES}
 * @param width hashes or entries in it, 1..256; below 256 the tile is partial
 */
public record TileId(int level, long index, int width) {
    /** The level of entry bundles. */
    public static final int ENTRIES = -1;

    /** Hashes of a full tile. */
    public static final int FULL = 256;

    public TileId {
        if (level < ENTRIES || level > 63 || index < 0 || width < 1 || width > FULL) {
            throw new IllegalArgumentException(
                    "no such tile: level " + level + ", index " + index + ", width " + width);
        }
    }

    /** The bundle of the entries {@code [index * 256, index * 256 + width)}. */
    public static TileId entries(long index, int width) {
        return new TileId(ENTRIES, index, width);
    }

    /** The tile at this place in a tree of {@code treeSize} leaves, as wide as that tree makes it. */
    public static TileId in(long treeSize, int level, long index) {
        long hashes = hashes(treeSize, level);
        return new TileId(level, index, (int) Math.min(FULL, hashes - index * FULL));
    }

    /** The number of hashes that a tree of this size has at a tile level: {@code floor(treeSize / 256^level)}. */
    public static long hashes(long treeSize, int level) {
        return level <= 0 ? treeSize : level >= 8 ? 0 : treeSize >> (8 * level);
    }

    /** The tiles of one level of a tree, from the left; empty when the tree does not reach the level. */
    public static List<TileId> level(long treeSize, int level) {
        List<TileId> tiles = new ArrayList<>();
        long count = (hashes(treeSize, level) + FULL - 1) / FULL;
        for (long index = 0; index < count; index++) {
            tiles.add(in(treeSize, level, index));
        }
        return tiles;
    }

    public boolean isEntries() {
        return level == ENTRIES;
    }

    public boolean isFull() {
        return width == FULL;
    }

    /** Index of the first hash of this tile among all hashes of its level; of the first entry for a bundle. */
    public long start() {
        return index * FULL;
    }
}
