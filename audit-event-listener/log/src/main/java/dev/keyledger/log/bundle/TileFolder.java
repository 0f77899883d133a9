package dev.keyledger.log.bundle;

import dev.keyledger.log.VerificationException;
import dev.keyledger.log.checkpoint.SignedCheckpoint;
import dev.keyledger.log.merkle.TreeHead;
import dev.keyledger.log.tile.ProofBuilder;
import dev.keyledger.log.tile.TileId;
import dev.keyledger.log.tile.TilePath;
import dev.keyledger.log.tile.TileSource;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A folder in the layout of C2SP tlog-tiles that follows a growing log: any web server can serve it as it is, and any
 * tool for tlog-tiles reads it. One writer at a time; any number of readers at any moment.
 *
 * <p>A file comes into being whole, by a rename, and the checkpoint comes last. That rename is the commit point: before
 * it the folder is what it was, with some files more that nobody asks for, and the next call writes them again; after
 * it every tile that the checkpoint needs is there.
 */
public final class TileFolder {
    private final Path root;
    private boolean swept;

    public TileFolder(Path root) {
        this.root = root;
    }

    /** The checkpoint that the folder holds; empty when it is new. */
    public Optional<SignedCheckpoint> checkpoint() throws IOException {
        Path file = root.resolve(BundlePath.CHECKPOINT);
        return Files.exists(file) ? Optional.of(SignedCheckpoint.parse(Files.readAllBytes(file))) : Optional.empty();
    }

    /**
     * Brings the folder up to a checkpoint. The first call looks for every file, later ones only for those that are new.
     *
     * @param tiles the tree, at least as large as the checkpoint
     * @throws VerificationException when the checkpoint does not continue what the folder holds, or the tree has lost an
     *     entry; the folder then stays as it is
     */
    public void follow(TileSource tiles, SignedCheckpoint checkpoint) throws IOException, VerificationException {
        follow(tiles, checkpoint, 0);
    }

    /**
     * The same of a log that was pruned: entry bundles that end at the minimum index or before it are not looked for. Those
     * that the folder has stay.
     */
    public void follow(TileSource tiles, SignedCheckpoint checkpoint, long minIndex)
            throws IOException, VerificationException {
        TreeHead to = checkpoint.checkpoint().head();
        TreeHead from = checkpoint().map(held -> held.checkpoint().head()).orElse(null);
        long held = 0;
        if (from != null) {
            checkContinued(tiles, from, to);
            held = from.size();
        }
        long begin = swept ? held : 0;
        for (int level = TileId.ENTRIES; TileId.hashes(to.size(), level) > 0; level++) {
            for (TileId id : ids(level, begin, to.size())) {
                if (id.isEntries() && id.start() + TileId.FULL <= minIndex) {
                    continue;
                }
                if (id.start() + id.width() > TileId.hashes(held, level) || !Files.exists(path(id))) {
                    write(TilePath.format(id), tiles.file(id));
                }
            }
        }
        write(BundlePath.CHECKPOINT, checkpoint.format().getBytes(StandardCharsets.UTF_8));
        removePartial(begin, to.size());
        swept = true;
    }

    private static void checkContinued(TileSource tiles, TreeHead from, TreeHead to)
            throws IOException, VerificationException {
        if (to.size() < from.size()) {
            throw new VerificationException("the log was rolled back: it is at size " + to.size()
                    + ", the folder has its checkpoint of size " + from.size());
        }
        if (from.size() > 0) {
            new ProofBuilder(tiles, to.size()).consistency(from.size()).verify(from.root(), to.root());
        }
    }

    /** The tiles of one level that a tree has beyond those that were full at an earlier size. */
    private static Iterable<TileId> ids(int level, long begin, long size) {
        long first = TileId.hashes(begin, level) / TileId.FULL;
        long end = (TileId.hashes(size, level) + TileId.FULL - 1) / TileId.FULL;
        return () -> Stream.iterate(first, index -> index < end, index -> index + 1)
                .map(index -> TileId.in(size, level, index))
                .iterator();
    }

    private void write(String path, byte[] bytes) throws IOException {
        Path target = root.resolve(path);
        Files.createDirectories(target.getParent());
        Path part = root.resolve(".part");
        try (FileChannel out = FileChannel.open(
                part, StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.TRUNCATE_EXISTING)) {
            ByteBuffer left = ByteBuffer.wrap(bytes);
            while (left.hasRemaining()) {
                out.write(left);
            }
            out.force(true);
        }
        Files.move(part, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    /** A partial tile may go once the full one is there. */
    private void removePartial(long begin, long size) throws IOException {
        for (int level = TileId.ENTRIES; TileId.hashes(size, level) > 0; level++) {
            for (TileId id : ids(level, begin, size)) {
                Path partial = root.resolve(TilePath.format(id) + ".p");
                if (id.isFull() && Files.isDirectory(partial)) {
                    try (Stream<Path> files = Files.list(partial)) {
                        for (Path file : files.toList()) {
                            Files.delete(file);
                        }
                    }
                    Files.delete(partial);
                }
            }
        }
    }

    private Path path(TileId id) {
        return root.resolve(TilePath.format(id));
    }
}
