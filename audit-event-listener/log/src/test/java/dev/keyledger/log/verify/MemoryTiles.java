package dev.keyledger.log.verify;

import dev.keyledger.log.merkle.Hash;
import dev.keyledger.log.merkle.LogHasher;
import dev.keyledger.log.tile.EntryBundle;
import dev.keyledger.log.tile.Tile;
import dev.keyledger.log.tile.TileId;
import dev.keyledger.log.tile.TileSource;
import java.util.ArrayList;
import java.util.List;

/** A stored tree as the server has it: rows of leaves and leaf hashes, and a row per full subtree. Rows can be changed. */
public final class MemoryTiles implements TileSource {
    public final List<byte[]> leaves = new ArrayList<>();
    public final List<Hash> leafHashes = new ArrayList<>();
    public final List<List<Hash>> nodes = new ArrayList<>();
    private int tilesRead;

    public MemoryTiles(List<byte[]> entries) {
        leaves.addAll(entries);
        entries.forEach(entry -> leafHashes.add(LogHasher.leaf(entry)));
        List<Hash> below = leafHashes;
        while (below.size() >= TileId.FULL) {
            List<Hash> level = new ArrayList<>();
            for (int i = 0; i + TileId.FULL <= below.size(); i += TileId.FULL) {
                level.add(perfectRoot(below.subList(i, i + TileId.FULL)));
            }
            nodes.add(level);
            below = level;
        }
    }

    /** How many tiles have been asked for. */
    public int tilesRead() {
        return tilesRead;
    }

    @Override
    public Tile tile(TileId id) {
        tilesRead++;
        List<Hash> level = id.level() == 0 ? leafHashes : nodes.get(id.level() - 1);
        return new Tile(id, level.subList((int) id.start(), (int) id.start() + id.width()));
    }

    @Override
    public EntryBundle entries(TileId id) {
        return EntryBundle.of(id, leaves.subList((int) id.start(), (int) id.start() + id.width()));
    }

    private static Hash perfectRoot(List<Hash> hashes) {
        if (hashes.size() == 1) {
            return hashes.get(0);
        }
        int half = hashes.size() / 2;
        return LogHasher.node(perfectRoot(hashes.subList(0, half)), perfectRoot(hashes.subList(half, hashes.size())));
    }
}
