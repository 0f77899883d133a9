package dev.keyledger.log.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.keyledger.log.VerificationException;
import dev.keyledger.log.verify.LargeLog;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/**
 * The command as an auditor starts it, with a heap of 32 MiB, on a log that is many times larger than that: 100,000
 * entries are 36 MB of leaves alone. {@code -Dkeyledger.large-log=1000000} makes it a million.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class LargeLogTest {
    private static final Path SCRIPT = Path.of("/usr/bin/script");
    private static final int SIZE = Integer.getInteger("keyledger.large-log", 100_000);

    private final LargeLog log = new LargeLog(SIZE);

    private Path folder = Path.of("");
    private String bundle = "";
    private String tiles = "";

    @BeforeAll
    void write(@TempDir Path temporary) throws IOException, VerificationException {
        folder = temporary;
        bundle = log.bundle(folder.resolve("large.zip")).toString();
        tiles = log.folder(folder.resolve("tiles")).toString();
    }

    @Test
    void verifiesABundleInALittleMemory() throws IOException, InterruptedException {
        assertThat(run("verify", bundle, "--vkey", log.vkey()))
                .startsWith("0 ")
                .endsWith("VERIFIED " + SIZE + " entries of " + LargeLog.ORIGIN + " at size " + SIZE + "\n");
    }

    @Test
    void verifiesAFolderOfTilesInALittleMemory() throws IOException, InterruptedException {
        assertThat(run("verify", tiles, "--vkey", log.vkey()))
                .startsWith("0 ")
                .endsWith("VERIFIED " + SIZE + " entries of " + LargeLog.ORIGIN + " at size " + SIZE + "\n");
    }

    @Test
    void namesTheOneEntryOfAllThatWasChanged() throws IOException, InterruptedException, VerificationException {
        Path damaged = log.folder(folder.resolve("damaged"));
        int entry = 256 * 77 + 3;
        Path file = damaged.resolve("tile/entries/077");
        byte[] bytes = Files.readAllBytes(file);
        // All leaves have one length, and two bytes of it before each. The last digit of the time is before ,"v":1}.
        int leaf = LargeLog.leaf(entry).length;
        bytes[3 * (2 + leaf) + 2 + leaf - 8] ^= 1;
        Files.write(file, bytes);

        assertThat(run("verify", damaged.toString(), "--vkey", log.vkey()))
                .startsWith("1 ")
                .contains("entry " + entry + ": leaf hash is ");
    }

    @Test
    void readsAndProvesInALittleMemory() throws IOException, InterruptedException {
        int last = SIZE - 1;
        assertThat(run("inspect", bundle, "--from", Integer.toString(last))).contains("\n" + last + "  2026-");
        assertThat(run("prove", tiles, Integer.toString(last)))
                .startsWith("0 ")
                .contains("c2sp.org/tlog-proof@v1\nindex " + last + "\n");
    }

    /** Of util-linux: lets a command believe that it has a terminal, which is what it is asked about. */
    @Test
    void drawsABarOnARealTerminalAndNoneWhereTheOutputGoesElsewhere() throws IOException, InterruptedException {
        assumeTrue(
                Files.isExecutable(SCRIPT) && Files.isDirectory(Path.of("/proc")),
                "skipped: there is no script of util-linux");
        String verify = String.join(" ", command("verify", bundle, "--vkey", "'" + log.vkey() + "'"));
        String plain = "VERIFIED " + SIZE + " entries";

        String shown = run(List.of(SCRIPT.toString(), "-qec", verify, "/dev/null"));
        List<String> drawn = Pattern.compile("\r\\[#*\\.*\\] +[0-9]+ %  [0-9,]+ of [0-9,]+ entries")
                .matcher(shown)
                .results()
                .map(MatchResult::group)
                .toList();
        assertThat(drawn).as(shown).hasSizeBetween(90, 101).doesNotHaveDuplicates();
        assertThat(drawn.get(drawn.size() - 1)).contains("]  99 %").contains("#".repeat(39) + ".");
        assertThat(shown.substring(shown.lastIndexOf('%')))
                .as("wiped away before the report")
                .matches("(?s)[^\r]*\r +\r(OK|SKIP).*\nVERIFIED .*");

        String elsewhere = run(List.of(SCRIPT.toString(), "-qec", verify + " | cat", "/dev/null"));
        assertThat(elsewhere).contains(plain).doesNotContain(" %  ");
    }

    /** The exit code, a newline, and what was printed. */
    private static String run(String... args) throws IOException, InterruptedException {
        return run(command(args));
    }

    private static List<String> command(String... args) {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx32m",
                "-XX:+UseSerialGC",
                "-cp",
                Path.of("target", "classes").toString(),
                Main.class.getName()));
        command.addAll(List.of(args));
        return command;
    }

    private static String run(List<String> command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        process.getOutputStream().close();
        String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return process.waitFor() + " \n" + out;
    }
}
