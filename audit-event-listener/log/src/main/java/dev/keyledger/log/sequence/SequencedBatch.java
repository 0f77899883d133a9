package dev.keyledger.log.sequence;

import java.util.List;

/**
 * All that one sequencing step writes: entries with contiguous indices from the old size on, the nodes that they
 * complete, and the head afterwards. It is stored whole or not at all.
 */
public record SequencedBatch<P>(LogHead head, List<SequencedEntry<P>> entries, List<TreeNode> nodes) {
    public SequencedBatch {
        entries = List.copyOf(entries);
        nodes = List.copyOf(nodes);
    }
}
