package dev.keyledger.log.tile;

import dev.keyledger.log.FormatException;
import dev.keyledger.log.merkle.Hash;
import java.util.ArrayList;
import java.util.List;

/**
 * The hashes of one tile, as many as its width; on the wire 32 bytes each, one after the other.
 *
 * @param id never an entry bundle
 */
public record Tile(TileId id, List<Hash> hashes) {
    public Tile {
        hashes = List.copyOf(hashes);
        if (id.isEntries() || hashes.size() != id.width()) {
            throw new FormatException(TilePath.format(id) + " has " + hashes.size() + " hashes, want " + id.width());
        }
    }

    /** Reads the bytes of a tile file. */
    public static Tile parse(TileId id, byte[] bytes) {
        if (bytes.length != id.width() * Hash.SIZE) {
            throw new FormatException(
                    TilePath.format(id) + " has " + bytes.length + " bytes, want " + id.width() * Hash.SIZE);
        }
        List<Hash> hashes = new ArrayList<>(id.width());
        for (int i = 0; i < id.width(); i++) {
            hashes.add(Hash.of(bytes, i * Hash.SIZE));
        }
        return new Tile(id, hashes);
    }

    /** The bytes of the tile file. */
    public byte[] encode() {
        byte[] bytes = new byte[hashes.size() * Hash.SIZE];
        for (int i = 0; i < hashes.size(); i++) {
            System.arraycopy(hashes.get(i).toBytes(), 0, bytes, i * Hash.SIZE, Hash.SIZE);
        }
        return bytes;
    }
}
