package dev.keyledger.log.tile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.keyledger.log.FormatException;
import dev.keyledger.log.Vectors;
import dev.keyledger.log.merkle.ReferenceTree;
import dev.keyledger.log.verify.MemoryTiles;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TileVectorsTest {
    private static final int SIZE = 70_000;

    private final JsonNode vectors = Vectors.tlog();
    private final MemoryTiles tiles =
            new MemoryTiles(ReferenceTree.decimal(SIZE).leaves());

    @Test
    void writesTheBytesOfHashTiles() {
        vectors.get("tiles_70000_sample_sha256_of_tile_bytes").properties().forEach(vector -> {
            TileId id = TilePath.parse(vector.getKey());
            byte[] bytes = tiles.tile(id).encode();

            assertThat(sha256(bytes))
                    .as(vector.getKey())
                    .isEqualTo(vector.getValue().asText());
            assertThat(Tile.parse(id, bytes)).isEqualTo(tiles.tile(id));
        });
    }

    @Test
    void writesTheBytesOfEntryBundles() {
        JsonNode wanted = vectors.get("entries_sha256");

        assertThat(sha256(tiles.entries(TileId.entries(0, 256)).encode()))
                .isEqualTo(wanted.get("tile/entries/000").asText());
        assertThat(sha256(tiles.entries(TileId.entries(273, 112)).encode()))
                .isEqualTo(wanted.get("tile/entries/273.p/112").asText());
        assertThat(HexFormat.of().formatHex(tiles.entries(TileId.entries(0, 3)).encode()))
                .isEqualTo(wanted.get("tile/entries/000.p/3 (hex)").asText());
    }

    @Test
    void countsTheTilesOfATree() {
        int count = 0;
        for (int level = 0; level < 8; level++) {
            count += TileId.level(SIZE, level).size();
        }

        assertThat(count).isEqualTo(vectors.get("tiles_70000_count").asInt());
    }

    @Test
    void spellsTileIndices() {
        vectors.get("tile_index_encoding").properties().forEach(vector -> {
            TileId id = new TileId(2, Long.parseLong(vector.getKey()), 256);
            String path = "tile/2/" + vector.getValue().asText();

            assertThat(TilePath.format(id)).isEqualTo(path);
            assertThat(TilePath.parse(path)).isEqualTo(id);
        });
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "tile/0/5",
                "tile/00/005",
                "tile/64/005",
                "tile/0/x000/005",
                "tile/0/005.p/0",
                "tile/0/005.p/256",
                "tile/0/005.p/01",
                "tile/0/005/",
                "tile/8/0/005",
                "tile/0/001/000",
                "tile/entries/x001",
                "tile/-1/000",
                "tile/0/../checkpoint",
                ""
            })
    void refusesOtherSpellings(String path) {
        assertThatThrownBy(() -> TilePath.parse(path)).isInstanceOf(FormatException.class);
    }

    @Test
    void refusesABundleThatIsCutOff() {
        byte[] bytes = tiles.entries(TileId.entries(0, 3)).encode();

        for (int length = 0; length < bytes.length; length++) {
            byte[] cut = Arrays.copyOf(bytes, length);
            assertThatThrownBy(() -> EntryBundle.parse(TileId.entries(0, 3), cut))
                    .isInstanceOf(FormatException.class);
        }
    }

    private static String sha256(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
