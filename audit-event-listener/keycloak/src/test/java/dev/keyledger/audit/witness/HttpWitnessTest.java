package dev.keyledger.audit.witness;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.keyledger.log.witness.Submission;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class HttpWitnessTest {
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final CountDownLatch over = new CountDownLatch(1);
    private HttpServer server;

    HttpWitnessTest() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    }

    @BeforeEach
    void start() {
        server.setExecutor(threads);
        server.createContext("/good/add-checkpoint", exchange -> answer(exchange, 409, "8\n"));
        server.createContext("/moved/add-checkpoint", exchange -> {
            exchange.getResponseHeaders().add("Location", "/good/add-checkpoint");
            answer(exchange, 307, "");
        });
        server.createContext("/long/add-checkpoint", exchange -> answer(exchange, 200, "x".repeat(100_000)));
        server.createContext("/slow/add-checkpoint", exchange -> {
            exchange.sendResponseHeaders(200, 0);
            try (OutputStream out = exchange.getResponseBody()) {
                out.write('x');
                out.flush();
                over.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
        server.start();
    }

    @AfterEach
    void stop() {
        over.countDown();
        server.stop(0);
        threads.shutdownNow();
    }

    @Test
    void answersWhateverTheWitnessSays() throws IOException {
        for (String prefix : new String[] {"/good", "/good/"}) {
            assertThat(witness(prefix).post(new byte[] {'x'}))
                    .isEqualTo(new Submission.Answer(409, "text/x.tlog.size", "8\n"));
        }
        assertThat(witness("/moved").post(new byte[0]).status()).isEqualTo(307);
        assertThat(witness("/nowhere").post(new byte[0]).status()).isEqualTo(404);
    }

    @Test
    void waitsForTheLastByteNoLongerThanForTheFirst() {
        assertThatThrownBy(() -> witness("/slow").post(new byte[0]))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("no answer within");
    }

    @Test
    void readsNoAnswerWithoutEnd() {
        assertThatThrownBy(() -> witness("/long").post(new byte[0]))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("answer has more than 65536 bytes");
    }

    @Test
    void saysWhenNobodyListens() {
        server.stop(0);

        assertThatThrownBy(() -> witness("/good").post(new byte[0])).isInstanceOf(IOException.class);
        assertThatThrownBy(() -> new HttpWitness("ftp://w.example")).isInstanceOf(IllegalArgumentException.class);
    }

    private HttpWitness witness(String prefix) {
        return new HttpWitness("http://localhost:" + server.getAddress().getPort() + prefix, Duration.ofMillis(500));
    }

    private static void answer(HttpExchange exchange, int status, String body) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.getRequestBody().readAllBytes();
        exchange.getResponseHeaders().add("Content-Type", "text/x.tlog.size");
        exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }
}
