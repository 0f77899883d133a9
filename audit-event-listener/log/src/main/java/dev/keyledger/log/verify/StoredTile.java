package dev.keyledger.log.verify;

import dev.keyledger.log.FormatException;
import dev.keyledger.log.VerificationException;
import dev.keyledger.log.bundle.PrivateEntry;
import dev.keyledger.log.bundle.PrivateParts;
import dev.keyledger.log.bundle.PrivateSlot;
import dev.keyledger.log.checkpoint.Checkpoint;
import dev.keyledger.log.entry.Disclosure;
import dev.keyledger.log.entry.Entry;
import dev.keyledger.log.entry.Slot;
import dev.keyledger.log.merkle.Hash;
import dev.keyledger.log.merkle.LogHasher;
import dev.keyledger.log.merkle.ProofNodes;
import dev.keyledger.log.tile.EntryBundle;
import dev.keyledger.log.tile.ProofBuilder;
import dev.keyledger.log.tile.Tile;
import dev.keyledger.log.tile.TileId;
import dev.keyledger.log.tile.TileSource;
import dev.keyledger.log.verify.Finding.Span;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongPredicate;
import org.jspecify.annotations.Nullable;

/**
 * Checks 256 entries of a log where it is stored, against its signed checkpoint and without the rest: each leaf against
 * its stored hash and its commitments, all stored hashes against the root by one inclusion proof, whose siblings are
 * made from every one of them, and the stored nodes above against what they are the roots of. One after the other, all
 * tiles are the whole log; a few of them are a sample. Used by one thread.
 */
public final class StoredTile {
    /** The checks that findings name. */
    public static final String ENTRIES = "entries";

    public static final String COMMITMENTS = "commitments";

    private final TileSource tiles;
    private final PrivateParts parts;
    private final Checkpoint signed;
    private final ProofBuilder proofs;
    private final LongPredicate pruned;

    /** @param pruned the entries that the store need not have any more; their hashes it has */
    public StoredTile(TileSource tiles, PrivateParts parts, Checkpoint signed, LongPredicate pruned) {
        this.pruned = pruned;
        this.tiles = tiles;
        this.parts = parts;
        this.signed = signed;
        this.proofs = new ProofBuilder(tiles, signed.head().size());
    }

    /** The number of tiles that the entries are in. */
    public long count() {
        return (signed.head().size() + TileId.FULL - 1) / TileId.FULL;
    }

    /**
     * What is wrong with one tile, {@code 0 <= index < count()}; empty when nothing is. The same damage is told in the
     * same words while the log grows, so that it is known again.
     */
    public List<Finding> check(long index) throws IOException {
        TileId id = TileId.in(signed.head().size(), 0, index);
        Tile hashes = tiles.tile(id);
        EntryBundle entries = tiles.entries(TileId.entries(index, id.width()));
        Map<Long, PrivateEntry> known = new HashMap<>();
        parts.read(id.start(), id.start() + id.width()).forEach(part -> known.put(part.index(), part));
        List<Finding> found = new ArrayList<>();
        for (int i = 0; i < id.width(); i++) {
            long at = id.start() + i;
            entry(at, entries.entry(i), hashes.hashes().get(i), known.get(at), found);
        }
        root(id, hashes, found);
        if (id.isFull()) {
            nodes(hashes, found);
        }
        return found;
    }

    private void entry(long index, byte[] leaf, Hash stored, @Nullable PrivateEntry part, List<Finding> found) {
        if (leaf.length == 0 && pruned.test(index)) {
            return;
        }
        if (leaf.length == 0) {
            found.add(fail(ENTRIES, index, index + 1, "is missing"));
            return;
        }
        Hash hash = LogHasher.leaf(leaf);
        if (!hash.equals(stored)) {
            found.add(fail(ENTRIES, index, index + 1, "its leaf has the hash " + hash + ", want " + stored));
        }
        try {
            Entry entry = Entry.parse(leaf);
            if (!entry.origin().equals(signed.origin())) {
                found.add(fail(ENTRIES, index, index + 1, "was made for the log " + entry.origin()));
            }
            slots(index, entry, part == null ? Map.of() : part.slots(), found);
        } catch (FormatException e) {
            found.add(fail(ENTRIES, index, index + 1, "is no entry of this format: " + e.getMessage()));
        }
    }

    private static void slots(long index, Entry entry, Map<Slot, PrivateSlot> parts, List<Finding> found) {
        entry.commitments().forEach((slot, commitment) -> {
            PrivateSlot part = parts.get(slot);
            if (part == null) {
                found.add(fail(
                        COMMITMENTS, index, index + 1, "slot " + slot.label() + " is gone or does not open (MISSING)"));
            } else if (part instanceof PrivateSlot.Open open) {
                try {
                    commitment.verify(entry.origin(), entry.id(), new Disclosure(slot, open.salt(), open.value()));
                } catch (VerificationException e) {
                    found.add(fail(COMMITMENTS, index, index + 1, e.getMessage() + " (OPEN+MISMATCH)"));
                }
            }
        });
        if (!entry.commitments().keySet().containsAll(parts.keySet())) {
            found.add(fail(COMMITMENTS, index, index + 1, "has a private part that it does not commit to"));
        }
    }

    private void root(TileId id, Tile hashes, List<Finding> found) throws IOException {
        try {
            proofs.inclusion(id.start())
                    .verify(hashes.hashes().get(0), signed.head().root());
        } catch (VerificationException e) {
            found.add(fail(
                    ENTRIES,
                    id.start(),
                    id.start() + TileId.FULL,
                    "their stored hashes do not lead to the root that is signed"));
        }
    }

    /** The stored roots of what ends with this tile, from its own upwards. */
    private void nodes(Tile full, List<Finding> found) throws IOException {
        Tile below = full;
        while (below.id().isFull()) {
            int level = below.id().level() + 1;
            long index = below.id().index();
            Hash want = perfectRoot(below.hashes());
            Tile above = tiles.tile(TileId.in(signed.head().size(), level, index / TileId.FULL));
            Hash got = above.hashes().get((int) (index % TileId.FULL));
            if (!got.equals(want)) {
                found.add(fail(
                        "nodes",
                        index << (8 * level),
                        (index + 1) << (8 * level),
                        "the stored node of level " + level + " is " + got + ", want " + want));
            }
            if (index % TileId.FULL != TileId.FULL - 1) {
                return;
            }
            below = above;
        }
    }

    private static Hash perfectRoot(List<Hash> hashes) {
        List<Hash> level = hashes;
        while (level.size() > 1) {
            List<Hash> parents = new ArrayList<>(level.size() / 2);
            for (int i = 0; i < level.size(); i += 2) {
                parents.add(ProofNodes.fold(List.of(level.get(i), level.get(i + 1))));
            }
            level = parents;
        }
        return level.get(0);
    }

    private static Finding fail(String check, long from, long to, String message) {
        Span span = new Span(from, to);
        return new Finding(Finding.Status.FAIL, check, span + ": " + message, span);
    }
}
