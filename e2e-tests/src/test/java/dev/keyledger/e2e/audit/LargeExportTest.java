package dev.keyledger.e2e.audit;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.keyledger.e2e.AdminClient;
import dev.keyledger.e2e.AuditLog;
import dev.keyledger.e2e.DistLauncher;
import dev.keyledger.e2e.Http;
import dev.keyledger.e2e.KeycloakServer;
import dev.keyledger.e2e.SharedServer;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Base64;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/**
 * A server whose heap is smaller than what its log tells exports all of it, in every format: {@code
 * -Dkeyledger.large-export=<entries>}, of 80 KiB each, 6000 for instance. One that ran out of memory would end.
 */
@EnabledIfSystemProperty(named = "keyledger.large-export", matches = "[1-9][0-9]*")
class LargeExportTest {

    private static final int ENTRIES = Integer.getInteger("keyledger.large-export", 0);
    private static final int HEAP_MIB = 400;
    private static final int ATTRIBUTES = 8;
    private static final int BYTES_OF_ATTRIBUTE = 7_680;
    private static final String REALM = "large";

    @Test
    void aLogThatIsLargerThanTheHeapIsExportedWhole() throws IOException, InterruptedException {
        try (KeycloakServer server = DistLauncher.ofSystemProperties()
                .withDatabase(SharedServer.POSTGRES.database("largeexport"))
                .withJvm("-Xmx" + HEAP_MIB + "m")
                .startAfresh("large-export")) {
            AdminClient admin = new AdminClient(server);
            admin.createRealm(REALM);
            fill(admin);
            admin.auditLog(REALM).awaitSealed();

            for (String path : List.of("/export?format=jsonl", "/export?format=csv", "/bundle")) {
                long start = System.nanoTime();
                long bytes = download(admin.auditLog(REALM), path);
                System.out.printf(
                        "%s of %d entries: %,d bytes in %.1f s, heap of %d MiB%n",
                        path, ENTRIES, bytes, (System.nanoTime() - start) / 1e9, HEAP_MIB);
                assertThat(bytes).as(path).isGreaterThan(HEAP_MIB * 1024L * 1024L);
            }
            assertThat(server.isAlive()).isTrue();
            assertThat(server.logs()).doesNotContain("OutOfMemoryError");
        }
    }

    /** Random text, so that a zip of it is as large. */
    private static void fill(AdminClient admin) {
        List<Integer> batches = IntStream.range(0, (ENTRIES + 49) / 50).boxed().toList();
        batches.parallelStream().forEach(batch -> {
            // a token lasts a minute
            Http clients = admin.realm(REALM).below("/clients");
            Random random = new Random(batch);
            for (int i = batch * 50; i < Math.min(ENTRIES, batch * 50 + 50); i++) {
                ObjectNode client = new ObjectMapper().createObjectNode().put("clientId", "client-" + i);
                ObjectNode attributes = client.putObject("attributes");
                for (int each = 0; each < ATTRIBUTES; each++) {
                    byte[] text = new byte[BYTES_OF_ATTRIBUTE];
                    random.nextBytes(text);
                    attributes.put("text-" + each, Base64.getEncoder().encodeToString(text));
                }
                clients.post("", client).expect(201);
            }
        });
    }

    private static long download(AuditLog log, String path) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create(log.http().base() + path))
                .header("Authorization", log.http().header("Authorization"))
                .build();
        HttpResponse<InputStream> response = HttpClient.newHttpClient().send(request, BodyHandlers.ofInputStream());
        assertThat(response.statusCode()).isEqualTo(200);
        long bytes = 0;
        byte[] piece = new byte[1 << 16];
        try (InputStream body = response.body()) {
            for (int read = body.read(piece); read >= 0; read = body.read(piece)) {
                bytes += read;
            }
        }
        return bytes;
    }
}
