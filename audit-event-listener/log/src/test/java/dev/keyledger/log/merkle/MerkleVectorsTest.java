package dev.keyledger.log.merkle;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.keyledger.log.Vectors;
import dev.keyledger.log.VerificationException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class MerkleVectorsTest {
    private final JsonNode vectors = Vectors.tlog();
    private final List<Hash> roots = Vectors.hashes(vectors.get("roots"));

    @Test
    void hashesTheClassicLeaves() {
        List<Hash> hashes = new ArrayList<>();
        vectors.get("leaves_hex").forEach(leaf -> hashes.add(LogHasher.leaf(Vectors.hex(leaf))));

        assertThat(hashes).isEqualTo(Vectors.hashes(vectors.get("leaf_hashes")));
    }

    @Test
    void computesTheRootOfEverySize() {
        CompactRange.Appender range = CompactRange.empty().appender();
        List<Hash> computed = new ArrayList<>(List.of(range.toRange().root()));
        for (JsonNode leaf : vectors.get("leaves_hex")) {
            range.append(LogHasher.leaf(Vectors.hex(leaf)));
            computed.add(range.toRange().root());
        }

        assertThat(computed).isEqualTo(roots);
    }

    @Test
    void computesTheRootsOfTheBigTree() {
        CompactRange.Appender range = CompactRange.empty().appender();
        JsonNode wanted = vectors.get("decimal_roots");
        int compared = 0;
        for (int i = 0; i < 70_000; i++) {
            range.append(LogHasher.leaf(Integer.toString(i).getBytes(StandardCharsets.US_ASCII)));
            JsonNode root = wanted.get(Integer.toString(i + 1));
            if (root != null) {
                assertThat(range.toRange().root().toHex()).isEqualTo(root.asText());
                compared++;
            }
        }
        assertThat(compared).isEqualTo(13);
    }

    @Test
    void acceptsEveryInclusionProof() throws VerificationException {
        List<Hash> leaves = Vectors.hashes(vectors.get("leaf_hashes"));
        for (JsonNode vector : vectors.get("inclusion")) {
            int index = vector.get("index").asInt();
            int size = vector.get("size").asInt();
            InclusionProof proof = new InclusionProof(index, size, Vectors.hashes(vector.get("path")));

            assertThat(proof.rootFrom(leaves.get(index))).isEqualTo(roots.get(size));
        }
        assertThat(vectors.get("inclusion")).hasSize(36);
    }

    @Test
    void acceptsEveryConsistencyProof() throws VerificationException {
        for (JsonNode vector : vectors.get("consistency")) {
            int from = vector.get("from").asInt();
            int to = vector.get("to").asInt();

            new ConsistencyProof(from, to, Vectors.hashes(vector.get("path"))).verify(roots.get(from), roots.get(to));
        }
        assertThat(vectors.get("consistency")).hasSize(36);
    }
}
