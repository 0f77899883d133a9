package dev.keyledger.log.tile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keyledger.log.VerificationException;
import dev.keyledger.log.merkle.ConsistencyProof;
import dev.keyledger.log.merkle.Hash;
import dev.keyledger.log.merkle.InclusionProof;
import dev.keyledger.log.merkle.ReferenceTree;
import dev.keyledger.log.verify.MemoryTiles;
import java.io.IOException;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;

class ProofBuilderPropertyTest {
    private static final int MAX = 66_000;

    private static final ReferenceTree REFERENCE = ReferenceTree.decimal(MAX);
    private static final MemoryTiles TILES = new MemoryTiles(REFERENCE.leaves());

    @Property(tries = 601, edgeCases = EdgeCasesMode.NONE)
    void provesWhatTheReferenceTreeProves(
            @ForAll @IntRange(max = 600) int size,
            @ForAll @IntRange(max = 599) int index,
            @ForAll @IntRange(max = 600) int from)
            throws IOException {
        ProofBuilder proofs = new ProofBuilder(TILES, size);

        assertThat(proofs.head().root()).isEqualTo(REFERENCE.root(size));
        if (index < size) {
            assertThat(proofs.inclusion(index).hashes()).isEqualTo(REFERENCE.path(index, size));
            assertThat(InclusionProof.length(index, size))
                    .isEqualTo(REFERENCE.path(index, size).size());
        }
        if (from <= size) {
            List<Hash> wanted = from == 0 ? List.of() : REFERENCE.proof(from, size);
            assertThat(proofs.consistency(from).hashes()).isEqualTo(wanted);
            assertThat(ConsistencyProof.length(from, size)).isEqualTo(wanted.size());
        }
    }

    @Property(tries = 60)
    void provesAroundThePowersOf256(@ForAll("aroundPowers") int size, @ForAll @IntRange(max = MAX) int other)
            throws IOException, VerificationException {
        ProofBuilder proofs = new ProofBuilder(TILES, size);
        int index = other % size;
        Hash root = proofs.head().root();

        proofs.inclusion(index).verify(REFERENCE.leafHash(index), root);
        proofs.inclusion(size - 1).verify(REFERENCE.leafHash(size - 1), root);
        proofs.consistency(index).verify(new ProofBuilder(TILES, index).head().root(), root);
    }

    @Property(tries = 60)
    void touchesAtMostTwoTilesPerLevel(@ForAll("aroundPowers") int size, @ForAll @IntRange(max = MAX) int other)
            throws IOException {
        int before = TILES.tilesRead();

        new ProofBuilder(TILES, size).inclusion(other % size);

        int levels = size < 256 ? 1 : size < 65_536 ? 2 : 3;
        assertThat(TILES.tilesRead() - before).isLessThanOrEqualTo(2 * levels);
    }

    @Provide
    Arbitrary<Integer> aroundPowers() {
        return Arbitraries.of(256, 512, 65_536)
                .flatMap(power -> Arbitraries.integers().between(-3, 3).map(offset -> power + offset));
    }
}
