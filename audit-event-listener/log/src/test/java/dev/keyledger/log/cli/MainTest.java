package dev.keyledger.log.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keyledger.log.VerificationException;
import dev.keyledger.log.checkpoint.TlogProof;
import dev.keyledger.log.json.JsonObject;
import dev.keyledger.log.json.JsonReader;
import dev.keyledger.log.json.JsonString;
import dev.keyledger.log.merkle.LogHasher;
import dev.keyledger.log.verify.SampleLog;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
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
                "inspect"
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
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        ExitCode code = Main.run(
                List.of(args),
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8));
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
