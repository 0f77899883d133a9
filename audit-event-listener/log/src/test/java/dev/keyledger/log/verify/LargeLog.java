package dev.keyledger.log.verify;

import dev.keyledger.log.VerificationException;
import dev.keyledger.log.bundle.BundleRequest;
import dev.keyledger.log.bundle.BundleWriter;
import dev.keyledger.log.bundle.LogKey;
import dev.keyledger.log.bundle.TileFolder;
import dev.keyledger.log.checkpoint.Checkpoint;
import dev.keyledger.log.checkpoint.SignedCheckpoint;
import dev.keyledger.log.merkle.CompactRange;
import dev.keyledger.log.merkle.Hash;
import dev.keyledger.log.merkle.LogHasher;
import dev.keyledger.log.note.Ed25519Signer;
import dev.keyledger.log.tile.EntryBundle;
import dev.keyledger.log.tile.Tile;
import dev.keyledger.log.tile.TileId;
import dev.keyledger.log.tile.TileSource;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/**
 * A log of any size whose entries are made when they are read, so that its own memory is small: of each entry it keeps
 * nothing, of each 256 a hash. The entries are like those of the server, 363 bytes with three commitments, which nothing
 * opens.
 */
public final class LargeLog implements TileSource {
    public static final String ORIGIN = "audit.example.com/audit/large";

    private static final Base64.Encoder BASE64 = Base64.getUrlEncoder().withoutPadding();

    private final List<List<Hash>> nodes = new ArrayList<>();
    private final Ed25519Signer signer = Ed25519Signer.generate(ORIGIN, new SecureRandom());
    private final SignedCheckpoint checkpoint;

    public LargeLog(long size) {
        CompactRange.Appender range = CompactRange.empty().appender();
        for (long i = 0; i < size; i++) {
            range.append(LogHasher.leaf(leaf(i)), (node, hash) -> {
                if (node.level() % 8 == 0) {
                    level(node.level() / 8).add(hash);
                }
            });
        }
        checkpoint = new Checkpoint(ORIGIN, range.toRange().head()).sign(List.of(signer));
    }

    /** The leaf of an entry. */
    public static byte[] leaf(long index) {
        String id = String.valueOf(1_000_000_000_000L + index);
        StringBuilder json = new StringBuilder(400).append("{\"c\":{");
        byte[] seed = id.getBytes(StandardCharsets.US_ASCII);
        for (String slot : List.of("actor", "net", "target")) {
            seed = LogHasher.leaf(seed).toBytes();
            json.append(json.length() > 6 ? ",\"" : "\"").append(slot).append("\":\"");
            json.append(BASE64.encodeToString(seed)).append('"');
        }
        return json.append("},\"id\":\"0190a1b2-c3d4-7e5f-8a6b-")
                .append(id, 1, 13)
                .append("\",\"k\":\"user\",\"log\":\"" + ORIGIN
                        + "\",\"ok\":true,\"op\":\"LOGIN\",\"res\":\"USER\",\"t\":")
                .append(SampleLog.START + index)
                .append(",\"v\":1}")
                .toString()
                .getBytes(StandardCharsets.US_ASCII);
    }

    public SignedCheckpoint checkpoint() {
        return checkpoint;
    }

    /** The key that signs, as {@code --vkey} takes it. */
    public String vkey() {
        return signer.verifierKey().toString();
    }

    /** Writes a complete bundle without private parts. */
    public Path bundle(Path file) throws IOException {
        try (OutputStream out = Files.newOutputStream(file)) {
            BundleWriter.write(
                    BundleRequest.complete(checkpoint, this, null, List.of(LogKey.first(signer.verifierKey()))), out);
        }
        return file;
    }

    /** Writes the folder of tiles. */
    public Path folder(Path folder) throws IOException, VerificationException {
        Files.createDirectories(folder);
        new TileFolder(folder).follow(this, checkpoint);
        return folder;
    }

    @Override
    public Tile tile(TileId id) {
        if (id.level() > 0) {
            return new Tile(id, level(id.level()).subList((int) id.start(), (int) id.start() + id.width()));
        }
        List<Hash> hashes = new ArrayList<>(id.width());
        for (int i = 0; i < id.width(); i++) {
            hashes.add(LogHasher.leaf(leaf(id.start() + i)));
        }
        return new Tile(id, hashes);
    }

    @Override
    public EntryBundle entries(TileId id) {
        List<byte[]> leaves = new ArrayList<>(id.width());
        for (int i = 0; i < id.width(); i++) {
            leaves.add(leaf(id.start() + i));
        }
        return EntryBundle.of(id, leaves);
    }

    private List<Hash> level(int level) {
        while (nodes.size() < level) {
            nodes.add(new ArrayList<>());
        }
        return nodes.get(level - 1);
    }
}
