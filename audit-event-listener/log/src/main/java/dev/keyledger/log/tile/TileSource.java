package dev.keyledger.log.tile;

import dev.keyledger.log.VerificationException;
import dev.keyledger.log.merkle.Hash;
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

    /**
     * The bytes of the file of a tile or an entry bundle, for those who serve or keep it as it is.
     *
     * @throws VerificationException when there is a hole in it, which must not be handed on as a file that never changes
     */
    default byte[] file(TileId id) throws IOException, VerificationException {
        if (!id.isEntries()) {
            Tile tile = tile(id);
            if (tile.hashes().contains(Hash.ZERO)) {
                throw new VerificationException("the log has lost a hash of " + TilePath.format(id));
            }
            return tile.encode();
        }
        EntryBundle bundle = entries(id);
        for (int i = 0; i < bundle.size(); i++) {
            if (bundle.entry(i).length == 0) {
                throw new VerificationException("the log has lost entry " + (id.start() + i));
            }
        }
        return bundle.encode();
    }
}
