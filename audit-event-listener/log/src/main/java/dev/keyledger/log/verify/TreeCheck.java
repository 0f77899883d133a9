package dev.keyledger.log.verify;

import dev.keyledger.log.FormatException;
import dev.keyledger.log.merkle.CompactRange;
import dev.keyledger.log.merkle.Hash;
import dev.keyledger.log.merkle.LogHasher;
import dev.keyledger.log.merkle.NodeId;
import dev.keyledger.log.merkle.TreeHead;
import dev.keyledger.log.tile.EntryBundle;
import dev.keyledger.log.tile.Tile;
import dev.keyledger.log.tile.TileId;
import dev.keyledger.log.tile.TilePath;
import dev.keyledger.log.tile.TileSource;
import dev.keyledger.log.verify.Finding.Span;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Rebuilds the whole tree from its entries and compares it, hash by hash, with the stored tiles and at the end with the
 * signed root. The tiles prove nothing that the root does not; what they do is say where the damage is.
 */
final class TreeCheck {
    private static final String CHECK = "entries";

    private final TileSource source;
    private final TreeHead signed;
    private final EntryCheck entries;
    private final Findings findings;
    private final long from;
    private final CompactRange.Appender range = CompactRange.empty().appender();
    private final Map<Integer, Tile> upper = new HashMap<>();
    private final NavigableMap<Long, Hash> rootsWanted = new TreeMap<>();
    private long lastDamaged = -1;
    private long goodUpTo;
    private boolean entriesLost;

    /** @param from the first entry that the bundle has; below it only the leaf hashes are there */
    TreeCheck(TileSource source, TreeHead signed, long from, EntryCheck entries, Findings findings) {
        this.from = from;
        this.source = source;
        this.signed = signed;
        this.entries = entries;
        this.findings = findings;
    }

    /** Also compares the root that the tree had at an earlier size. */
    void expect(TreeHead earlier) {
        Hash other = rootsWanted.put(earlier.size(), earlier.root());
        if (other != null && !other.equals(earlier.root())) {
            findings.fail(
                    CHECK,
                    new Span(0, earlier.size()),
                    "two roots are signed at size " + earlier.size() + ": " + other + " and " + earlier.root());
        }
    }

    /** Returns the earlier sizes whose roots did not agree, with the roots that the entries give. */
    Map<Long, Hash> run() {
        Map<Long, Hash> disagreeing = new TreeMap<>();
        compareRoot(disagreeing);
        for (long tile = 0; tile * TileId.FULL < from; tile++) {
            hashes(TileId.in(signed.size(), 0, tile), disagreeing);
        }
        for (long tile = from / TileId.FULL; tile * TileId.FULL < signed.size(); tile++) {
            TileId id = TileId.in(signed.size(), TileId.ENTRIES, tile);
            EntryBundle bundle = bundle(id);
            Tile leaves = tile(TileId.in(signed.size(), 0, tile));
            for (int i = 0; i < id.width(); i++) {
                byte[] leaf = bundle == null ? new byte[0] : bundle.entry(i);
                if (bundle != null) {
                    entries.accept(id.start() + i, leaf);
                }
                append(
                        id.start() + i,
                        leaf,
                        leaves == null ? null : leaves.hashes().get(i));
                compareRoot(disagreeing);
            }
        }
        compareSignedRoot();
        return disagreeing;
    }

    /** Without its entries a tile is what it says; the root vouches for it. */
    private void hashes(TileId id, Map<Long, Hash> disagreeing) {
        Tile leaves = tile(id);
        for (int i = 0; i < id.width(); i++) {
            range.append(leaves == null ? Hash.ZERO : leaves.hashes().get(i), this::compareNode);
            compareRoot(disagreeing);
        }
    }

    private void append(long index, byte[] leaf, @Nullable Hash stored) {
        // Of a lost entry the stored leaf hash still stands: with it the rest of the tree can be checked.
        Hash leafHash = leaf.length == 0 && stored != null ? stored : LogHasher.leaf(leaf);
        if (stored != null && leaf.length > 0 && !leafHash.equals(stored)) {
            damaged(
                    index,
                    index + 1,
                    stored.equals(Hash.ZERO)
                            ? "its leaf hash is missing from the log's storage"
                            : "leaf hash is " + leafHash + ", the tree holds " + stored);
        } else if (leaf.length == 0) {
            lastDamaged = index;
        }
        range.append(leafHash, this::compareNode);
    }

    private void compareNode(NodeId node, Hash hash) {
        if (node.level() % 8 != 0) {
            return;
        }
        int level = node.level() / 8;
        long from = node.index() << node.level();
        long to = (node.index() + 1) << node.level();
        TileId id = TileId.in(signed.size(), level, node.index() / TileId.FULL);
        Tile tile = upper.get(level);
        if (tile == null || !tile.id().equals(id)) {
            tile = tile(id);
            if (tile != null) {
                upper.put(level, tile);
            }
        }
        boolean narrower = lastDamaged >= from;
        if (tile != null
                && !narrower
                && !tile.hashes().get((int) (node.index() % TileId.FULL)).equals(hash)) {
            damaged(
                    from,
                    to,
                    "hash is " + hash + ", " + TilePath.format(id) + " holds "
                            + tile.hashes().get((int) (node.index() % TileId.FULL)));
        }
    }

    private void compareRoot(Map<Long, Hash> disagreeing) {
        Hash wanted = rootsWanted.get(range.size());
        if (wanted != null) {
            Hash computed = range.toRange().root();
            if (computed.equals(wanted)) {
                goodUpTo = range.size();
            } else {
                disagreeing.put(range.size(), computed);
            }
        }
    }

    private void compareSignedRoot() {
        Hash computed = range.toRange().root();
        if (computed.equals(signed.root())) {
            return;
        }
        String message = "root is " + computed + ", the checkpoint signs " + signed.root();
        if (lastDamaged < 0 && !entriesLost && signed.size() > 0) {
            findings.fail(CHECK, new Span(goodUpTo, signed.size()), message);
        } else {
            findings.fail(CHECK, message);
        }
    }

    private void damaged(long from, long to, String message) {
        lastDamaged = to - 1;
        findings.fail(CHECK, new Span(from, to), message);
    }

    private @Nullable EntryBundle bundle(TileId id) {
        try {
            return source.entries(id);
        } catch (FormatException | IOException e) {
            entriesLost = true;
            damaged(id.start(), id.start() + id.width(), unreadable(id, e));
            return null;
        }
    }

    private @Nullable Tile tile(TileId id) {
        try {
            return source.tile(id);
        } catch (FormatException | IOException e) {
            long from = id.start() << (8 * id.level());
            long to = Math.min(signed.size(), (id.start() + id.width()) << (8 * id.level()));
            findings.fail(CHECK, new Span(from, to), unreadable(id, e));
            return null;
        }
    }

    private static String unreadable(TileId id, Exception e) {
        return TilePath.format(id) + " cannot be read: " + e.getMessage();
    }
}
