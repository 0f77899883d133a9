package dev.keyledger.log.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keyledger.log.VerificationException;
import dev.keyledger.log.bundle.PrivateSlot;
import dev.keyledger.log.bundle.TileFolder;
import dev.keyledger.log.checkpoint.SignedCheckpoint;
import dev.keyledger.log.checkpoint.TlogProof;
import dev.keyledger.log.entry.Salt;
import dev.keyledger.log.entry.Slot;
import dev.keyledger.log.json.JsonObject;
import dev.keyledger.log.json.JsonReader;
import dev.keyledger.log.json.JsonString;
import dev.keyledger.log.merkle.ConsistencyProof;
import dev.keyledger.log.merkle.Hash;
import dev.keyledger.log.merkle.LogHasher;
import dev.keyledger.log.merkle.TreeHead;
import dev.keyledger.log.verify.SampleLog;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MainTest {
    private final SampleLog log = new SampleLog(20);

    @TempDir
    Path folder = Path.of("");

    private String bundle = "";

    @BeforeEach
    void writeBundle() throws IOException {
        bundle = Files.write(folder.resolve("acme.zip"), log.bundle()).toString();
    }

    @Test
    void verifiesABundle() {
        Run run = run("verify", bundle);

        assertThat(run.code).isEqualTo(0);
        assertThat(run.lastLine()).isEqualTo("VERIFIED 20 entries of audit.example.com/audit/acme at size 20");
        assertThat(run.lines()).allMatch(line -> line.matches("(OK  |SKIP|FAIL) .*|VERIFIED .*"));
        assertThat(run.err).isEmpty();
    }

    @Test
    void verifiesWithTheAuditorsKeyAndKeptCheckpoint() throws IOException {
        Path since =
                Files.writeString(folder.resolve("old"), log.checkpointAt(7).format());

        Run run = run("verify", bundle, "--vkey=" + log.signer.verifierKey(), "--since", since.toString());

        assertThat(run.code).isEqualTo(0);
        assertThat(run.out).contains(", the key that you named", "nothing up to size 7, which you kept, was rewritten");
    }

    @Test
    void saysThatABundleWasTamperedWith() throws IOException {
        byte[] leaf = log.tiles.leaves.get(4);
        leaf[leaf.length - 10] ^= 1;
        Files.write(Path.of(bundle), log.bundle());

        Run run = run("verify", bundle);

        assertThat(run.code).isEqualTo(1);
        assertThat(run.lastLine()).startsWith("TAMPERED 20 entries").contains("entry 4: ");
    }

    @Test
    void saysThatABundleIsIncomplete() throws IOException {
        Path policy = Files.writeString(
                folder.resolve("policy"),
                "witness w witness.example.org/w1+f3c080b6+BCmsuuFBvMrwsi4alNNNC8c2HlJtC/4SyJeUvJMilm3X\nquorum w\n");

        Run run = run("verify", bundle, "--policy", policy.toString());

        assertThat(run.code).isEqualTo(2);
        assertThat(run.lastLine()).startsWith("INCOMPLETE 20 entries");
    }

    @Test
    void reportsInJson() {
        Run run = run("verify", bundle, "--json");

        assertThat(run.code).isEqualTo(0);
        JsonObject json = JsonReader.parseObject(run.out.strip());
        assertThat(json.get("verdict")).isEqualTo(new JsonString("VERIFIED"));
        assertThat(json.integer("entries")).isEqualTo(20);
    }

    @Test
    void provesAnEntry() throws VerificationException {
        Run run = run("prove", bundle, "13");

        assertThat(run.code).isEqualTo(0);
        TlogProof.parse(run.out).verify(LogHasher.leaf(log.tiles.leaves.get(13)));
    }

    @Test
    void inspectsABundleAndAnEntry() {
        assertThat(run("inspect", bundle).out)
                .contains("entries    [0, 20)", log.checkpoint.checkpoint().origin());
        assertThat(run("inspect", bundle, "2").out)
                .contains("leaf       {\"c\":{\"actor\":", "Zoë actor 2", "leaf hash  ");
    }

    @Test
    void handsOutNoProofOfAnEntryThatIsNotWhatWasSigned() throws IOException {
        byte[] leaf = log.tiles.leaves.get(4);
        leaf[leaf.length - 10] ^= 1;
        Files.write(Path.of(bundle), log.bundle());

        Run run = run("prove", bundle, "4");

        assertThat(run.code).isEqualTo(1);
        assertThat(run.err).startsWith("keyledger: no proof: ").hasLineCount(1);
        assertThat(run.out).isEmpty();
    }

    @Test
    void provesThatTheLogContinuesAKeptCheckpoint() throws IOException, VerificationException {
        SignedCheckpoint old = log.checkpointAt(7);
        Path since = Files.writeString(folder.resolve("old"), old.format());

        Run run = run("prove", bundle, "--since", since.toString());

        assertThat(run.code).isEqualTo(0);
        new ConsistencyProof(7, 20, run.lines().stream().map(Hash::ofBase64).toList())
                .verify(
                        old.checkpoint().head().root(),
                        log.checkpoint.checkpoint().head().root());
    }

    @Test
    void cannotProveThatTheLogContinuesAnotherHistory() throws IOException {
        SignedCheckpoint forked = log.sign(new TreeHead(7, LogHasher.leaf(new byte[] {1})));
        Path since = Files.writeString(folder.resolve("forked"), forked.format());

        Run run = run("prove", bundle, "--since", since.toString());

        assertThat(run.code).isEqualTo(1);
        assertThat(run.out).isEmpty();
    }

    @Test
    void listsEntriesOneALine() {
        Run run = run("inspect", bundle, "--entries", "--from", "2", "--to", "5");

        assertThat(run.code).isEqualTo(0);
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

        Run run = run(words.toArray(String[]::new));

        assertThat(run.code).as(run.err).isEqualTo(0);
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

        assertThat(run("inspect", bundle, "--subject", "zoe").lines())
                .extracting(line -> line.replaceAll(" .*", ""))
                .containsExactly("5", "9");
        assertThat(run("inspect", bundle, "--subject", "u2").lines())
                .extracting(line -> line.replaceAll(" .*", ""))
                .containsExactly("12");
        assertThat(run("inspect", bundle, "--entries", "--from", "14", "--to", "16").out)
                .contains("-> (ERASED by entry 3)", "-> (sealed)");
    }

    @Test
    void saysThatTheWholePrivatePartOfAnEntryIsMissing() throws IOException {
        log.parts.get(14).clear();
        log.parts.get(19).clear();
        Files.write(Path.of(bundle), log.bundle());

        assertThat(run("inspect", bundle, "--entries", "--from", "14", "--to", "15").out)
                .contains("(MISSING) -> (MISSING)");
        assertThat(run("inspect", bundle, "--entries", "--from", "19").out).contains("(MISSING) -> (MISSING)");
    }

    @Test
    void saysWhatBecameOfAChangeThatIsNotThereAnyMore() throws IOException {
        log.parts.get(3).put(Slot.CHANGE, new PrivateSlot.Erased(9));
        Files.write(Path.of(bundle), log.bundle());
        assertThat(run("inspect", bundle, "--entries", "--from", "3", "--to", "4").out)
                .contains("change (ERASED by entry 9)");

        log.parts.get(3).remove(Slot.CHANGE);
        Files.write(Path.of(bundle), log.bundle());
        assertThat(run("inspect", bundle, "--entries", "--from", "3", "--to", "4").out)
                .contains("change (MISSING)");
    }

    @Test
    void listsEntriesInJson() {
        Run run = run("inspect", bundle, "--json", "--from", "2", "--to", "3");

        JsonObject json = JsonReader.parseObject(run.out.strip());
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

        assertThat(run("inspect", partial.toString(), "--entries").lines()).hasSize(2);
        assertThat(run("inspect", partial.toString(), "--from", "5").out).contains("Zoë actor 5");
        assertThat(run("inspect", tiles.toString(), "--entries").lines())
                .hasSize(20)
                .allMatch(line -> line.contains("(sealed) -> (sealed)"));
        Run follow = run("inspect", tiles.toString(), "--subject", "zoe");
        assertThat(follow.code).isEqualTo(4);
        assertThat(follow.err).contains("no private.jsonl is there").hasLineCount(1);
    }

    @Test
    void drawsItsProgressOnATerminalAndWipesItAway() throws IOException {
        SampleLog larger = new SampleLog(600);
        Path file = Files.write(folder.resolve("larger.zip"), larger.bundle());

        Run run = run(true, "verify", file.toString());

        assertThat(run.code).isEqualTo(0);
        assertThat(run.err)
                .contains("  42 %  256 of 600 entries", "  85 %  512 of 600 entries")
                .endsWith(" \r");
        assertThat(run.lastLine()).startsWith("VERIFIED 600 entries");
    }

    private void put(int index, Slot slot, String id, String name) {
        JsonObject value = new JsonObject(Map.of("id", new JsonString(id), "name", new JsonString(name)));
        log.parts.get(index).put(slot, new PrivateSlot.Open(Salt.random(new SecureRandom()), value));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "rewrite",
                "verify",
                "verify a b",
                "verify a --vkey",
                "verify a --vkey nonsense",
                "verify a --fast",
                "prove a",
                "prove a -1",
                "prove a 99999999999999999999",
                "prove a --since",
                "prove a 1 --since b",
                "inspect",
                "inspect a 1 --kind user",
                "inspect a --kind robot",
                "inspect a --after yesterday",
                "inspect a --to -1"
            })
    void explainsItsUsage(String line) {
        Run run = run(
                Arrays.stream(line.split(" ")).filter(word -> !word.isEmpty()).toArray(String[]::new));

        assertThat(run.code).isEqualTo(3);
        assertThat(run.err).startsWith("keyledger: ").contains("usage: ");
        assertThat(run.out).isEmpty();
    }

    @Test
    void saysInOneLineWhatItCannotRead() throws IOException {
        Path garbage = Files.writeString(folder.resolve("garbage.zip"), "this is no zip");
        Path cut = Files.write(folder.resolve("cut.zip"), Arrays.copyOf(log.bundle(), 5_000));
        Path badPolicy = Files.writeString(folder.resolve("policy"), "quorum nobody\n");
        List<Run> runs = List.of(
                run("verify", folder.resolve("absent.zip").toString()),
                run("verify", garbage.toString()),
                run("verify", cut.toString()),
                run("verify", Files.createDirectory(folder.resolve("empty")).toString()),
                run("verify", bundle, "--policy", badPolicy.toString()),
                run("verify", bundle, "--since", folder.resolve("absent").toString()),
                run("inspect", bundle, "20"),
                run("prove", garbage.toString(), "0"));

        for (Run run : runs) {
            assertThat(run.code).as(run.err).isEqualTo(4);
            assertThat(run.err).startsWith("keyledger: cannot read: ").hasLineCount(1);
            assertThat(run.out).isEmpty();
        }
    }

    @Test
    void neverShowsAStackTraceWhateverByteOfTheZipIsChanged() throws IOException {
        byte[] good = Files.readAllBytes(Path.of(bundle));
        for (int at = 0; at < good.length; at += 37) {
            byte[] bad = good.clone();
            bad[at] ^= 0x10;
            Files.write(Path.of(bundle), bad);

            Run run = run("verify", bundle);

            assertThat(run.code).as("byte " + at).isIn(0, 1, 4);
            assertThat(run.out + run.err).doesNotContain("\tat ", "unexpectedly");
        }
    }

    private static Run run(String... args) {
        return run(false, args);
    }

    private static Run run(boolean terminal, String... args) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        ExitCode code = Main.run(
                List.of(args),
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8),
                terminal);
        return new Run(code.code(), out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
    }

    private record Run(int code, String out, String err) {
        List<String> lines() {
            return out.lines().toList();
        }

        String lastLine() {
            return lines().get(lines().size() - 1);
        }
    }
}
