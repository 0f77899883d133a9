package dev.keyledger.e2e;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** Plain HTTP/1.1 below one base URL. Immutable and thread-safe; {@link #with} answers a copy with one more header. */
public final class Http {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final HttpClient client;
    private final String base;
    private final Map<String, Supplier<String>> headers;

    public Http(String base) {
        this(
                HttpClient.newBuilder()
                        .version(HttpClient.Version.HTTP_1_1)
                        .connectTimeout(Duration.ofSeconds(5))
                        .build(),
                base,
                Map.of());
    }

    private Http(HttpClient client, String base, Map<String, Supplier<String>> headers) {
        this.client = client;
        this.base = base;
        this.headers = headers;
    }

    /** What came back: the status, the headers and the body. */
    public static final class Reply {

        private final int status;
        private final byte[] body;
        private final HttpHeaders headers;

        Reply(int status, byte[] body, HttpHeaders headers) {
            this.status = status;
            this.body = body;
            this.headers = headers;
        }

        public int status() {
            return status;
        }

        public byte[] bytes() {
            return body.clone();
        }

        /** The body as UTF-8. */
        public String text() {
            return new String(body, StandardCharsets.UTF_8);
        }

        /** The body as JSON; a missing node when it is empty. */
        public JsonNode json() {
            try {
                return body.length == 0 ? JSON.missingNode() : JSON.readTree(body);
            } catch (IOException e) {
                throw new IllegalStateException("want JSON, got status " + status + " and: " + text(), e);
            }
        }

        public Optional<String> header(String name) {
            return headers.firstValue(name);
        }

        /** Every value of a header that may come several times, such as Set-Cookie. */
        public List<String> headers(String name) {
            return headers.allValues(name);
        }

        /** This reply, or an {@link IllegalStateException} that shows it when the status is none of {@code wanted}. */
        public Reply expect(int... wanted) {
            for (int each : wanted) {
                if (status == each) {
                    return this;
                }
            }
            throw new IllegalStateException(
                    "got status " + status + ", want " + Arrays.toString(wanted) + ": " + text());
        }
    }

    public String base() {
        return base;
    }

    public Http with(String name, String value) {
        return with(name, () -> value);
    }

    private Http with(String name, Supplier<String> value) {
        Map<String, Supplier<String>> more = new LinkedHashMap<>(headers);
        more.put(name, value);
        return new Http(client, base, Map.copyOf(more));
    }

    /** The value that {@link #with} gave a header; empty when it gave none. */
    public String header(String name) {
        return headers.getOrDefault(name, () -> "").get();
    }

    public Http bearer(String token) {
        return bearer(() -> token);
    }

    /** With the token that {@code token} answers when a request is sent. */
    Http bearer(Supplier<String> token) {
        return with("Authorization", () -> "Bearer " + token.get());
    }

    /** The same client and headers below {@code base + path}. */
    public Http below(String path) {
        return new Http(client, base + path, headers);
    }

    public Reply get(String path) {
        return send("GET", path, new byte[0]);
    }

    public Reply delete(String path) {
        return send("DELETE", path, new byte[0]);
    }

    public Reply post(String path, JsonNode body) {
        return json("POST", path, body);
    }

    public Reply put(String path, JsonNode body) {
        return json("PUT", path, body);
    }

    public Reply patch(String path, JsonNode body) {
        return json("PATCH", path, body);
    }

    /** POSTs {@code application/x-www-form-urlencoded}. */
    public Reply form(String path, Map<String, String> fields) {
        String body = fields.entrySet().stream()
                .map(field -> encode(field.getKey()) + "=" + encode(field.getValue()))
                .collect(Collectors.joining("&"));
        return with("Content-Type", "application/x-www-form-urlencoded")
                .send("POST", path, body.getBytes(StandardCharsets.UTF_8));
    }

    /** Sends {@code body} as it is; the Content-Type is {@code application/json} unless a header says otherwise. */
    public Reply send(String method, String path, byte[] body) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(base + path))
                .timeout(Duration.ofSeconds(60))
                .method(method, body.length == 0 ? BodyPublishers.noBody() : BodyPublishers.ofByteArray(body));
        if (body.length > 0 && !headers.containsKey("Content-Type")) {
            request.header("Content-Type", "application/json");
        }
        headers.forEach((name, value) -> request.header(name, value.get()));
        try {
            HttpResponse<byte[]> response = client.send(request.build(), BodyHandlers.ofByteArray());
            return new Reply(response.statusCode(), response.body(), response.headers());
        } catch (IOException e) {
            throw new UncheckedIOException(method + " " + base + path + ": " + e, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted during " + method + " " + base + path, e);
        }
    }

    /** Opens a stream of server-sent events, and answers when it has begun. */
    public EventStream events(String path) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(base + path))
                .timeout(Duration.ofSeconds(60))
                .header("Accept", "text/event-stream");
        headers.forEach((name, value) -> request.header(name, value.get()));
        try {
            HttpResponse<InputStream> response = client.send(request.build(), BodyHandlers.ofInputStream());
            if (response.statusCode() != 200) {
                throw new IllegalStateException("got status " + response.statusCode() + ", want 200 of " + path);
            }
            return new EventStream(response.body());
        } catch (IOException e) {
            throw new UncheckedIOException("GET " + base + path + ": " + e, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted during GET " + base + path, e);
        }
    }

    /** Whether {@code path} answers 200; a refused connection is a no. */
    boolean answers(String path) {
        try {
            return get(path).status() == 200;
        } catch (UncheckedIOException e) {
            return false;
        }
    }

    /** Percent-encodes a query value or a form field. */
    public static String encode(String value) {
        return URLEncoder.encode(value, StandardCharsets.UTF_8);
    }

    private Reply json(String method, String path, JsonNode body) {
        try {
            return send(method, path, JSON.writeValueAsBytes(body));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a JSON tree can always be written", e);
        }
    }
}
