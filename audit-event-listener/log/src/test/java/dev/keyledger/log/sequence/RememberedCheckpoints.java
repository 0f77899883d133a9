package dev.keyledger.log.sequence;

import dev.keyledger.log.checkpoint.Checkpoint;
import dev.keyledger.log.checkpoint.SignedCheckpoint;
import java.util.ArrayList;
import java.util.List;

/** An outside memory that can be told anything. */
final class RememberedCheckpoints implements OutsideMemory {
    private final List<Checkpoint> newest = new ArrayList<>();

    @Override
    public List<Checkpoint> newest(String origin) {
        return newest.stream().filter(known -> known.origin().equals(origin)).toList();
    }

    @Override
    public void append(SignedCheckpoint checkpoint) {
        newest.removeIf(known -> known.origin().equals(checkpoint.checkpoint().origin()));
        remember(checkpoint.checkpoint());
    }

    void remember(Checkpoint checkpoint) {
        newest.add(checkpoint);
    }

    void forget() {
        newest.clear();
    }
}
