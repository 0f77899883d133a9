package dev.keyledger.e2e.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.abort;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.keyledger.e2e.Command;
import java.io.ByteArrayInputStream;
import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;

/** The verifier in Go, {@code golang.org/x/mod/sumdb}, which shares no line with Keyledger. */
final class GoVerifier {

    private static final Path SOURCES = Path.of("foreign-verifier");
    private static final Path TOOL = Path.of("target", "foreign-verifier").toAbsolutePath();
    private static final String FSCK = "github.com/transparency-dev/tessera/cmd/fsck@v1.0.4";

    private GoVerifier() {}

    /** Builds the tool; skips the test, aloud, where there is no Go. */
    static void build() {
        boolean installed = Arrays.stream(
                        System.getenv().getOrDefault("PATH", "").split(File.pathSeparator, -1))
                .anyMatch(place -> Files.isExecutable(Path.of(place, "go")));
        if (!installed) {
            skip("go is not on the PATH");
        }
        if (Command.run(SOURCES, "go", "mod", "download").exitCode() != 0) {
            skip("golang.org/x/mod cannot be downloaded here");
        }
        Command build = Command.run(SOURCES, "go", "build", "-o", TOOL.toString(), ".");
        assertThat(build.exitCode()).as(build.output()).isZero();
    }

    /** Lets it judge a folder. */
    static Command judge(Path folder) {
        return Command.run(folder, TOOL.toString(), folder.toString());
    }

    /** The same for a folder that brings no key of its own. */
    static Command judge(Path folder, String vkey) {
        return Command.run(folder, TOOL.toString(), "-vkey", vkey, folder.toString());
    }

    /**
     * Builds the checker of Tessera, the log server of the transparency.dev community, which wants Go 1.25; skips the
     * test, aloud, where that cannot be done, and where {@code -Dkeyledger.tests=all} is not given: it takes minutes.
     */
    static Path tesseraFsck() {
        assumeTrue("all".equals(System.getProperty("keyledger.tests")), "Tessera's fsck: with -Dkeyledger.tests=all");
        build();
        Path tool = TOOL.resolveSibling("fsck");
        if (!Files.isExecutable(tool)) {
            Command installed = Command.run(SOURCES, "env", "GOBIN=" + tool.getParent(), "go", "install", FSCK);
            if (installed.exitCode() != 0) {
                skip("Tessera's fsck cannot be built here: "
                        + installed.output().strip());
            }
        }
        return tool;
    }

    /** Lets Tessera's checker, which wants HTTP, judge the tiles of a folder. */
    static boolean fsck(Path tool, Path tiles, String vkey) throws IOException {
        HttpServer files = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        files.createContext("/", exchange -> serve(tiles, exchange));
        files.start();
        try {
            return fsck(tool, "http://localhost:" + files.getAddress().getPort() + "/", vkey);
        } finally {
            files.stop(0);
        }
    }

    /**
     * Whether it says that the log is whole. Its exit code is 0 either way, and where a tile differs it never ends: then
     * {@code timeout} ends it.
     */
    static boolean fsck(Path tool, String url, String vkey) throws IOException {
        Path key = Files.writeString(Files.createTempFile("keyledger", ".vkey"), vkey);
        return Command.run(
                        Path.of("."),
                        "timeout",
                        "5",
                        tool.toString(),
                        "-ui=false",
                        "-storage_url=" + url,
                        "-public_key=" + key)
                .output()
                .contains("Successfully fsck'd log");
    }

    /** Unpacks a bundle. */
    static Path unpack(byte[] zip, Path target) throws IOException {
        try (ZipInputStream files = new ZipInputStream(new ByteArrayInputStream(zip))) {
            for (ZipEntry entry = files.getNextEntry(); entry != null; entry = files.getNextEntry()) {
                Path file = target.resolve(entry.getName()).normalize();
                assertThat(file).startsWithRaw(target);
                Files.createDirectories(file.getParent());
                Files.write(file, files.readAllBytes());
            }
        }
        return target;
    }

    private static void serve(Path root, HttpExchange exchange) throws IOException {
        Path file = root.resolve(exchange.getRequestURI().getPath().substring(1));
        boolean found = Files.isRegularFile(file);
        byte[] bytes = found ? Files.readAllBytes(file) : new byte[0];
        exchange.sendResponseHeaders(found ? 200 : 404, bytes.length == 0 ? -1 : bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    private static void skip(String reason) {
        System.out.println("SKIPPED: a foreign verifier is not run, because " + reason);
        abort(reason);
    }
}
