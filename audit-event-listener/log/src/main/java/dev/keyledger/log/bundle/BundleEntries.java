package dev.keyledger.log.bundle;

import dev.keyledger.log.FormatException;
import dev.keyledger.log.checkpoint.SignedCheckpoint;
import dev.keyledger.log.json.JsonObject;
import dev.keyledger.log.json.JsonReader;
import dev.keyledger.log.tile.TileId;
import java.io.IOException;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/** Finds single entries in a bundle, complete or partial. What it returns has not been verified. */
public final class BundleEntries {
    private static final int MAX_NOTE = 1_000_000;

    private BundleEntries() {}

    /** Returns the bytes of a leaf; throws when the bundle does not hold the entry. */
    public static byte[] leaf(LogSource files, long index) throws IOException {
        if (files.has(BundlePath.LEAVES)) {
            return leafOfRange(files, index);
        }
        long size = SignedCheckpoint.parse(files.read(BundlePath.CHECKPOINT, MAX_NOTE))
                .checkpoint()
                .head()
                .size();
        if (index < 0 || index >= size) {
            throw absent(index);
        }
        TileId id = TileId.in(size, TileId.ENTRIES, index / TileId.FULL);
        return new FileTileSource(files).entries(id).entry((int) (index - id.start()));
    }

    /** Returns the line of {@code private.jsonl} that belongs to the entry; null when there is none. */
    public static @Nullable String privatePart(LogSource files, long index) throws IOException {
        if (!files.has(BundlePath.PRIVATE)) {
            return null;
        }
        String start = "{\"index\":" + index + ",";
        try (BoundedLines lines = new BoundedLines(files.open(BundlePath.PRIVATE))) {
            for (String line = lines.next(); line != null; line = lines.next()) {
                if (line.startsWith(start)) {
                    return line;
                }
            }
        }
        return null;
    }

    private static byte[] leafOfRange(LogSource files, long index) throws IOException {
        try (BoundedLines lines = new BoundedLines(files.open(BundlePath.LEAVES))) {
            for (String line = lines.next(); line != null; line = lines.next()) {
                JsonObject json = JsonReader.parseObject(line);
                if (json.integer("index") == index) {
                    return leafOf(json);
                }
            }
        }
        throw absent(index);
    }

    /** Decodes the leaf of one line of {@code leaves.jsonl}. */
    public static byte[] leafOf(JsonObject line) {
        String base64 = line.string("leaf");
        try {
            return Base64.getDecoder().decode(base64);
        } catch (IllegalArgumentException e) {
            throw new FormatException("leaf is not base64", e);
        }
    }

    private static FormatException absent(long index) {
        return new FormatException("entry " + index + " is not in this bundle");
    }
}
