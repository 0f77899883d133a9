package dev.keyledger.log.tile;

import java.io.IOException;

/**
 * A stored tree, read tile by tile. A port: the server reads its tables, the verifier a zip or a folder.
 *
 * <p>An implementation returns exactly the tile it is asked for, as wide as it is asked for. A database that has lost a
 * row must not close the gap: it returns {@link dev.keyledger.log.merkle.Hash#ZERO} for the hash and an empty entry for
 * the entry, so that an export of the damaged log still has everything else in its place and the verifier can name what
 * is gone.
 */
public interface TileSource {
    /** Reads the hashes of a tile. Never called for an entry bundle. */
    Tile tile(TileId id) throws IOException;

    /** Reads the entries of a bundle. Only called with ids for which {@link TileId#isEntries()} holds. */
    EntryBundle entries(TileId id) throws IOException;
}
