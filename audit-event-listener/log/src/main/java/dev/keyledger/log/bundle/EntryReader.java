package dev.keyledger.log.bundle;

import dev.keyledger.log.FormatException;
import dev.keyledger.log.checkpoint.SignedCheckpoint;
import dev.keyledger.log.json.JsonObject;
import dev.keyledger.log.json.JsonReader;
import dev.keyledger.log.tile.EntryBundle;
import dev.keyledger.log.tile.TileId;
import java.io.Closeable;
import java.io.IOException;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads the entries of a bundle, complete or partial, or of a folder of tiles, one after the other in the order of the
 * log. Memory does not grow with their number. What it returns has not been verified.
 */
public final class EntryReader implements Closeable {
    private static final int MAX_NOTE = 1_000_000;

    private final FileTileSource tiles;
    private final long size;
    private final @Nullable BoundedLines leaves;
    private final @Nullable BoundedLines parts;
    private @Nullable EntryBundle tile;
    private @Nullable PrivateEntry part;
    private long next;

    private EntryReader(
            LogSource files, long size, long next, @Nullable BoundedLines leaves, @Nullable BoundedLines parts) {
        this.tiles = new FileTileSource(files);
        this.size = size;
        this.next = next;
        this.leaves = leaves;
        this.parts = parts;
    }

    /** Starts at the entry {@code from}, or at the first one behind it that the bundle has. */
    public static EntryReader open(LogSource files, long from) throws IOException {
        long size = SignedCheckpoint.parse(files.read(BundlePath.CHECKPOINT, MAX_NOTE))
                .checkpoint()
                .head()
                .size();
        BoundedLines leaves = files.has(BundlePath.LEAVES) ? new BoundedLines(files.open(BundlePath.LEAVES)) : null;
        try {
            return new EntryReader(
                    files,
                    size,
                    leaves == null && files.has(Manifest.PATH)
                            ? Math.max(
                                    from,
                                    Manifest.parse(files.read(Manifest.PATH, Manifest.MAX_BYTES))
                                            .from())
                            : from,
                    leaves,
                    files.has(BundlePath.PRIVATE) ? new BoundedLines(files.open(BundlePath.PRIVATE)) : null);
        } catch (IOException e) {
            if (leaves != null) {
                leaves.close();
            }
            throw e;
        }
    }

    /** Returns the next entry; null behind the last one. */
    public @Nullable BundleEntry next() throws IOException {
        return leaves == null ? nextOfTiles() : nextOfLines(leaves);
    }

    @Override
    public void close() throws IOException {
        try {
            if (leaves != null) {
                leaves.close();
            }
        } finally {
            if (parts != null) {
                parts.close();
            }
        }
    }

    private @Nullable BundleEntry nextOfTiles() throws IOException {
        if (next >= size) {
            return null;
        }
        long index = next++;
        EntryBundle held = tile;
        if (held == null || held.id().index() != index / TileId.FULL) {
            held = tiles.entries(TileId.in(size, TileId.ENTRIES, index / TileId.FULL));
            tile = held;
        }
        return BundleEntry.of(index, held.entry((int) (index - held.id().start())), part(index));
    }

    private @Nullable BundleEntry nextOfLines(BoundedLines lines) throws IOException {
        for (String line = lines.next(); line != null; line = lines.next()) {
            JsonObject json = JsonReader.parseObject(line);
            long index = json.integer("index");
            if (index >= next) {
                next = index + 1;
                return BundleEntry.of(index, BundleEntries.leafOf(json), part(index));
            }
        }
        return null;
    }

    /** The private parts come in the same order, with gaps, where the bundle says nothing about any slot. */
    private @Nullable PrivateEntry part(long index) throws IOException {
        if (parts == null) {
            return null;
        }
        while (part == null || part.index() < index) {
            String line = parts.next();
            if (line == null) {
                return new PrivateEntry(index, Map.of());
            }
            try {
                part = PrivateEntry.parse(line);
            } catch (FormatException e) {
                throw new FormatException("private.jsonl line " + parts.number() + ": " + e.getMessage(), e);
            }
        }
        return part.index() == index ? part : new PrivateEntry(index, Map.of());
    }
}
