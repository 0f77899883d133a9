package dev.keyledger.log.sequence;

import dev.keyledger.log.merkle.Hash;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

class InMemoryLogStorageTest extends LogStorageContract<String> {
    private InMemoryLogStorage storage = new InMemoryLogStorage("log.example/none");

    @Override
    protected LogStorage<String> open() {
        storage = new InMemoryLogStorage(origin());
        return storage;
    }

    @Override
    protected String origin() {
        return "log.example/memory";
    }

    @Override
    protected void stage(String id, byte[] leaf) {
        storage.stage(id, leaf);
    }

    @Override
    protected Optional<StoredEntry> entry(long index) {
        return storage.state().entries().stream()
                .filter(entry -> entry.index() == index)
                .map(entry -> new StoredEntry(
                        entry.staged().id(),
                        new String(entry.staged().leaf(), StandardCharsets.US_ASCII),
                        entry.leafHash()))
                .findFirst();
    }

    @Override
    protected Optional<Hash> node(int level, long index) {
        return storage.state().nodes().stream()
                .filter(node -> node.level() == level && node.index() == index)
                .map(TreeNode::hash)
                .findFirst();
    }

    @Override
    protected Optional<String> checkpoint(long size) {
        return storage.state().checkpoints().stream()
                .filter(checkpoint -> checkpoint.checkpoint().head().size() == size)
                .map(checkpoint -> checkpoint.format())
                .findFirst();
    }
}
