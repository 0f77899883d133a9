package dev.keyledger.log;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.keyledger.log.bundle.LogSource;
import dev.keyledger.log.bundle.PrivateEntry;
import dev.keyledger.log.checkpoint.SignedCheckpoint;
import dev.keyledger.log.checkpoint.TlogProof;
import dev.keyledger.log.checkpoint.WitnessPolicy;
import dev.keyledger.log.entry.Entry;
import dev.keyledger.log.json.CanonicalJson;
import dev.keyledger.log.json.JsonArray;
import dev.keyledger.log.json.JsonLiteral;
import dev.keyledger.log.json.JsonNumber;
import dev.keyledger.log.json.JsonObject;
import dev.keyledger.log.json.JsonReader;
import dev.keyledger.log.json.JsonString;
import dev.keyledger.log.json.JsonValue;
import dev.keyledger.log.note.Note;
import dev.keyledger.log.note.VerifierKey;
import dev.keyledger.log.tile.EntryBundle;
import dev.keyledger.log.tile.TileId;
import dev.keyledger.log.tile.TilePath;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

/** Whatever comes in, a parser returns a value or a FormatException, and what it accepts it prints the same way. */
class ParserPropertyTest {
    private static final String CHECKPOINT = Vectors.text("example.checkpoint");
    private static final String PROOF = Vectors.text("example.tlog-proof");
    private static final String LEAF =
            Vectors.tlog().get("leaf_v1_example").get("leaf_jcs").asText();
    private static final List<Consumer<String>> PARSERS = List.of(
            Note::parse,
            SignedCheckpoint::parse,
            TlogProof::parse,
            WitnessPolicy::parse,
            VerifierKey::parse,
            TilePath::parse,
            JsonReader::parse,
            PrivateEntry::parse,
            text -> Note.parse(text.getBytes(StandardCharsets.UTF_8)),
            text -> Entry.parse(text.getBytes(StandardCharsets.UTF_8)),
            text -> EntryBundle.parse(TileId.entries(0, 1), text.getBytes(StandardCharsets.UTF_8)));

    @Property(tries = 500)
    void takesAnyText(@ForAll String text) {
        PARSERS.forEach(parser -> parses(parser, text));
    }

    @Property(tries = 2_000)
    void takesDamagedText(
            @ForAll("good") String good, @ForAll @IntRange(max = 5_000) int at, @ForAll("pieces") String piece) {
        int cut = at % (good.length() + 1);
        String inserted = good.substring(0, cut) + piece + good.substring(cut);
        String replaced =
                good.substring(0, cut) + piece + good.substring(Math.min(good.length(), cut + piece.length()));
        for (Consumer<String> parser : PARSERS) {
            parses(parser, inserted);
            parses(parser, replaced);
            parses(parser, good.substring(0, cut));
        }
    }

    @Property(tries = 500)
    void printsWhatItAccepts(@ForAll("good") String good, @ForAll @IntRange(max = 5_000) int at, @ForAll byte change) {
        byte[] bytes = good.getBytes(StandardCharsets.UTF_8);
        bytes[at % bytes.length] ^= change;
        try {
            assertThat(Note.parse(bytes).format().getBytes(StandardCharsets.UTF_8))
                    .isEqualTo(bytes);
        } catch (FormatException e) {
            assertThat(e).hasMessageNotContaining("\n");
        }
    }

    @Property(tries = 500)
    void readsTheCanonicalJsonThatItWrites(@ForAll("json") JsonValue value) throws JsonProcessingException {
        String text = CanonicalJson.format(value);

        assertThat(JsonReader.parse(text)).isEqualTo(value);
        assertThat(CanonicalJson.format(JsonReader.parse(text))).isEqualTo(text);
        ObjectMapper other = new ObjectMapper();
        assertThat(CanonicalJson.format(JsonReader.parse(other.readTree(text).toString())))
                .isEqualTo(text);
    }

    @Property(tries = 200)
    void opensAnyFileAsAZipOrRefusesIt(@ForAll @Size(max = 200) byte[] bytes) throws IOException {
        Path file = Files.createTempFile("fuzz", ".zip");
        try (LogSource files = LogSource.open(Files.write(file, bytes))) {
            assertThat(files.paths()).isEmpty();
        } catch (FormatException e) {
            assertThat(e).hasMessageStartingWith("not a zip: ");
        } finally {
            Files.delete(file);
        }
    }

    @Provide
    Arbitrary<String> good() {
        return Arbitraries.of(
                CHECKPOINT,
                PROOF,
                LEAF,
                "tile/0/x001/x234/067.p/5",
                "{\"index\":7,\"slots\":{\"net\":{\"sealed\":true},\"target\":{\"erased\":12}}}",
                "witness w witness.example.org/w1+f3c080b6+BCmsuuFBvMrwsi4alNNNC8c2HlJtC/4SyJeUvJMilm3X\nquorum w\n");
    }

    @Provide
    Arbitrary<String> pieces() {
        return Arbitraries.oneOf(
                Arbitraries.of("\n", "\n\n", "\u2014 ", "=", "+", "{", "\"", "\\u", "0", "-1", "x", "\u0000", "\ud800"),
                Arbitraries.strings().ofMaxLength(5));
    }

    @Provide
    Arbitrary<JsonValue> json() {
        Arbitrary<JsonValue> leaves = Arbitraries.oneOf(
                Arbitraries.strings().map(JsonString::of),
                Arbitraries.doubles().map(JsonNumber::new),
                Arbitraries.longs().between(-(1L << 53) + 1, (1L << 53) - 1).map(JsonNumber::of),
                Arbitraries.of(JsonLiteral.class));
        return Arbitraries.recursive(
                () -> leaves,
                inner -> Arbitraries.oneOf(
                        inner.list().ofMaxSize(4).map(JsonArray::new),
                        Arbitraries.maps(
                                        Arbitraries.strings()
                                                .map(key -> JsonString.of(key).value()),
                                        inner)
                                .ofMaxSize(4)
                                .map(JsonObject::new)),
                0,
                3);
    }

    private static void parses(Consumer<String> parser, String text) {
        try {
            parser.accept(text);
        } catch (FormatException e) {
            assertThat(e.getMessage()).isNotBlank();
        }
    }
}
