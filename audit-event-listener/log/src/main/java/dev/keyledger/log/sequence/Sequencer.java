package dev.keyledger.log.sequence;

import dev.keyledger.log.merkle.CompactRange;
import dev.keyledger.log.merkle.Hash;
import dev.keyledger.log.merkle.LogHasher;
import java.util.ArrayList;
import java.util.List;

/** The pure step from a head and a batch to the next head: gives out indices, hashes, and completes subtrees. */
public final class Sequencer {
    private static final int TILE_BITS = 8;

    private Sequencer() {}

    /** Appends the staged entries behind the head, in their order. */
    public static <P> SequencedBatch<P> sequence(LogHead head, List<StagedEntry<P>> staged) {
        CompactRange.Appender range = head.range().appender();
        List<SequencedEntry<P>> entries = new ArrayList<>(staged.size());
        List<TreeNode> nodes = new ArrayList<>();
        for (StagedEntry<P> entry : staged) {
            Hash leafHash = LogHasher.leaf(entry.leaf());
            entries.add(new SequencedEntry<>(range.size(), leafHash, entry));
            range.append(leafHash, (node, hash) -> {
                if (node.level() % TILE_BITS == 0) {
                    nodes.add(new TreeNode(node.level() / TILE_BITS, node.index(), hash));
                }
            });
        }
        LogHead next = new LogHead(head.origin(), range.toRange(), head.signedSize(), head.state());
        return new SequencedBatch<>(next, entries, nodes);
    }
}
