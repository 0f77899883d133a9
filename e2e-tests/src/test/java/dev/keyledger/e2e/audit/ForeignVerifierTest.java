package dev.keyledger.e2e.audit;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.keyledger.e2e.AdminClient;
import dev.keyledger.e2e.AuditLog;
import dev.keyledger.e2e.Command;
import dev.keyledger.e2e.SharedServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * {@code golang.org/x/mod/sumdb}, which shares no line with Keyledger, judges what a real server serves: the checkpoint, the
 * tiles, the inclusion proofs and a consistency proof. Skipped, aloud, where there is no Go.
 */
class ForeignVerifierTest {

    @TempDir
    Path folder = Path.of("");

    @BeforeAll
    static void buildTheTool() {
        GoVerifier.build();
    }

    @Test
    void goOpensOurCheckpointAndChecksOurProofs() throws IOException {
        AdminClient admin = SharedServer.H2.admin();
        String realm = SharedServer.H2.freshRealm("foreign");
        AuditLog log = admin.auditLog(realm);
        createUsers(admin, realm, 0, 3);
        JsonNode before = log.awaitSealed();
        createUsers(admin, realm, 3, 9);
        long size = log.awaitSealed().get("signedSize").asLong();

        Path whole = GoVerifier.unpack(log.http().get("/bundle").expect(200).bytes(), folder.resolve("whole"));
        Files.writeString(
                whole.resolve("checkpoint.old"), before.get("checkpoint").asText());
        long from = before.get("signedSize").asLong();
        Files.writeString(whole.resolve("consistency.txt"), consistency(log, from, size));
        Command judged = GoVerifier.judge(whole);
        assertThat(judged.output())
                .contains("OK   root of " + size + " entries", "OK   consistency from size " + from + " to " + size)
                .contains("VERIFIED");
        assertThat(judged.exitCode()).isZero();

        Path part = GoVerifier.unpack(
                log.http().get("/bundle?from=1&to=6").expect(200).bytes(), folder.resolve("part"));
        Command parted = GoVerifier.judge(part);
        assertThat(parted.output()).contains("OK   5 inclusion proofs", "VERIFIED");
        assertThat(parted.exitCode()).isZero();

        Files.writeString(whole.resolve("consistency.txt"), consistency(log, from - 1, size));
        assertThat(GoVerifier.judge(whole).exitCode())
                .as("a proof for another size")
                .isEqualTo(1);
    }

    /** What {@code prove} makes of a whole bundle takes the place of what the server has made. */
    @Test
    void goBelievesTheProofsThatTheCommandMakes() throws IOException {
        AdminClient admin = SharedServer.H2.admin();
        String realm = SharedServer.H2.freshRealm("proved");
        createUsers(admin, realm, 0, 6);
        AuditLog log = admin.auditLog(realm);
        log.awaitSealed();
        byte[] zip = log.http().get("/bundle").expect(200).bytes();
        Path bundle = Files.write(folder.resolve("bundle.zip"), zip);
        Path whole = GoVerifier.unpack(zip, folder.resolve("proved-whole"));
        log.awaitSealed();
        Path part = GoVerifier.unpack(
                log.http().get("/bundle?from=3&to=4").expect(200).bytes(), folder.resolve("proved-part"));
        Files.copy(whole.resolve("checkpoint"), part.resolve("checkpoint"), StandardCopyOption.REPLACE_EXISTING);
        Path proof = part.resolve("proofs/3.tlog-proof");
        assertThat(GoVerifier.judge(part).exitCode())
                .as("the server's proof is for another size")
                .isEqualTo(1);

        Command proved = prove(bundle, 3);
        Files.writeString(proof, proved.output());
        Command judged = GoVerifier.judge(part);
        assertThat(judged.output()).contains("OK   1 inclusion proofs", "VERIFIED");
        assertThat(judged.exitCode()).isZero();

        Files.writeString(proof, prove(bundle, 2).output());
        assertThat(GoVerifier.judge(part).exitCode()).as("of another entry").isEqualTo(1);
    }

    private static Command prove(Path bundle, int index) {
        return Evidence.run("prove", bundle.toString(), Integer.toString(index));
    }

    /** Of the bundle the tiles alone: it knows neither manifest nor private parts. */
    @Test
    void tesseraAgreesAboutTheTilesOfABundleAndSeesADamagedOne() throws IOException {
        Path tool = GoVerifier.tesseraFsck();
        AdminClient admin = SharedServer.H2.admin();
        String realm = SharedServer.H2.freshRealm("tessera");
        createUsers(admin, realm, 0, 3);
        AuditLog log = admin.auditLog(realm);
        String vkey = log.awaitSealed().get("vkey").asText();
        Path bundle = GoVerifier.unpack(log.http().get("/bundle").expect(200).bytes(), folder.resolve("bundle"));

        assertThat(GoVerifier.fsck(tool, bundle, vkey)).isTrue();

        Path entries = onlyFile(bundle.resolve("tile/entries/000.p"));
        byte[] damaged = Files.readAllBytes(entries);
        damaged[damaged.length / 2] ^= 1;
        Files.write(entries, damaged);
        assertThat(GoVerifier.fsck(tool, bundle, vkey)).isFalse();
    }

    private static Path onlyFile(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.findFirst().orElseThrow();
        }
    }

    private static void createUsers(AdminClient admin, String realm, int from, int to) {
        for (int i = from; i < to; i++) {
            admin.createUser(realm, "user-" + i, "password");
        }
    }

    private static String consistency(AuditLog log, long from, long to) {
        JsonNode proof = log.http()
                .get("/consistency?from=" + from + "&to=" + to)
                .expect(200)
                .json();
        return StreamSupport.stream(proof.get("hashes").spliterator(), false)
                .map(JsonNode::asText)
                .collect(Collectors.joining("\n"));
    }
}
