package dev.keyledger.log.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keyledger.log.VerificationException;
import dev.keyledger.log.bundle.PrivateSlot;
import dev.keyledger.log.bundle.TileFolder;
import dev.keyledger.log.entry.Salt;
import dev.keyledger.log.entry.Slot;
import dev.keyledger.log.json.JsonObject;
import dev.keyledger.log.json.JsonReader;
import dev.keyledger.log.json.JsonString;
import dev.keyledger.log.verify.SampleLog;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code inspect} as a list: one entry a line, with filters. */
class InspectEntriesTest {
    private final SampleLog log = new SampleLog(20);

    @TempDir
    Path folder = Path.of("");

    private String bundle = "";

    @BeforeEach
    void writeBundle() throws IOException {
        bundle = Files.write(folder.resolve("acme.zip"), log.bundle()).toString();
    }

    @Test
    void listsEntriesOneALine() {
        Run run = Run.of("inspect", bundle, "--entries", "--from", "2", "--to", "5");

        assertThat(run.code()).isEqualTo(0);
        assertThat(run.lines())
                .containsExactly(
                        "2  2026-01-01T00:00:00.002Z  scim   UPDATE USER  ok  \"Zoë actor 2\" -> \"Zoë target 2\"",
                        "3  2026-01-01T00:00:00.003Z  system ERASURE USER  ok  \"Zoë actor 3\" -> \"Zoë target 3\"  []",
                        "4  2026-01-01T00:00:00.004Z  scim   UPDATE USER  ok  \"Zoë actor 4\" -> \"Zoë target 4\"");
    }

    @ParameterizedTest
    @CsvSource({
        "--kind system, 1",
        "--op update, 19",
        "--op UPDATE --op ERASURE, 20",
        "--res group, 0",
        "--failed, 0",
        "--after 2026-01-01T00:00:00.018Z, 2",
        "--before 2026-01-01T00:00:00.018Z, 18",
        "--before 2026-01-01, 20",
        "--before 2025-12-31, 0",
        "--after 2026-01-02, 0",
        "--kind scim --from 3 --to 5, 1"
    })
    void showsTheEntriesThatFit(String filters, int count) {
        List<String> words = new ArrayList<>(List.of("inspect", bundle));
        words.addAll(List.of(filters.split(" ")));

        Run run = Run.of(words.toArray(String[]::new));

        assertThat(run.code()).as(run.err()).isEqualTo(0);
        assertThat(run.lines()).hasSize(count);
    }

    @Test
    void followsOneSubjectThroughHisNamesAndThroughErasure() throws IOException {
        put(5, Slot.TARGET, "u1", "zoe");
        put(9, Slot.ACTOR, "u1", "zoe.married");
        put(12, Slot.TARGET, "u2", "zoe.else");
        log.parts.get(14).put(Slot.TARGET, new PrivateSlot.Erased(3));
        log.parts.get(15).put(Slot.TARGET, new PrivateSlot.Sealed());
        Files.write(Path.of(bundle), log.bundle());

        assertThat(Run.of("inspect", bundle, "--subject", "zoe").lines())
                .extracting(line -> line.replaceAll(" .*", ""))
                .containsExactly("5", "9");
        assertThat(Run.of("inspect", bundle, "--subject", "u2").lines())
                .extracting(line -> line.replaceAll(" .*", ""))
                .containsExactly("12");
        assertThat(Run.of("inspect", bundle, "--entries", "--from", "14", "--to", "16")
                        .out())
                .contains("-> (ERASED by entry 3)", "-> (sealed)");
    }

    @Test
    void saysThatTheWholePrivatePartOfAnEntryIsMissing() throws IOException {
        log.parts.get(14).clear();
        log.parts.get(19).clear();
        Files.write(Path.of(bundle), log.bundle());

        assertThat(Run.of("inspect", bundle, "--entries", "--from", "14", "--to", "15")
                        .out())
                .contains("(MISSING) -> (MISSING)");
        assertThat(Run.of("inspect", bundle, "--entries", "--from", "19").out()).contains("(MISSING) -> (MISSING)");
    }

    @Test
    void saysWhatBecameOfAChangeThatIsNotThereAnyMore() throws IOException {
        log.parts.get(3).put(Slot.CHANGE, new PrivateSlot.Erased(9));
        Files.write(Path.of(bundle), log.bundle());
        assertThat(Run.of("inspect", bundle, "--entries", "--from", "3", "--to", "4")
                        .out())
                .contains("change (ERASED by entry 9)");

        log.parts.get(3).remove(Slot.CHANGE);
        Files.write(Path.of(bundle), log.bundle());
        assertThat(Run.of("inspect", bundle, "--entries", "--from", "3", "--to", "4")
                        .out())
                .contains("change (MISSING)");
    }

    @Test
    void listsEntriesInJson() {
        Run run = Run.of("inspect", bundle, "--json", "--from", "2", "--to", "3");

        JsonObject json = JsonReader.parseObject(run.out().strip());
        assertThat(json.integer("index")).isEqualTo(2);
        assertThat(json.object("entry").string("op")).isEqualTo("UPDATE");
        assertThat(json.object("slots").object("actor").object("value").string("name"))
                .isEqualTo("Zoë actor 2");
    }

    @Test
    void listsTheEntriesOfAPartialBundleAndOfAFolderOfTiles() throws IOException, VerificationException {
        Path partial = Files.write(
                folder.resolve("partial.zip"), SampleLog.write(log.request().range(4, 6)));
        Path tiles = Files.createDirectory(folder.resolve("tiles"));
        new TileFolder(tiles).follow(log.tiles, log.checkpoint);

        assertThat(Run.of("inspect", partial.toString(), "--entries").lines()).hasSize(2);
        assertThat(Run.of("inspect", partial.toString(), "--from", "5").out()).contains("Zoë actor 5");
        assertThat(Run.of("inspect", tiles.toString(), "--entries").lines())
                .hasSize(20)
                .allMatch(line -> line.contains("(sealed) -> (sealed)"));
        Run follow = Run.of("inspect", tiles.toString(), "--subject", "zoe");
        assertThat(follow.code()).isEqualTo(4);
        assertThat(follow.err()).contains("no private.jsonl is there").hasLineCount(1);
    }

    private void put(int index, Slot slot, String id, String name) {
        JsonObject value = new JsonObject(Map.of("id", new JsonString(id), "name", new JsonString(name)));
        log.parts.get(index).put(slot, new PrivateSlot.Open(Salt.random(new SecureRandom()), value));
    }
}
