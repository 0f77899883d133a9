package dev.keyledger.log.bundle;

import dev.keyledger.log.tile.EntryBundle;
import dev.keyledger.log.tile.Tile;
import dev.keyledger.log.tile.TileId;
import dev.keyledger.log.tile.TilePath;
import dev.keyledger.log.tile.TileSource;
import java.io.IOException;

/**
 * The tiles of a bundle, read from their files. Where a partial tile is not there any more but the full one is, as in a
 * folder that was copied from a growing log, the full one is cut down.
 */
public record FileTileSource(LogSource files) implements TileSource {
    private static final int MAX_ENTRIES = TileId.FULL * (2 + 65_535);
    private static final int MAX_TILE = TileId.FULL * 32;

    @Override
    public Tile tile(TileId id) throws IOException {
        TileId stored = stored(id);
        Tile tile = Tile.parse(stored, files.read(TilePath.format(stored), MAX_TILE));
        return stored.equals(id) ? tile : new Tile(id, tile.hashes().subList(0, id.width()));
    }

    @Override
    public EntryBundle entries(TileId id) throws IOException {
        TileId stored = stored(id);
        EntryBundle bundle = EntryBundle.parse(stored, files.read(TilePath.format(stored), MAX_ENTRIES));
        return stored.equals(id) ? bundle : bundle.first(id.width());
    }

    private TileId stored(TileId id) {
        TileId full = new TileId(id.level(), id.index(), TileId.FULL);
        return !files.has(TilePath.format(id)) && files.has(TilePath.format(full)) ? full : id;
    }
}
