package dev.keyledger.e2e.sink;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** A receiver of webhooks on the loopback interface. */
public final class WebhookReceiver implements AutoCloseable {
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final HttpServer server;
    private final List<Message> messages = new CopyOnWriteArrayList<>();
    private volatile int status = 204;
    private volatile CountDownLatch held = new CountDownLatch(0);
    private final BlockingQueue<Integer> holding = new LinkedBlockingQueue<>();

    /** What came: the headers by their names in lower case, and the body. */
    public record Message(Map<String, List<String>> headers, String body) {}

    public WebhookReceiver() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::handle);
        // Each on a thread of its own: one that is held must not keep the others from being received.
        server.setExecutor(threads);
        server.start();
    }

    public String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort() + "/hook";
    }

    /** What it answers from now on; only what it answers with 204 counts as received. */
    public void answer(int newStatus) {
        status = newStatus;
    }

    /** Lets whoever tells something from now on wait for the answer. */
    public void hold() {
        holding.clear();
        held = new CountDownLatch(1);
    }

    /** Waits until somebody waits for an answer; tells the port that they ask from. */
    public int awaitHeld(Duration limit) throws InterruptedException {
        Integer port = holding.poll(limit.toMillis(), TimeUnit.MILLISECONDS);
        if (port == null) {
            throw new IllegalStateException("nobody has told anything within " + limit);
        }
        return port;
    }

    /** Answers those who wait, and everybody from now on. */
    public void release() {
        held.countDown();
    }

    /** What it has received, in the order in which it came. */
    public List<Message> messages() {
        return List.copyOf(messages);
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            Map<String, List<String>> headers = new TreeMap<>();
            exchange.getRequestHeaders().forEach((name, values) -> headers.put(name.toLowerCase(Locale.ROOT), values));
            String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            if (held.getCount() > 0) {
                holding.add(exchange.getRemoteAddress().getPort());
                await();
            }
            int answer = status;
            if (answer == 204) {
                messages.add(new Message(headers, body));
            }
            exchange.sendResponseHeaders(answer, -1);
        }
    }

    private void await() {
        try {
            held.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        release();
        server.stop(0);
        threads.shutdownNow();
    }
}
