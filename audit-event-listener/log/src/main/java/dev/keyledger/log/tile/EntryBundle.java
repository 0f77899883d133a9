package dev.keyledger.log.tile;

import dev.keyledger.log.FormatException;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Up to 256 entries in index order; on the wire each is a big-endian 16-bit length and that many bytes. An empty entry
 * stands for one that its storage has lost: no entry of this log is empty, so the verifier names it as missing.
 * Immutable.
 */
public final class EntryBundle {
    private static final int MAX_ENTRY = 65_535;

    private final TileId id;
    private final List<byte[]> entries;

    private EntryBundle(TileId id, List<byte[]> entries) {
        this.id = id;
        this.entries = entries;
        if (!id.isEntries() || entries.size() != id.width()) {
            throw new FormatException(TilePath.format(id) + " has " + entries.size() + " entries, want " + id.width());
        }
    }

    /** Copies the entries, as many as the id is wide, each of at most 65,535 bytes. */
    public static EntryBundle of(TileId id, List<byte[]> entries) {
        List<byte[]> copies = new ArrayList<>(entries.size());
        for (byte[] entry : entries) {
            if (entry.length > MAX_ENTRY) {
                throw new FormatException("entry has " + entry.length + " bytes, want at most " + MAX_ENTRY);
            }
            copies.add(entry.clone());
        }
        return new EntryBundle(id, copies);
    }

    /** Reads the bytes of an entry bundle file, to the last byte. */
    public static EntryBundle parse(TileId id, byte[] bytes) {
        List<byte[]> entries = new ArrayList<>(id.width());
        int at = 0;
        while (at < bytes.length) {
            int end = at + 2 <= bytes.length ? at + 2 + length(bytes, at) : Integer.MAX_VALUE;
            if (end > bytes.length) {
                throw new FormatException(TilePath.format(id) + " is cut off within its entry " + entries.size());
            }
            entries.add(Arrays.copyOfRange(bytes, at + 2, end));
            at = end;
        }
        return new EntryBundle(id, entries);
    }

    public TileId id() {
        return id;
    }

    public int size() {
        return entries.size();
    }

    /** A copy of the bytes of the entry at this offset, {@code 0 <= offset < size()}; empty if it has been lost. */
    public byte[] entry(int offset) {
        return entries.get(offset).clone();
    }

    /** The bundle of the first entries only, {@code 1 <= width <= size()}. */
    public EntryBundle first(int width) {
        return new EntryBundle(TileId.entries(id.index(), width), entries.subList(0, width));
    }

    /** The bytes of the bundle file. */
    public byte[] encode() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(entries.size() * 512);
        for (byte[] entry : entries) {
            bytes.write(entry.length >>> 8);
            bytes.write(entry.length);
            bytes.writeBytes(entry);
        }
        return bytes.toByteArray();
    }

    private static int length(byte[] bytes, int at) {
        return (bytes[at] & 0xff) << 8 | (bytes[at + 1] & 0xff);
    }
}
