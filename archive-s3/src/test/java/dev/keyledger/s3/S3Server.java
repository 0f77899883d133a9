package dev.keyledger.s3;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Executors;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An S3 server on this machine: Adobe's S3Mock as a process of its own, and in front of it what it lacks: it takes the lock of
 * an object only by a request of its own, so the front makes that request of the headers of a PUT. It locks nothing in
 * earnest; {@code ObjectLockTest} asks a server that does. The front can also be told to do what a server may not.
 */
public final class S3Server implements AutoCloseable {
    private static final Pattern PORT = Pattern.compile("Tomcat started on ports .*?(\\d+) \\(http\\)");
    private static final String MODE = "x-amz-object-lock-mode";
    private static final String UNTIL = "x-amz-object-lock-retain-until-date";
    private static final String NAMESPACE = " xmlns=\"http://s3.amazonaws.com/doc/2006-03-01/\"";
    private static final int UNAVAILABLE = 503;

    /** What a server does wrong. */
    public enum Fault {
        NONE,
        /** Answers 503. */
        DOWN,
        /** Says that it has stored what it has not. */
        LOSES,
        /** Gives back one bit that is another. */
        CORRUPTS,
        /** Locks for a day less than it is asked. */
        SHORTENS
    }

    private final Process process;
    private final int port;
    private final HttpServer front;
    private final HttpClient http = HttpClient.newHttpClient();
    private volatile Fault fault = Fault.NONE;

    private S3Server(Process process, int port) throws IOException {
        this.process = process;
        this.port = port;
        this.front = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        front.createContext("/", this::answer);
        front.setExecutor(Executors.newCachedThreadPool(task -> {
            Thread thread = new Thread(task, "s3-front");
            thread.setDaemon(true);
            return thread;
        }));
        front.start();
    }

    /** Starts one from the jar that the build names in {@code keyledger.s3.server}; it forgets everything when it ends. */
    public static S3Server start() throws IOException {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-XX:+UseSerialGC",
                        "-jar",
                        System.getProperty("keyledger.s3.server", ""),
                        "--server.port=0",
                        "--com.adobe.testing.s3mock.httpPort=0")
                .redirectErrorStream(true)
                .start();
        BufferedReader output =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        StringBuilder said = new StringBuilder();
        for (String line = output.readLine(); line != null; line = output.readLine()) {
            said.append(line).append('\n');
            Matcher started = PORT.matcher(line);
            if (started.find()) {
                drain(output);
                return new S3Server(process, Integer.parseInt(started.group(1)));
            }
        }
        throw new IllegalStateException("the S3 server did not start: " + said);
    }

    public URI endpoint() {
        return URI.create("http://127.0.0.1:" + front.getAddress().getPort());
    }

    public void setFault(Fault wanted) {
        fault = wanted;
    }

    public void createBucket(String bucket, boolean locking) {
        HttpRequest.Builder request = request("/" + bucket).PUT(BodyPublishers.noBody());
        if (locking) {
            request.header("x-amz-bucket-object-lock-enabled", "true");
        }
        expect(send(request));
    }

    /** The keys of all objects. */
    public List<String> keys(String bucket) {
        String listing = text(send(request("/" + bucket + "?list-type=2")));
        return Pattern.compile("<Key>([^<]*)</Key>")
                .matcher(listing)
                .results()
                .map((MatchResult found) -> found.group(1))
                .toList();
    }

    public byte[] read(String bucket, String key) {
        return expect(send(request(path(bucket, key)))).body();
    }

    /** How an object is locked, in XML. */
    public String retention(String bucket, String key) {
        return text(send(request(path(bucket, key) + "?retention")));
    }

    @Override
    public void close() {
        front.stop(0);
        process.destroy();
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            byte[] body = exchange.getRequestBody().readAllBytes();
            boolean puts = exchange.getRequestMethod().equals("PUT");
            boolean gets = exchange.getRequestMethod().equals("GET")
                    && exchange.getRequestURI().getRawQuery() == null;
            if (fault == Fault.DOWN) {
                exchange.sendResponseHeaders(UNAVAILABLE, -1);
                return;
            }
            if (fault == Fault.LOSES && puts) {
                exchange.sendResponseHeaders(200, -1);
                return;
            }
            HttpResponse<byte[]> response = forward(exchange, body);
            byte[] answer = response.body();
            if (fault == Fault.CORRUPTS && gets) {
                answer[answer.length / 2] ^= 1;
            }
            if (puts && exchange.getRequestHeaders().containsKey(MODE) && response.statusCode() == 200) {
                lock(exchange);
            }
            response.headers().map().forEach((name, values) -> {
                if (isPassedOn(name)) {
                    exchange.getResponseHeaders().put(name, values);
                }
            });
            boolean empty = answer.length == 0 || exchange.getRequestMethod().equals("HEAD");
            exchange.sendResponseHeaders(response.statusCode(), empty ? -1 : answer.length);
            exchange.getResponseBody().write(empty ? new byte[0] : answer);
        }
    }

    private HttpResponse<byte[]> forward(HttpExchange exchange, byte[] body) {
        HttpRequest.Builder request = request(exchange.getRequestURI().toString())
                .method(exchange.getRequestMethod(), BodyPublishers.ofByteArray(body));
        exchange.getRequestHeaders().forEach((name, values) -> {
            if (isPassedOn(name)) {
                values.forEach(value -> request.header(name, value));
            }
        });
        return send(request);
    }

    private void lock(HttpExchange exchange) {
        Instant until = Instant.parse(exchange.getRequestHeaders().getFirst(UNTIL));
        if (fault == Fault.SHORTENS) {
            until = until.minus(1, ChronoUnit.DAYS);
        }
        String retention = "<Retention" + NAMESPACE + "><Mode>"
                + exchange.getRequestHeaders().getFirst(MODE) + "</Mode><RetainUntilDate>" + until
                + "</RetainUntilDate></Retention>";
        expect(send(
                request(exchange.getRequestURI().getRawPath() + "?retention").PUT(BodyPublishers.ofString(retention))));
    }

    private static boolean isPassedOn(String header) {
        String name = header.toLowerCase(Locale.ROOT);
        return name.startsWith("x-amz-") || name.equals("content-type") || name.equals("etag");
    }

    private static String path(String bucket, String key) {
        return "/" + bucket + "/" + key.replace("%", "%25");
    }

    private HttpRequest.Builder request(String pathAndQuery) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + pathAndQuery));
    }

    private HttpResponse<byte[]> send(HttpRequest.Builder request) {
        try {
            return http.send(request.build(), BodyHandlers.ofByteArray());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static String text(HttpResponse<byte[]> response) {
        return new String(expect(response).body(), StandardCharsets.UTF_8);
    }

    private static HttpResponse<byte[]> expect(HttpResponse<byte[]> response) {
        if (response.statusCode() != 200) {
            throw new IllegalStateException(response.request().uri() + " was answered with " + response.statusCode()
                    + " " + new String(response.body(), StandardCharsets.UTF_8));
        }
        return response;
    }

    /** A process whose output nobody reads stops. */
    private static void drain(BufferedReader output) {
        Thread thread = new Thread(
                () -> {
                    try {
                        output.transferTo(Writer.nullWriter());
                    } catch (IOException e) {
                        // The process was ended: there is nothing more to read.
                        return;
                    }
                },
                "s3-server-output");
        thread.setDaemon(true);
        thread.start();
    }
}
