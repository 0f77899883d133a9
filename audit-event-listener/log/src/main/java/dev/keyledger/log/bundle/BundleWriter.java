package dev.keyledger.log.bundle;

import dev.keyledger.log.checkpoint.Checkpoint;
import dev.keyledger.log.checkpoint.SignedCheckpoint;
import dev.keyledger.log.checkpoint.TlogProof;
import dev.keyledger.log.merkle.ConsistencyProof;
import dev.keyledger.log.merkle.Hash;
import dev.keyledger.log.tile.EntryBundle;
import dev.keyledger.log.tile.ProofBuilder;
import dev.keyledger.log.tile.TileId;
import dev.keyledger.log.tile.TilePath;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.PrimitiveIterator;

/**
 * Streams an evidence bundle. Equal requests give equal bytes. A complete bundle holds every tile and every entry
 * bundle of the tree, one of a pruned log the entry bundles that there are; a partial one holds, for each of its entries, the leaf and a {@code .tlog-proof}. Memory does not
 * grow with the entries, but for the manifest's line per file.
 *
 * <p>The writer does not verify: a damaged log must be exported as it is found, so that the verifier can say where.
 */
public final class BundleWriter {
    /** Of what does not grow with the entries: the read-me, the keys, the checkpoint. */
    private static final long FIXED = 4_096;

    private static final int SAMPLED_PROOFS = 64;

    private final BundleRequest request;
    private final Checkpoint checkpoint;
    private final ZipFileSet files;

    private BundleWriter(BundleRequest request, OutputStream out) {
        this.request = request;
        this.checkpoint = request.checkpoint().checkpoint();
        this.files = new ZipFileSet(out);
    }

    /** Writes the zip and leaves the stream open. After an exception, what was written is to be thrown away. */
    public static void write(BundleRequest request, OutputStream out) throws IOException {
        new BundleWriter(request, out).write();
    }

    /**
     * Estimates how many bytes {@link #write} will write, for whoever shows how far it is: what a sample of the entries takes,
     * from the middle, times their number.
     */
    public static long about(BundleRequest request) throws IOException {
        boolean tree = request.isComplete() || request.scope().withTree();
        Selection selection = request.scope().selection();
        long entries = selection == null ? request.to() - request.from() : selection.size();
        if (entries == 0) {
            return FIXED;
        }
        BundleRequest sample =
                selection == null ? sample(request, tree) : request.selected(selection.some(SAMPLED_PROOFS));
        CountingOutput out = new CountingOutput();
        new BundleWriter(sample, out).writeSample(tree);
        long size = request.checkpoint().checkpoint().head().size();
        return FIXED + out.bytes() * entries / sample.indices().count() + (tree ? size * Hash.SIZE : 0);
    }

    private static BundleRequest sample(BundleRequest request, boolean tree) {
        long middle = request.from() + (request.to() - request.from()) / 2;
        long from = Math.max(request.from(), middle / TileId.FULL * TileId.FULL);
        long to = tree ? (from / TileId.FULL + 1) * TileId.FULL : from + SAMPLED_PROOFS;
        return request.range(from, Math.min(request.to(), to));
    }

    private void writeSample(boolean tree) throws IOException {
        if (tree) {
            TileId id = TileId.in(checkpoint.head().size(), TileId.ENTRIES, request.from() / TileId.FULL);
            files.add(TilePath.format(id), request.tiles().entries(id).encode());
        } else {
            writeLeaves();
            writeProofs();
        }
        writePrivateParts();
        writeManifest();
    }

    private void write() throws IOException {
        text(BundlePath.README, BundleReadme.text(checkpoint.origin()));
        writeKeys();
        text(BundlePath.CHECKPOINT, request.checkpoint().format());
        writeConsistency();
        writeTimestamp();
        if (request.parts().archived() != null) {
            writeTilesOfRange();
        } else if (request.isComplete() || request.scope().withTree()) {
            writeTiles();
        } else {
            writeLeaves();
            writeProofs();
        }
        writePrivateParts();
        writeSealedParts();
        writeManifest();
    }

    /** The manifest comes last because the hashes of what was streamed are known only then. */
    private void writeManifest() throws IOException {
        Selection selection = request.scope().selection();
        Manifest manifest = new Manifest(
                checkpoint.origin(),
                checkpoint.head(),
                request.from(),
                request.to(),
                request.made().time(),
                request.made().creator(),
                files.hashes(),
                selection == null ? null : selection.listed());
        files.add(Manifest.PATH, manifest.encode());
        files.finish();
    }

    private void writeKeys() throws IOException {
        StringBuilder keys = new StringBuilder();
        request.keys().forEach(key -> keys.append(key.format()));
        text(BundlePath.KEYS, keys.toString());
        for (LogKey key : request.keys()) {
            TlogProof introduction = key.introduction();
            if (introduction != null) {
                text(BundlePath.rotation(introduction.proof().leafIndex()), introduction.format());
            }
        }
    }

