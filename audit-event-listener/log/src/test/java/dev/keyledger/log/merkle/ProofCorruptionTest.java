package dev.keyledger.log.merkle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.keyledger.log.VerificationException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Every proof of every tree up to 17 leaves, cut, padded and changed in every way of the catalogue and in every bit. */
class ProofCorruptionTest {
    private static final int SIZES = 17;

    private final ReferenceTree tree = ReferenceTree.decimal(SIZES);

    @Test
    void refusesEveryCorruptedInclusionProof() throws VerificationException {
        int refused = 0;
        for (int size = 1; size <= SIZES; size++) {
            for (int index = 0; index < size; index++) {
                InclusionProof proof = new InclusionProof(index, size, tree.path(index, size));
                Hash leaf = tree.leafHash(index);
                Hash root = tree.root(size);
                proof.verify(leaf, root);
                for (Map.Entry<String, InclusionProof> bad :
                        corrupted(proof, leaf, root).entrySet()) {
                    assertThatThrownBy(() -> bad.getValue().verify(leaf, root))
                            .as("%s of %s", bad.getKey(), proof)
                            .isInstanceOf(VerificationException.class);
                    refused++;
                }
                for (Hash wrong : wrongHashes(leaf)) {
                    assertThatThrownBy(() -> proof.verify(wrong, root)).isInstanceOf(VerificationException.class);
                    assertThatThrownBy(() -> proof.verify(leaf, wrong)).isInstanceOf(VerificationException.class);
                }
            }
        }
        assertThat(refused).isGreaterThan(100_000);
    }

    @Test
    void refusesEveryCorruptedConsistencyProof() throws VerificationException {
        int refused = 0;
        for (int to = 1; to <= SIZES; to++) {
            for (int from = 0; from <= to; from++) {
                List<Hash> hashes = from == 0 ? List.of() : tree.proof(from, to);
                Hash older = tree.root(from);
                Hash newer = tree.root(to);
                new ConsistencyProof(from, to, hashes).verify(older, newer);
                for (Map.Entry<String, List<Hash>> bad :
                        corrupted(hashes, older, newer).entrySet()) {
                    ConsistencyProof corrupted = new ConsistencyProof(from, to, bad.getValue());
                    assertThatThrownBy(() -> corrupted.verify(older, newer))
                            .as("%s from %d to %d", bad.getKey(), from, to)
                            .isInstanceOf(VerificationException.class);
                    refused++;
                }
                ConsistencyProof proof = new ConsistencyProof(from, to, hashes);
                for (Hash wrong : wrongHashes(older)) {
                    assertThatThrownBy(() -> proof.verify(wrong, newer)).isInstanceOf(VerificationException.class);
                }
                if (from > 0) {
                    for (Hash wrong : wrongHashes(newer)) {
                        assertThatThrownBy(() -> proof.verify(older, wrong)).isInstanceOf(VerificationException.class);
                    }
                }
            }
        }
        assertThat(refused).isGreaterThan(100_000);
    }

    @Test
    void saysHowLongAProofMustBe() {
        InclusionProof cut = new InclusionProof(5, 9, tree.path(5, 9).subList(0, 3));

        assertThatThrownBy(() -> cut.verify(tree.leafHash(5), tree.root(9)))
                .hasMessage("inclusion proof has 3 hashes, want 4 (leafIndex 5, treeSize 9)");
        assertThatThrownBy(() -> new ConsistencyProof(3, 7, List.of()).verify(tree.root(3), tree.root(7)))
                .hasMessage("consistency proof has 0 hashes, want 4 (fromSize 3, toSize 7)");
    }

    @Test
    void carriesBothRootsAsEvidence() {
        InclusionProof proof = new InclusionProof(0, 2, tree.path(0, 2));

        VerificationException refused =
                catchThrowableOfType(VerificationException.class, () -> proof.verify(tree.leafHash(0), tree.root(3)));

        assertThat(refused.evidence())
                .containsEntry("want root", tree.root(3).toBase64())
                .containsEntry("got root", tree.root(2).toBase64());
    }

    @Test
    void provesNothingFromAnEmptyTreeButItsRoot() {
        assertThatThrownBy(() -> new ConsistencyProof(0, 4, List.of()).verify(tree.root(1), tree.root(4)))
                .isInstanceOf(VerificationException.class);
    }

    private Map<String, InclusionProof> corrupted(InclusionProof proof, Hash leaf, Hash root) {
        Map<String, InclusionProof> bad = new LinkedHashMap<>();
        long index = proof.leafIndex();
        long size = proof.treeSize();
        bad.put("leafIdx-plus-1", new InclusionProof(index + 1, size, proof.hashes()));
        bad.put("leafIdx-sub-1", new InclusionProof(index - 1, size, proof.hashes()));
        bad.put("leafIdx-XOR-2", new InclusionProof(index ^ 2, size, proof.hashes()));
        bad.put("treeSize-mul-2", new InclusionProof(index, size * 2, proof.hashes()));
        // Half a tree may need the very same proof only if it holds the leaf at all; then the length differs.
        bad.put("treeSize-div-2", new InclusionProof(index, size / 2, proof.hashes()));
        bad.put("negative size", new InclusionProof(index, -size, proof.hashes()));
        corrupted(proof.hashes(), leaf, root)
                .forEach((name, hashes) -> bad.put(name, new InclusionProof(index, size, hashes)));
        return bad;
    }

    private static Map<String, List<Hash>> corrupted(List<Hash> hashes, Hash first, Hash root) {
        Map<String, List<Hash>> bad = new LinkedHashMap<>();
        for (Hash extra : List.of(first, root, Hash.ZERO)) {
            bad.put("preceding " + extra, inserted(hashes, 0, extra));
            bad.put("trailing " + extra, inserted(hashes, hashes.size(), extra));
        }
        for (int i = 0; i < hashes.size(); i++) {
            bad.put("inserted-component[" + i + "]", inserted(hashes, i, hashes.get(i)));
            List<Hash> removed = new ArrayList<>(hashes);
            removed.remove(i);
            bad.put("removed-component[" + i + "]", removed);
            for (int bit = 0; bit < 8 * Hash.SIZE; bit++) {
                List<Hash> modified = new ArrayList<>(hashes);
                modified.set(i, flipped(hashes.get(i), bit));
                bad.put("modified-proof[" + i + "]-bit-" + bit, modified);
            }
        }
        bad.put("cut to nothing", hashes.isEmpty() ? List.of(root) : List.of());
        return bad;
    }

    private static List<Hash> inserted(List<Hash> hashes, int at, Hash extra) {
        List<Hash> longer = new ArrayList<>(hashes);
        longer.add(at, extra);
        return longer;
    }

    private static List<Hash> wrongHashes(Hash right) {
        return List.of(Hash.ZERO, flipped(right, 0), flipped(right, 255), LogHasher.leaf(new byte[] {42}));
    }

    private static Hash flipped(Hash hash, int bit) {
        byte[] bytes = hash.toBytes();
        bytes[bit / 8] ^= (byte) (1 << bit % 8);
        return Hash.of(bytes);
    }
}
