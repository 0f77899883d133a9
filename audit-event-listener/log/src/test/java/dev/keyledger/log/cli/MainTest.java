package dev.keyledger.log.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keyledger.log.VerificationException;
import dev.keyledger.log.checkpoint.SignedCheckpoint;
import dev.keyledger.log.checkpoint.TlogProof;
import dev.keyledger.log.json.JsonObject;
import dev.keyledger.log.json.JsonReader;
import dev.keyledger.log.json.JsonString;
import dev.keyledger.log.merkle.ConsistencyProof;
import dev.keyledger.log.merkle.Hash;
import dev.keyledger.log.merkle.LogHasher;
import dev.keyledger.log.merkle.TreeHead;
import dev.keyledger.log.verify.SampleLog;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
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
        Run run = Run.of("verify", bundle);

        assertThat(run.code()).isEqualTo(0);
        assertThat(run.lastLine()).isEqualTo("VERIFIED 20 entries of audit.example.com/audit/acme at size 20");
        assertThat(run.lines()).allMatch(line -> line.matches("(OK  |SKIP|FAIL) .*|VERIFIED .*"));
        assertThat(run.err()).isEmpty();
    }

    @Test
    void verifiesWithTheAuditorsKeyAndKeptCheckpoint() throws IOException {
        Path since =
                Files.writeString(folder.resolve("old"), log.checkpointAt(7).format());

        Run run = Run.of("verify", bundle, "--vkey=" + log.signer.verifierKey(), "--since", since.toString());

        assertThat(run.code()).isEqualTo(0);
        assertThat(run.out())
                .contains(", the key that you named", "nothing up to size 7, which you kept, was rewritten");
    }

    @Test
    void saysThatABundleWasTamperedWith() throws IOException {
        byte[] leaf = log.tiles.leaves.get(4);
        leaf[leaf.length - 10] ^= 1;
        Files.write(Path.of(bundle), log.bundle());

        Run run = Run.of("verify", bundle);

        assertThat(run.code()).isEqualTo(1);
        assertThat(run.lastLine()).startsWith("TAMPERED 20 entries").contains("entry 4: ");
    }

    @Test
    void saysThatABundleIsIncomplete() throws IOException {
        Path policy = Files.writeString(
                folder.resolve("policy"),
                "witness w witness.example.org/w1+f3c080b6+BCmsuuFBvMrwsi4alNNNC8c2HlJtC/4SyJeUvJMilm3X\nquorum w\n");

        Run run = Run.of("verify", bundle, "--policy", policy.toString());

        assertThat(run.code()).isEqualTo(2);
        assertThat(run.lastLine()).startsWith("INCOMPLETE 20 entries");
    }

    @Test
    void reportsInJson() {
        Run run = Run.of("verify", bundle, "--json");

        assertThat(run.code()).isEqualTo(0);
        JsonObject json = JsonReader.parseObject(run.out().strip());
        assertThat(json.get("verdict")).isEqualTo(new JsonString("VERIFIED"));
        assertThat(json.integer("entries")).isEqualTo(20);
    }

    @Test
    void provesAnEntry() throws VerificationException {
        Run run = Run.of("prove", bundle, "13");

        assertThat(run.code()).isEqualTo(0);
        TlogProof.parse(run.out()).verify(LogHasher.leaf(log.tiles.leaves.get(13)));
    }

    @Test
    void inspectsABundleAndAnEntry() {
        assertThat(Run.of("inspect", bundle).out())
                .contains("entries    [0, 20)", log.checkpoint.checkpoint().origin());
        assertThat(Run.of("inspect", bundle, "2").out())
                .contains("leaf       {\"c\":{\"actor\":", "Zoë actor 2", "leaf hash  ");
    }

    @Test
    void handsOutNoProofOfAnEntryThatIsNotWhatWasSigned() throws IOException {
        byte[] leaf = log.tiles.leaves.get(4);
        leaf[leaf.length - 10] ^= 1;
        Files.write(Path.of(bundle), log.bundle());

        Run run = Run.of("prove", bundle, "4");

        assertThat(run.code()).isEqualTo(1);
        assertThat(run.err()).startsWith("keyledger: no proof: ").hasLineCount(1);
        assertThat(run.out()).isEmpty();
    }

    @Test
    void provesThatTheLogContinuesAKeptCheckpoint() throws IOException, VerificationException {
        SignedCheckpoint old = log.checkpointAt(7);
        Path since = Files.writeString(folder.resolve("old"), old.format());

        Run run = Run.of("prove", bundle, "--since", since.toString());

        assertThat(run.code()).isEqualTo(0);
        new ConsistencyProof(7, 20, run.lines().stream().map(Hash::ofBase64).toList())
                .verify(
                        old.checkpoint().head().root(),
                        log.checkpoint.checkpoint().head().root());
    }

    @Test
    void cannotProveThatTheLogContinuesAnotherHistory() throws IOException {
        SignedCheckpoint forked = log.sign(new TreeHead(7, LogHasher.leaf(new byte[] {1})));
        Path since = Files.writeString(folder.resolve("forked"), forked.format());

        Run run = Run.of("prove", bundle, "--since", since.toString());

        assertThat(run.code()).isEqualTo(1);
        assertThat(run.out()).isEmpty();
    }

    @Test
    void drawsItsProgressOnATerminalAndWipesItAway() throws IOException {
        SampleLog larger = new SampleLog(600);
        Path file = Files.write(folder.resolve("larger.zip"), larger.bundle());

        Run run = Run.onTerminal("verify", file.toString());

        assertThat(run.code()).isEqualTo(0);
        assertThat(run.err())
                .contains("  42 %  256 of 600 entries", "  85 %  512 of 600 entries")
                .endsWith(" \r");
        assertThat(run.lastLine()).startsWith("VERIFIED 600 entries");
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
        Run run = Run.of(
                Arrays.stream(line.split(" ")).filter(word -> !word.isEmpty()).toArray(String[]::new));

        assertThat(run.code()).isEqualTo(3);
        assertThat(run.err()).startsWith("keyledger: ").contains("usage: ");
        assertThat(run.out()).isEmpty();
    }

    @Test
    void saysInOneLineWhatItCannotRead() throws IOException {
        Path garbage = Files.writeString(folder.resolve("garbage.zip"), "this is no zip");
        Path cut = Files.write(folder.resolve("cut.zip"), Arrays.copyOf(log.bundle(), 5_000));
        Path badPolicy = Files.writeString(folder.resolve("policy"), "quorum nobody\n");
        List<Run> runs = List.of(
                Run.of("verify", folder.resolve("absent.zip").toString()),
                Run.of("verify", garbage.toString()),
                Run.of("verify", cut.toString()),
                Run.of("verify", Files.createDirectory(folder.resolve("empty")).toString()),
                Run.of("verify", bundle, "--policy", badPolicy.toString()),
                Run.of("verify", bundle, "--since", folder.resolve("absent").toString()),
                Run.of("inspect", bundle, "20"),
                Run.of("prove", garbage.toString(), "0"));

        for (Run run : runs) {
            assertThat(run.code()).as(run.err()).isEqualTo(4);
            assertThat(run.err()).startsWith("keyledger: cannot read: ").hasLineCount(1);
            assertThat(run.out()).isEmpty();
        }
    }

    @Test
    void neverShowsAStackTraceWhateverByteOfTheZipIsChanged() throws IOException {
        byte[] good = Files.readAllBytes(Path.of(bundle));
        for (int at = 0; at < good.length; at += 37) {
            byte[] bad = good.clone();
            bad[at] ^= 0x10;
            Files.write(Path.of(bundle), bad);

            Run run = Run.of("verify", bundle);

            assertThat(run.code()).as("byte " + at).isIn(0, 1, 4);
            assertThat(run.out() + run.err()).doesNotContain("\tat ", "unexpectedly");
        }
    }
}
