package dev.keyledger.e2e.audit;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.keyledger.e2e.AdminClient;
import dev.keyledger.e2e.Command;
import dev.keyledger.e2e.Distribution;
import dev.keyledger.e2e.Http;
import dev.keyledger.e2e.SharedServer;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/** The signed log as anybody sees it: over HTTP without a login, and in the folder of the server. */
@ParameterizedClass
@MethodSource("dev.keyledger.e2e.SharedServer#any")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class TilesTest {

    private static final String REALM = SharedServer.PUBLISHED;

    /** More than one tile. */
    private static final int GROUPS = 270;

    private static final Duration EXPORTED_WITHIN = Duration.ofSeconds(30);

    @Parameter
    SharedServer kind = SharedServer.H2;

    @TempDir
    Path folder = Path.of("");

    private Http anybody = new Http("");
    private String realmId = "";
    private String vkey = "";
    private long size;

    @BeforeParameterizedClassInvocation
    void fillTheLog() {
        AdminClient admin = kind.admin();
        anybody = new Http(kind.server().baseUrl()).below("/realms/" + REALM + "/audit-log");
        anybody.get("/checkpoint").expect(404);
        admin.createRealm(REALM);
        Http realm = admin.realm(REALM);
        for (int i = 0; i < GROUPS; i++) {
            realm.post("/groups", new ObjectMapper().createObjectNode().put("name", "group-" + i))
                    .expect(201);
        }
        realmId = realm.get("").expect(200).json().get("id").asText();
        var status = admin.auditLog(REALM).awaitSealed();
        vkey = status.get("vkey").asText();
        size = status.get("signedSize").asLong();
        assertThat(size).isGreaterThan(GROUPS);
    }

    @Test
    void everyFileComesAsTlogTilesSays() throws IOException {
        Http.Reply checkpoint = anybody.get("/checkpoint").expect(200);
        assertThat(checkpoint.header("Content-Type")).hasValue("text/plain; charset=utf-8");
        assertThat(checkpoint.header("Cache-Control")).hasValue("public, max-age=1");
        assertThat(checkpoint.text().lines().skip(1).findFirst()).hasValue(Long.toString(size));

        for (String path : paths(size)) {
            Http.Reply file = anybody.get("/" + path).expect(200);
            assertThat(file.header("Content-Type")).as(path).hasValue("application/octet-stream");
            assertThat(file.header("Cache-Control")).as(path).hasValue("public, max-age=31536000, immutable");
        }
        assertThat(anybody.get("/tile/0/000").bytes()).hasSize(8_192);
        assertThat(anybody.get("/tile/1/000.p/1").bytes()).hasSize(32);
        Http.Reply plain = anybody.get("/tile/entries/000");
        Http.Reply zipped = anybody.with("Accept-Encoding", "gzip").get("/tile/entries/000");
        assertThat(zipped.header("Content-Encoding")).hasValue("gzip");
        assertThat(zipped.bytes().length).isLessThan(plain.bytes().length);
        try (GZIPInputStream unzipped = new GZIPInputStream(new ByteArrayInputStream(zipped.bytes()))) {
            assertThat(unzipped.readAllBytes()).isEqualTo(plain.bytes());
        }
    }

    @Test
    void anEpochIsALogOfItsOwn() {
        assertThat(anybody.get("/epochs/1/checkpoint").expect(200).text())
                .isEqualTo(anybody.get("/checkpoint").text());
        assertThat(anybody.get("/epochs/1/tile/0/000").bytes())
                .isEqualTo(anybody.get("/tile/0/000").bytes());
    }

    @Test
    void thereIsNothingElse() {
        for (String path : List.of(
                "/tile/0/001.p/200",
                "/tile/0/001",
                "/tile/1/000.p/2",
                "/tile/2/000.p/1",
                "/tile/64/000",
                "/tile/0/1",
                "/tile/8/0/000",
                "/tile/entries/x000/000",
                "/tile/entries/000.p/256",
                "/epochs/2/checkpoint",
                "/server/checkpoint",
                "/server/tile/0/000.p/1")) {
            Http.Reply reply = anybody.get(path).expect(404);
            assertThat(reply.header("Cache-Control")).as(path).hasValue("no-store");
        }
        for (String path : List.of("", "/", "/entries", "/bundle", "/status", "/private.jsonl")) {
            anybody.get(path).expect(404);
        }
        assertThat(anybody.send("POST", "/checkpoint", new byte[] {1}).status()).isEqualTo(405);
    }

    @Test
    void aRealmThatIsNotNamedShowsNothing() {
        String other = kind.freshRealm("private");
        kind.admin().auditLog(other).awaitSealed();
        Http there = new Http(kind.server().baseUrl());

        assertThat(there.get("/realms/" + other + "/audit-log/checkpoint").text())
                .isEqualTo(there.get("/realms/" + other + "/nothing-here/checkpoint")
                        .text());
        for (String path : List.of("checkpoint", "tile/0/000.p/1", "tile/entries/000.p/1", "server/checkpoint")) {
            there.get("/realms/" + other + "/audit-log/" + path).expect(404);
            there.get("/realms/master/audit-log/" + path).expect(404);
        }
    }

    @Test
    void whatAnybodyFetchesVerifies() throws IOException {
        Path fetched = Files.createDirectories(folder.resolve("fetched"));
        for (String path : paths(size)) {
            write(fetched.resolve(path), anybody.get("/" + path).expect(200).bytes());
        }
        write(fetched.resolve("checkpoint"), anybody.get("/checkpoint").bytes());

        assertVerified(fetched);
    }

    @Test
    void theFolderVerifies() throws IOException {
        assertVerified(exported());
        Set<String> files = new TreeSet<>(paths(size));
        files.add("checkpoint");
        assertThat(filesBelow(exported()))
                .containsAll(files)
                .filteredOn(file -> !files.contains(file))
                .as("beside it there is what earlier checkpoints needed at the right edge")
                .allMatch(file -> file.matches("tile/(0|entries)/001\\.p/[0-9]+"));
    }

    @Test
    void goVerifiesWhatAnybodyFetchesAndTheFolder() throws IOException {
        GoVerifier.build();
        Path fetched = Files.createDirectories(folder.resolve("fetched-for-go"));
        for (String path : paths(size)) {
            write(fetched.resolve(path), anybody.get("/" + path).expect(200).bytes());
        }
        write(fetched.resolve("checkpoint"), anybody.get("/checkpoint").bytes());

        for (Path each : List.of(fetched, exported())) {
            Command judged = GoVerifier.judge(each, vkey);
            assertThat(judged.output()).contains("OK   root of " + size + " entries", "VERIFIED");
            assertThat(judged.exitCode()).isZero();
        }
    }

    @Test
    void tesseraVerifiesTheServerAndTheFolder() throws IOException {
        Path tool = GoVerifier.tesseraFsck();
        assertThat(GoVerifier.fsck(tool, anybody.base() + "/", vkey)).isTrue();
        Path copy = folder.resolve("copy");
        for (String path : filesBelow(exported())) {
            write(copy.resolve(path), Files.readAllBytes(exported().resolve(path)));
        }
        assertThat(GoVerifier.fsck(tool, copy, vkey)).isTrue();

        byte[] entries = Files.readAllBytes(copy.resolve("tile/entries/000"));
        entries[entries.length / 2] ^= 1;
        Files.write(copy.resolve("tile/entries/000"), entries);
        assertThat(GoVerifier.fsck(tool, copy, vkey)).isFalse();
    }

    private void assertVerified(Path tiles) {
        Command verified = Command.verify(Distribution.fromSystemProperties().jar(), tiles, "--vkey", vkey);
        assertThat(verified.output()).contains("VERIFIED").contains("size " + size);
        assertThat(verified.exitCode()).as(verified.output()).isZero();
    }

    /** The folder of the log, once it has what is signed, and no more than that. */
    private Path exported() throws IOException {
        Path log = kind.tiles().resolve(realmId);
        String wanted = anybody.get("/checkpoint").expect(200).text();
        Instant limit = Instant.now().plus(EXPORTED_WITHIN);
        while (!Files.exists(log.resolve("checkpoint"))
                || Files.exists(log.resolve("tile/0/000.p"))
                || !Files.readString(log.resolve("checkpoint")).equals(wanted)) {
            assertThat(Instant.now()).as("time until %s is exported", wanted).isBefore(limit);
            Thread.onSpinWait();
        }
        return log;
    }

    /** The files of a log of this size, which has at most 65,535 entries. */
    private static List<String> paths(long size) {
        List<String> paths = new ArrayList<>();
        for (long tile = 0; tile * 256 < size; tile++) {
            long width = Math.min(256, size - tile * 256);
            String path = String.format("%03d", tile) + (width < 256 ? ".p/" + width : "");
            paths.add("tile/0/" + path);
            paths.add("tile/entries/" + path);
        }
        if (size >= 256) {
            paths.add("tile/1/000.p/" + size / 256);
        }
        return paths;
    }

    private static Set<String> filesBelow(Path root) throws IOException {
        try (Stream<Path> files = Files.walk(root)) {
            return files.filter(Files::isRegularFile)
                    .map(file -> root.relativize(file).toString())
                    .collect(Collectors.toCollection(TreeSet::new));
        }
    }

    private static void write(Path file, byte[] bytes) throws IOException {
        Files.createDirectories(file.getParent());
        Files.write(file, bytes);
    }
}
