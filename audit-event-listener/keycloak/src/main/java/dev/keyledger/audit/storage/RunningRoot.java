package dev.keyledger.audit.storage;

import dev.keyledger.log.merkle.CompactRange;
import dev.keyledger.log.merkle.Hash;
import dev.keyledger.log.tile.Tile;
import dev.keyledger.log.tile.TileId;
import dev.keyledger.log.tile.TileSource;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.jspecify.annotations.Nullable;

/** The roots that a tree had at one size after the other, from its stored leaf hashes, each of which is read once. */
final class RunningRoot {
    private final TileSource tiles;
    private final long size;
    private final CompactRange.Appender range = CompactRange.empty().appender();
    private @Nullable Tile tile;

    RunningRoot(TileSource tiles, long size) {
        this.tiles = tiles;
        this.size = size;
    }

    /** The root at this size, which must not be smaller than the one before, nor larger than the tree. */
    Hash at(long wanted) {
        while (range.size() < wanted) {
            range.append(leaf(range.size()));
        }
        return range.toRange().root();
    }

    private Hash leaf(long index) {
        Tile current = tile;
        if (current == null || current.id().index() != index / TileId.FULL) {
            try {
                current = tiles.tile(TileId.in(size, 0, index / TileId.FULL));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            tile = current;
        }
        return current.hashes().get((int) (index % TileId.FULL));
    }
}
