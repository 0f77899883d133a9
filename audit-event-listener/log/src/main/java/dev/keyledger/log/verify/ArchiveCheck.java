package dev.keyledger.log.verify;

import dev.keyledger.log.FormatException;
import dev.keyledger.log.VerificationException;
import dev.keyledger.log.merkle.Hash;
import dev.keyledger.log.merkle.LogHasher;
import dev.keyledger.log.merkle.TreeHead;
import dev.keyledger.log.tile.EntryBundle;
import dev.keyledger.log.tile.ProofBuilder;
import dev.keyledger.log.tile.Tile;
import dev.keyledger.log.tile.TileId;
import dev.keyledger.log.tile.TileSource;
import dev.keyledger.log.verify.Finding.Span;
import java.io.IOException;

/**
 * Checks the entries of an archive, tile by tile: each leaf against its stored hash, and all hashes of a tile against the
 * root by one inclusion proof, whose siblings are made from every one of them.
 */
final class ArchiveCheck {
    private static final String CHECK = "entries";

    private final TileSource tiles;
    private final TreeHead signed;
    private final ProofBuilder proofs;
    private final EntryCheck entries;
    private final Findings findings;

    ArchiveCheck(TileSource tiles, TreeHead signed, EntryCheck entries, Findings findings) {
        this.tiles = tiles;
        this.signed = signed;
        this.proofs = new ProofBuilder(tiles, signed.size());
        this.entries = entries;
        this.findings = findings;
    }

    void run(long from, long to) {
        if (from % TileId.FULL != 0 || to % TileId.FULL != 0) {
            findings.fail(CHECK, new Span(from, to), "an archive has whole tiles, of 256 entries");
            return;
        }
        for (long start = from; start < to; start += TileId.FULL) {
            Span span = new Span(start, start + TileId.FULL);
            try {
                check(span);
            } catch (FormatException | IOException e) {
                findings.fail(CHECK, span, "cannot be read: " + e.getMessage());
            } catch (VerificationException e) {
                findings.fail(CHECK, span, "do not lead to the root that is signed");
            }
        }
    }

    private void check(Span span) throws IOException, VerificationException {
        long tile = span.from() / TileId.FULL;
        EntryBundle bundle = tiles.entries(TileId.in(signed.size(), TileId.ENTRIES, tile));
        Tile hashes = tiles.tile(TileId.in(signed.size(), 0, tile));
        for (int i = 0; i < TileId.FULL; i++) {
            byte[] leaf = bundle.entry(i);
            entries.accept(span.from() + i, leaf);
            Hash stored = hashes.hashes().get(i);
            if (leaf.length > 0 && !LogHasher.leaf(leaf).equals(stored)) {
                findings.fail(
                        CHECK,
                        new Span(span.from() + i, span.from() + i + 1),
                        "leaf hash is " + LogHasher.leaf(leaf) + ", the tree holds " + stored);
            }
        }
        proofs.inclusion(span.from()).verify(hashes.hashes().get(0), signed.root());
    }
}
