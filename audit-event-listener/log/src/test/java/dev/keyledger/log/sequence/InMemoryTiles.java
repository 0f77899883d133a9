package dev.keyledger.log.sequence;

import dev.keyledger.log.merkle.Hash;
import dev.keyledger.log.tile.EntryBundle;
import dev.keyledger.log.tile.Tile;
import dev.keyledger.log.tile.TileId;
import dev.keyledger.log.tile.TileSource;
import java.util.ArrayList;
import java.util.List;

/** The tiles of a log in memory; what is not there is a hole. */
final class InMemoryTiles implements TileSource {
    private final InMemoryLogStorage.State state;

    InMemoryTiles(InMemoryLogStorage.State state) {
        this.state = state;
    }

    @Override
    public Tile tile(TileId id) {
        List<Hash> hashes = new ArrayList<>();
        for (long index = id.start(); index < id.start() + id.width(); index++) {
            hashes.add(id.level() == 0 ? leafHash(index) : node(id.level(), index));
        }
        return new Tile(id, hashes);
    }

    @Override
    public EntryBundle entries(TileId id) {
        List<byte[]> entries = new ArrayList<>();
        for (long index = id.start(); index < id.start() + id.width(); index++) {
            entries.add(state.entries().get((int) index).staged().leaf());
        }
        return EntryBundle.of(id, entries);
    }

    private Hash leafHash(long index) {
        return index < state.entries().size() ? state.entries().get((int) index).leafHash() : Hash.ZERO;
    }

    private Hash node(int level, long index) {
        return state.nodes().stream()
                .filter(node -> node.level() == level && node.index() == index)
                .map(TreeNode::hash)
                .findFirst()
                .orElse(Hash.ZERO);
    }
}
