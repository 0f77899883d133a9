package dev.keyledger.log.verify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.abort;

import dev.keyledger.log.bundle.LogKey;
import dev.keyledger.log.bundle.LogSource;
import dev.keyledger.log.note.VerifierKey;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Lets {@code golang.org/x/mod/sumdb} judge our bundles, good and bad. Skipped, aloud, where there is no Go. */
class ForeignVerifierTest {
    private static final Path SOURCES = Path.of("..", "..", "e2e-tests", "foreign-verifier");
    private static final Path TOOL = Path.of("target", "foreign-verifier").toAbsolutePath();

    private final SampleLog log = new SampleLog(300);

    @TempDir
    Path folder = Path.of("");

    @BeforeAll
    static void buildTheTool() throws IOException, InterruptedException {
        if (!goIsInstalled()) {
            skip("go is not on the PATH");
        }
        if (run(SOURCES, "go", "mod", "download").code != 0) {
            skip("golang.org/x/mod cannot be downloaded here");
        }
        Run build = run(SOURCES, "go", "build", "-o", TOOL.toString(), ".");
        assertThat(build.code).as(build.output).isZero();
    }

    @Test
    void opensACompleteBundle() throws IOException, InterruptedException {
        Run run = verify(unpack(SampleLog.write(log.request().since(log.checkpointAt(123)))));

        assertThat(run.output)
                .contains("OK   root of 300 entries", "OK   consistency from size 123 to 300", "VERIFIED");
        assertThat(run.code).isZero();
    }

    @Test
    void checksTheProofsOfAPartialBundle() throws IOException, InterruptedException {
        Run run = verify(unpack(SampleLog.write(log.request().range(0, 299))));

        assertThat(run.output).contains("OK   299 inclusion proofs", "VERIFIED");
        assertThat(run.code).isZero();
    }

    @Test
    void agreesAboutTheKeyId() throws IOException, InterruptedException {
        Path unpacked = unpack(log.bundle());
        Files.delete(unpacked.resolve("keys.txt"));

        Run run = run(folder, TOOL.toString(), "-vkey", log.signer.verifierKey().toString(), unpacked.toString());

        assertThat(run.code).as(run.output).isZero();
    }

    @Test
    void opensABundleOverARotation() throws IOException, InterruptedException {
        SampleLog rotated = new SampleLog(300, 200);
        LogKey second = rotated.introduced(rotated.checkpointAt(201, rotated.signer, rotated.next));

        Run run = verify(unpack(SampleLog.write(rotated.request(
                rotated.checkpointAt(300, rotated.next), LogKey.first(rotated.signer.verifierKey()), second))));

        assertThat(run.output).contains("OK   root of 300 entries", "VERIFIED");
        assertThat(run.code).isZero();
    }

    @Test
    void passesOverAKeyThatItDoesNotKnow() throws IOException, InterruptedException {
        VerifierKey other = VerifierKey.of(SampleLog.ORIGIN, (byte) 0x7f, new byte[32]);

        Run run = verify(unpack(SampleLog.write(
                log.request(log.checkpoint, LogKey.first(log.signer.verifierKey()), LogKey.first(other)))));

        assertThat(run.output).contains("SKIP key of another type", "OK   root of 300 entries", "VERIFIED");
        assertThat(run.code).isZero();
    }

    @Test
    void refusesEveryTamperedBundle() throws IOException, InterruptedException {
        refuses(log.bundle(), "checkpoint", "checkpoint: ");
        refuses(log.bundle(), "keys.txt", "");
        refuses(log.bundle(), "tile/0/000", "does not have the leaf hash of its tile");
        refuses(log.bundle(), "tile/entries/001.p/44", "");
        refuses(SampleLog.write(log.request().since(log.checkpointAt(123))), "consistency.txt", "");
        refuses(SampleLog.write(log.request().range(7, 9)), "proofs/8.tlog-proof", "");
        refuses(SampleLog.write(log.request().range(7, 9)), "leaves.jsonl", "");
    }

    @Test
    void refusesALogWithAnEditedRow() throws IOException, InterruptedException {
        byte[] leaf = log.tiles.leaves.get(42);
        leaf[leaf.length - 10] ^= 1;

        Run run = verify(unpack(log.bundle()));

        assertThat(run.output).contains("FAIL entry 42 does not have the leaf hash of its tile");
        assertThat(run.code).isEqualTo(1);
    }

    private void refuses(byte[] zip, String path, String message) throws IOException, InterruptedException {
        Path unpacked = unpack(zip);
        Path file = unpacked.resolve(path);
        byte[] bytes = Files.readAllBytes(file);
        bytes[bytes.length / 2] ^= 1;
        Files.write(file, bytes);

        Run run = verify(unpacked);

        assertThat(run.output).as(path).contains("FAIL", message);
        assertThat(run.code).as(path).isEqualTo(1);
    }

    private Path unpack(byte[] zip) throws IOException {
        Path target = Files.createTempDirectory(folder, "unpacked");
        try (LogSource files = LogSource.open(Files.write(folder.resolve("bundle.zip"), zip))) {
            for (String path : files.paths()) {
                Path file = target.resolve(path);
                Files.createDirectories(file.getParent());
                Files.write(file, files.read(path, 10_000_000));
            }
        }
        return target;
    }

    private Run verify(Path unpacked) throws IOException, InterruptedException {
        return run(folder, TOOL.toString(), unpacked.toString());
    }

    private static boolean goIsInstalled() {
        String path = System.getenv().getOrDefault("PATH", "");
        for (String place : path.split(File.pathSeparator, -1)) {
            if (Files.isExecutable(Path.of(place, "go"))) {
                return true;
            }
        }
        return false;
    }

    private static void skip(String reason) {
        System.out.println("SKIPPED: the foreign verifier is not run, because " + reason);
        abort(reason);
    }

    private static Run run(Path folder, String... command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(new ArrayList<>(List.of(command)))
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Run(process.waitFor(), output);
    }

    private record Run(int code, String output) {}
}
