package dev.keyledger.e2e.audit;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.keyledger.e2e.AdminClient;
import dev.keyledger.e2e.AuditLog;
import dev.keyledger.e2e.Command;
import dev.keyledger.e2e.DistLauncher;
import dev.keyledger.e2e.Distribution;
import dev.keyledger.e2e.Http;
import dev.keyledger.e2e.SharedServer;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/** Entries leave as CSV and as JSON Lines, and that they do is an entry. */
@ParameterizedClass
@MethodSource("dev.keyledger.e2e.SharedServer#any")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ExportTest {

    private static final ObjectMapper JSON = new ObjectMapper();

    /** More than one piece of an export. */
    private static final int GROUPS = 230;

    @TempDir
    Path folder = Path.of("");

    @Parameter
    SharedServer shared = SharedServer.H2;

    private AdminClient admin = new AdminClient("");
    private AuditLog log = new AuditLog(new Http(""));

    @BeforeParameterizedClassInvocation
    void makeARealmWithEntries() {
        String realm = shared.freshRealm("export");
        admin = shared.admin();
        log = admin.auditLog(realm);
        for (int i = 0; i < GROUPS; i++) {
            admin.realm(realm)
                    .post("/groups", JSON.createObjectNode().put("name", "=group-" + i))
                    .expect(201);
        }
        log.awaitSealed();
    }

    @Test
    void jsonLinesHoldWhatTheSearchFinds() throws JsonProcessingException {
        List<String> found = log.entries("resourceType=GROUP&operation=CREATE").stream()
                .map(entry -> entry.get("id").asText())
                .toList();
        assertThat(found).hasSize(GROUPS);

        Http.Reply reply = log.http()
                .get("/export?format=jsonl&resourceType=GROUP&operation=CREATE&max=1")
                .expect(200);

        List<JsonNode> lines = new ArrayList<>();
        for (String line : reply.text().lines().toList()) {
            lines.add(JSON.readTree(line));
        }
        assertThat(reply.header("Keyledger-Entries-At-Most")).contains(Integer.toString(GROUPS));
        assertThat(reply.header("Content-Disposition").orElseThrow()).contains(".jsonl");
        JsonNode begin = lines.get(0).get("export");
        assertThat(begin.get("filters").get("resourceType").asText()).isEqualTo("GROUP");
        assertThat(begin.get("atMost").asInt()).isEqualTo(GROUPS);
        assertThat(lines.get(lines.size() - 1).get("end").get("entries").asInt())
                .isEqualTo(GROUPS);
        assertThat(lines.subList(1, lines.size() - 1))
                .extracting(line -> line.get("id").asText())
                .isEqualTo(found);
        JsonNode entry = lines.get(1);
        assertThat(entry.get("change").get("after").get("name").asText()).startsWith("=group-");
        assertThat(entry.get("leafHash").asText())
                .isEqualTo(log.entry(found.get(0)).get("leafHash").asText());
    }

    @Test
    void csvHoldsTheSameAndNoFormula() {
        String csv = log.http()
                .get("/export?format=csv&resourceType=GROUP&operation=CREATE")
                .expect(200)
                .text();

        assertThat(csv.lines()).hasSize(GROUPS + 1);
        assertThat(csv).contains("\"'=group-0\"").doesNotContain(",\"=");
    }

    @Test
    void aBundleProvesWhatTheSearchFindsAndHoldsBackWhatIsNotToBeTold() throws IOException {
        Path bundle = bundle("resourceType=GROUP&operation=CREATE&disclose=target");
        Command verified = Command.verify(Distribution.fromSystemProperties().jar(), bundle);
        assertThat(verified.exitCode()).as(verified.output()).isZero();
        assertThat(verified.output())
                .contains(
                        GROUPS + " of " + GROUPS + " hashed",
                        "only " + GROUPS + " entries of a log",
                        "resourceType=GROUP",
                        "open " + GROUPS + ", sealed " + 3 * GROUPS + ", erased 0, missing 0, mismatch 0");
        String first = Files.readString(unpacked(bundle, "private.jsonl"))
                .lines()
                .findFirst()
                .orElseThrow();
        assertThat(first).contains("\"actor\":{\"sealed\":true}", "\"net\":{\"sealed\":true}", "=group-0");

        Command nothing = Command.verify(Distribution.fromSystemProperties().jar(), bundle("actor=nobody-at-all"));
        assertThat(nothing.output()).contains("only 0 entries of a log");
        assertThat(nothing.exitCode()).isZero();
        assertThat(log.http().get("/export?format=bundle&disclose=everything").status())
                .isEqualTo(400);
        assertThat(log.http().get("/bundle?disclose=none").expect(200).bytes().length)
                .isLessThan(log.http().get("/bundle").expect(200).bytes().length);
    }

    private Path bundle(String query) throws IOException {
        return Files.write(
                Files.createTempFile(folder, "export", ".zip"),
                log.http().get("/export?format=bundle&" + query).expect(200).bytes());
    }

    private Path unpacked(Path bundle, String name) throws IOException {
        try (ZipFile zip = new ZipFile(bundle.toFile());
                InputStream in = zip.getInputStream(zip.getEntry(name))) {
            return Files.write(Files.createTempFile(folder, "unpacked", ""), in.readAllBytes());
        }
    }

    @Test
    void anExportIsAnEntryThatSaysWhoAndWhat() {
        log.http().get("/export?format=csv&actor=nobody").expect(200);
        log.http().get("/bundle").expect(200);

        JsonNode csv = export("csv");
        assertThat(csv.get("actor").get("name").asText()).isEqualTo(DistLauncher.ADMIN);
        assertThat(details(csv).get("filter.actor").asText()).isEqualTo("nobody");
        assertThat(details(csv).get("size").asLong()).isPositive();
        assertThat(details(export("bundle")).get("filter.from").asText()).isEqualTo("0");
    }

    @Test
    void aFormatThatIsNoneIsRefusedAndNotRecorded() {
        int before = log.entries("operation=EXPORT").size();

        assertThat(log.http().get("/export").status()).isEqualTo(400);
        assertThat(log.http().get("/export?format=xml").status()).isEqualTo(400);
        assertThat(log.http().get("/export?format=csv&max=x").status()).isEqualTo(400);

        assertThat(log.entries("operation=EXPORT")).hasSize(before);
    }

    private JsonNode export(String format) {
        return log.entries("operation=EXPORT").stream()
                .map(entry -> log.entry(entry.get("id").asText()))
                .filter(entry -> details(entry).get("format").asText().equals(format))
                .findFirst()
                .orElseThrow();
    }

    private static JsonNode details(JsonNode entry) {
        return entry.get("slots").get("change").get("value").get("details");
    }
}