    private void writeConsistency() throws IOException {
        SignedCheckpoint old = request.old();
        if (old == null) {
            return;
        }
        text(BundlePath.OLD_CHECKPOINT, old.format());
        ProofBuilder proofs =
                new ProofBuilder(request.tiles(), checkpoint.head().size());
        ConsistencyProof proof = proofs.consistency(old.checkpoint().head().size());
        StringBuilder lines = new StringBuilder();
        proof.hashes().forEach(hash -> lines.append(hash.toBase64()).append('\n'));
        text(BundlePath.CONSISTENCY, lines.toString());
    }

    private void writeTimestamp() throws IOException {
        StampedCheckpoint stamp = request.stamp();
        if (stamp != null) {
            String name = BundlePath.TIMESTAMPS
                    + stamp.checkpoint().checkpoint().head().size();
            text(name + BundlePath.STAMPED, stamp.checkpoint().format());
            files.add(name + BundlePath.RESPONSE, Base64.getDecoder().decode(stamp.response()));
        }
    }

    private void writeTiles() throws IOException {
        long size = checkpoint.head().size();
        for (int level = 0; TileId.hashes(size, level) > 0; level++) {
            for (long index = 0; index * TileId.FULL < TileId.hashes(size, level); index++) {
                TileId id = TileId.in(size, level, index);
                files.add(TilePath.format(id), request.tiles().tile(id).encode());
            }
        }
        for (long index = request.from() / TileId.FULL; index * TileId.FULL < size; index++) {
            TileId id = TileId.in(size, TileId.ENTRIES, index);
            files.add(TilePath.format(id), request.tiles().entries(id).encode());
        }
    }

    /** The range's own tiles, every tile above them, and at each level the last one, which the root's edge is made of. */
    private void writeTilesOfRange() throws IOException {
        long size = checkpoint.head().size();
        for (int level = 0; TileId.hashes(size, level) > 0; level++) {
            long tiles = (TileId.hashes(size, level) + TileId.FULL - 1) / TileId.FULL;
            for (long index = 0; index < tiles; index++) {
                if (level > 0 || index == tiles - 1 || isOfRange(index)) {
                    TileId id = TileId.in(size, level, index);
                    files.add(TilePath.format(id), request.tiles().tile(id).encode());
                }
            }
        }
        for (long index = request.from() / TileId.FULL; isOfRange(index); index++) {
            TileId id = TileId.in(size, TileId.ENTRIES, index);
            files.add(TilePath.format(id), request.tiles().entries(id).encode());
        }
    }

    private boolean isOfRange(long tile) {
        return tile * TileId.FULL >= request.from() && tile * TileId.FULL < request.to();
    }

    private void writeLeaves() throws IOException {
        files.begin(BundlePath.LEAVES);
        EntryBundle bundle = null;
        for (PrimitiveIterator.OfLong indices = request.indices().iterator(); indices.hasNext(); ) {
            long index = indices.nextLong();
            if (bundle == null || bundle.id().index() != index / TileId.FULL) {
                bundle = request.tiles()
                        .entries(TileId.in(checkpoint.head().size(), TileId.ENTRIES, index / TileId.FULL));
            }
            byte[] leaf = bundle.entry((int) (index - bundle.id().start()));
            String line =
                    "{\"index\":" + index + ",\"leaf\":\"" + Base64.getEncoder().encodeToString(leaf) + "\"}\n";
            files.write(line.getBytes(StandardCharsets.US_ASCII));
        }
        files.end(BundlePath.LEAVES);
    }

    private void writeProofs() throws IOException {
        ProofBuilder proofs =
                new ProofBuilder(request.tiles(), checkpoint.head().size());
        for (PrimitiveIterator.OfLong indices = request.indices().iterator(); indices.hasNext(); ) {
            long index = indices.nextLong();
            text(BundlePath.proof(index), new TlogProof(proofs.inclusion(index), request.checkpoint()).format());
        }
    }

    private void writePrivateParts() throws IOException {
        PrivateParts parts = request.parts().disclosed();
        if (parts == null) {
            return;
        }
        files.begin(BundlePath.PRIVATE);
        PrimitiveIterator.OfLong indices = request.indices().iterator();
        while (indices.hasNext()) {
            List<Long> piece = new ArrayList<>();
            while (indices.hasNext() && piece.size() < TileId.FULL) {
                piece.add(indices.nextLong());
            }
            for (PrivateEntry entry : parts.read(piece)) {
                files.write((entry.format() + "\n").getBytes(StandardCharsets.UTF_8));
            }
        }
        files.end(BundlePath.PRIVATE);
    }

    private void writeSealedParts() throws IOException {
        SealedParts parts = request.parts().archived();
        if (parts == null) {
            return;
        }
        files.begin(BundlePath.SEALED);
        for (long from = request.from(); from < request.to(); from += TileId.FULL) {
            for (SealedPart part : parts.read(from, Math.min(request.to(), from + TileId.FULL))) {
                files.write((part.format() + "\n").getBytes(StandardCharsets.UTF_8));
            }
        }
        files.end(BundlePath.SEALED);
    }

    private void text(String path, String content) throws IOException {
        files.add(path, content.getBytes(StandardCharsets.UTF_8));
    }

    private static final class CountingOutput extends OutputStream {
        private long bytes;

        long bytes() {
            return bytes;
        }

        @Override
        public void write(int b) {
            bytes++;
        }

        @Override
        public void write(byte[] from, int offset, int length) {
            bytes += length;
        }
    }
}
