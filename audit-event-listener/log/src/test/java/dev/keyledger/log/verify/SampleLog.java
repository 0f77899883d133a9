package dev.keyledger.log.verify;

import dev.keyledger.log.bundle.BundleRequest;
import dev.keyledger.log.bundle.BundleWriter;
import dev.keyledger.log.bundle.LogKey;
import dev.keyledger.log.bundle.PrivateEntry;
import dev.keyledger.log.bundle.PrivateSlot;
import dev.keyledger.log.checkpoint.Checkpoint;
import dev.keyledger.log.checkpoint.SignedCheckpoint;
import dev.keyledger.log.entry.Commitment;
import dev.keyledger.log.entry.Disclosure;
import dev.keyledger.log.entry.Entry;
import dev.keyledger.log.entry.EntryKind;
import dev.keyledger.log.entry.Salt;
import dev.keyledger.log.entry.Slot;
import dev.keyledger.log.json.JsonObject;
import dev.keyledger.log.json.JsonReader;
import dev.keyledger.log.json.JsonString;
import dev.keyledger.log.merkle.CompactRange;
import dev.keyledger.log.merkle.LogHasher;
import dev.keyledger.log.merkle.TreeHead;
import dev.keyledger.log.note.Ed25519Signer;
import dev.keyledger.log.tile.ProofBuilder;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** A small log with entries like those of the server. Its rows can be damaged before a bundle is made of it. */
public final class SampleLog {
    public static final String ORIGIN = "audit.example.com/audit/acme";
    public static final long START = 1_767_225_600_000L;

    /** What the erasure lists. */
    public static final String ERASED = "{\"actor\":\"14\",\"target\":\"6,14-15\"}";

    public final Ed25519Signer signer = Ed25519Signer.generate(ORIGIN, new SecureRandom());
    public final List<Map<Slot, PrivateSlot>> parts = new ArrayList<>();
    public final MemoryTiles tiles;
    public final SignedCheckpoint checkpoint;

    /** The key that {@link #rotation} introduces. */
    public final Ed25519Signer next = Ed25519Signer.generate(ORIGIN, new SecureRandom());

    private final int rotation;

    /** Makes a log; the entry at index 3, if there is one, is an erasure of {@link #ERASED}. */
    public SampleLog(int size) {
        this(size, -1);
    }

    /** Makes a log whose entry at the index {@code rotation} introduces the key {@link #next}. */
    public SampleLog(int size, int rotation) {
        this.rotation = rotation;
        List<byte[]> leaves = new ArrayList<>();
        for (int i = 0; i < size; i++) {
            leaves.add(entry(i).leaf());
        }
        tiles = new MemoryTiles(leaves);
        checkpoint = checkpointAt(size);
    }

    /** Signs what the log had at an earlier size. */
    public SignedCheckpoint checkpointAt(int size) {
        return checkpointAt(size, signer);
    }

    /** Lets these keys sign what the log had at an earlier size. */
    public SignedCheckpoint checkpointAt(int size, Ed25519Signer... signers) {
        CompactRange.Appender range = CompactRange.empty().appender();
        tiles.leaves.subList(0, size).forEach(leaf -> range.append(LogHasher.leaf(leaf)));
        return new Checkpoint(ORIGIN, range.toRange().head()).sign(List.of(signers));
    }

    /** Signs any tree head with the log's key. */
    public SignedCheckpoint sign(TreeHead head) {
        return new Checkpoint(ORIGIN, head).sign(List.of(signer));
    }

    /** The key {@link #next}, as the entry introduces it, under a checkpoint of the first key. */
    public LogKey introduced(SignedCheckpoint older) {
        long size = older.checkpoint().head().size();
        try {
            return LogKey.introduced(
                    next.verifierKey(),
                    tiles.leaves.get(rotation),
                    new ProofBuilder(tiles, size).inclusion(rotation),
                    older);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A bundle under this checkpoint, whose {@code keys.txt} names these keys. */
    public BundleRequest request(SignedCheckpoint under, LogKey... keys) {
        return BundleRequest.complete(under, tiles, this::privateParts, List.of(keys))
                .createdBy("keyledger test", START);
    }

    /** What a complete bundle of the log, as its rows are now, is made from. */
    public BundleRequest request() {
        return BundleRequest.complete(
                        checkpoint, tiles, this::privateParts, List.of(LogKey.first(signer.verifierKey())))
                .createdBy("keyledger test", START);
    }

    public byte[] bundle() {
        return write(request());
    }

    public static byte[] write(BundleRequest request) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try {
            BundleWriter.write(request, out);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }

    private List<PrivateEntry> privateParts(long from, long to) {
        List<PrivateEntry> read = new ArrayList<>();
        for (int i = (int) from; i < to; i++) {
            if (!parts.get(i).isEmpty()) {
                read.add(new PrivateEntry(i, parts.get(i)));
            }
        }
        return read;
    }

    private Entry entry(int i) {
        String id = String.format("0190a1b2-c3d4-7e5f-8a6b-%012x", i);
        boolean erasure = i == 3;
        Map<Slot, Commitment> commitments = new EnumMap<>(Slot.class);
        Map<Slot, PrivateSlot> slots = new EnumMap<>(Slot.class);
        for (Slot slot : List.of(Slot.ACTOR, Slot.TARGET)) {
            JsonObject value = new JsonObject(
                    Map.of("name", new JsonString("Zoë " + slot.label() + " " + i), "type", new JsonString("user")));
            Salt salt = Salt.random(new SecureRandom());
            commitments.put(slot, Commitment.of(ORIGIN, id, new Disclosure(slot, salt, value)));
            slots.put(slot, new PrivateSlot.Open(salt, value));
        }
        if (erasure) {
            JsonObject value = JsonReader.parseObject("{\"after\":null,\"before\":null,\"details\":{\"erased\":"
                    + ERASED + ",\"legalBasis\":\"GDPR 17(1)(b)\",\"log\":\"" + ORIGIN + "\"}}");
            Salt salt = Salt.random(new SecureRandom());
            commitments.put(Slot.CHANGE, Commitment.of(ORIGIN, id, new Disclosure(Slot.CHANGE, salt, value)));
            slots.put(Slot.CHANGE, new PrivateSlot.Open(salt, value));
        }
        parts.add(slots);
        if (i == rotation) {
            String word = LogKey.word(next.verifierKey());
            return new Entry(id, ORIGIN, EntryKind.SYSTEM, true, LogKey.OPERATION, word, START + i, commitments);
        }
        EntryKind kind = erasure ? EntryKind.SYSTEM : EntryKind.SCIM;
        String operation = erasure ? "ERASURE" : "UPDATE";
        return new Entry(id, ORIGIN, kind, true, operation, "USER", START + i, commitments);
    }
}
