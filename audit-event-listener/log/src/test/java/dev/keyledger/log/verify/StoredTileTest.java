package dev.keyledger.log.verify;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keyledger.log.entry.Slot;
import dev.keyledger.log.merkle.Hash;
import dev.keyledger.log.merkle.LogHasher;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.LongPredicate;
import org.junit.jupiter.api.Test;

/** Somebody edits the rows of a stored log; its tiles are checked where they stand. */
class StoredTileTest {
    private static final int SIZE = 600;

    private final SampleLog log = new SampleLog(SIZE);

    @Test
    void findsNothingInALogAsItWasWritten() throws IOException {
        assertThat(all()).isEmpty();
        assertThat(tile().count()).isEqualTo(3);
    }

    @Test
    void findsAnEditedLeaf() throws IOException {
        log.tiles.leaves.set(300, log.tiles.leaves.get(301));

        assertThat(all())
                .extracting(Finding::message)
                .anyMatch(message -> message.startsWith("entry 300: its leaf has the hash "));
    }

    @Test
    void findsAnEditedLeafWithAFittingHash() throws IOException {
        log.tiles.leaves.set(300, log.tiles.leaves.get(301));
        log.tiles.leafHashes.set(300, LogHasher.leaf(log.tiles.leaves.get(301)));

        assertThat(tile().check(1))
                .extracting(Finding::message)
                .contains("entries [256, 512): their stored hashes do not lead to the root that is signed");
        assertThat(tile().check(0)).isEmpty();
    }

    @Test
    void tellsTheSameDamageInTheSameWordsWhileTheLogGrows() throws IOException {
        StoredTile before = new StoredTile(
                log.tiles,
                Objects.requireNonNull(log.request().parts().disclosed()),
                log.checkpointAt(599).checkpoint(),
                index -> false);
        log.tiles.leaves.set(598, log.tiles.leaves.get(0));
        log.tiles.leafHashes.set(598, LogHasher.leaf(log.tiles.leaves.get(0)));

        assertThat(tile().check(2))
                .extracting(Finding::message)
                .contains("entries [512, 768): their stored hashes do not lead to the root that is signed");
        assertThat(before.check(2))
                .extracting(Finding::message)
                .containsExactlyElementsOf(
                        tile().check(2).stream().map(Finding::message).toList());
    }

    @Test
    void findsALostLeaf() throws IOException {
        log.tiles.leaves.set(599, new byte[0]);
        log.tiles.leafHashes.set(599, Hash.ZERO);

        assertThat(tile().check(2)).extracting(Finding::message).contains("entry 599: is missing");
    }

    @Test
    void findsAnEditedNode() throws IOException {
        log.tiles.nodes.get(0).set(1, Hash.ZERO);

        assertThat(tile().check(1)).extracting(Finding::check).containsExactly("nodes");
    }

    @Test
    void findsALostPrivatePart() throws IOException {
        int index = log.parts.size() - 1;
        Slot slot = log.parts.get(index).keySet().iterator().next();
        log.parts.get(index).remove(slot);

        assertThat(all())
                .extracting(Finding::message)
                .containsExactly("entry " + index + ": slot " + slot.label() + " is gone or does not open (MISSING)");
    }

    @Test
    void findsAPrivatePartOfAnotherEntry() throws IOException {
        log.parts.set(5, log.parts.get(6));

        assertThat(all())
                .isNotEmpty()
                .allMatch(finding -> finding.message().startsWith("entry 5: ")
                        && finding.check().equals(StoredTile.COMMITMENTS));
    }

    private List<Finding> all() throws IOException {
        List<Finding> found = new ArrayList<>();
        for (long i = 0; i < tile().count(); i++) {
            found.addAll(tile().check(i));
        }
        return found;
    }

    @Test
    void doesNotMissAnEntryThatWasPrunedButMissesItsHash() throws IOException {
        log.tiles.leaves.set(300, new byte[0]);

        assertThat(tile(index -> index == 300).check(1)).isEmpty();
        assertThat(tile(index -> index == 301).check(1)).hasSize(1);

        log.tiles.leafHashes.set(300, Hash.ZERO);
        assertThat(tile(index -> index == 300).check(1)).isNotEmpty();
    }

    private StoredTile tile() {
        return tile(index -> false);
    }

    private StoredTile tile(LongPredicate pruned) {
        return new StoredTile(
                log.tiles,
                Objects.requireNonNull(log.request().parts().disclosed()),
                log.checkpoint.checkpoint(),
                pruned);
    }
}
