package dev.keyledger.log.sequence;

import dev.keyledger.log.FormatException;
import dev.keyledger.log.VerificationException;
import dev.keyledger.log.checkpoint.Checkpoint;
import dev.keyledger.log.merkle.Hash;
import dev.keyledger.log.merkle.TreeHead;
import dev.keyledger.log.tile.ProofBuilder;
import dev.keyledger.log.tile.TileSource;
import java.io.IOException;
import java.util.Optional;

/** Compares a stored head with what is known of the log from elsewhere. */
public final class HeadCheck {
    private HeadCheck() {}

    /**
     * Says why the head cannot be that of the same log as the checkpoint, with what was got and what was wanted; empty
     * when the checkpoint's tree is a prefix of the head's. That is proven, not looked up: no edited row makes two
     * roots consistent that are not.
     *
     * @param tiles of the head's tree, read only when the checkpoint is older than the head
     */
    public static Optional<String> contradiction(TreeHead head, Checkpoint outside, TileSource tiles) {
        TreeHead known = outside.head();
        if (known.size() > head.size()) {
            return Optional.of("got size " + head.size() + ", want at least " + known.size()
                    + ", which is signed and known outside the database: the log was rolled back");
        }
        if (known.size() == head.size()) {
            return known.equals(head) ? Optional.empty() : Optional.of(otherRoot(head, known));
        }
        return isPrefix(known, head, tiles)
                ? Optional.empty()
                : Optional.of(otherRoot(atSize(known.size(), tiles), known));
    }

    /** The root of the stored tree at a size; empty when it cannot be read. */
    public static Optional<Hash> root(long size, TileSource tiles) {
        try {
            return Optional.of(new ProofBuilder(tiles, size).head().root());
        } catch (IOException | FormatException e) {
            return Optional.empty();
        }
    }

    private static boolean isPrefix(TreeHead known, TreeHead head, TileSource tiles) {
        try {
            new ProofBuilder(tiles, head.size()).consistency(known.size()).verify(known.root(), head.root());
            return true;
        } catch (VerificationException e) {
            return false;
        } catch (IOException | FormatException e) {
            throw new IllegalStateException("the tree of size " + head.size() + " cannot be read", e);
        }
    }

    private static TreeHead atSize(long size, TileSource tiles) {
        try {
            return new ProofBuilder(tiles, size).head();
        } catch (IOException | FormatException e) {
            throw new IllegalStateException("the tree of size " + size + " cannot be read", e);
        }
    }

    private static String otherRoot(TreeHead got, TreeHead want) {
        Hash root = got.root();
        String told = root.equals(want.root()) ? "a tree that the head does not continue" : "root " + root;
        return "got " + told + " at size " + want.size() + ", want root " + want.root()
                + ", which is signed and known outside the database: the log was rewritten";
    }
}
