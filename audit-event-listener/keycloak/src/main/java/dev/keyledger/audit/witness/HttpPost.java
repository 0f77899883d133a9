package dev.keyledger.audit.witness;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Asks somebody outside over HTTP, who may be slow, or never come to an end. Thread-safe. */
public final class HttpPost {
    private final URI target;
    private final HttpClient client;
    private final Duration timeout;

    /**
     * @param target http or https
     * @param timeout for the whole answer
     */
    public HttpPost(URI target, Duration timeout) {
        if (!"https".equals(target.getScheme()) && !"http".equals(target.getScheme())) {
            throw new IllegalArgumentException("got " + target + ", want an http or https URL");
        }
        this.target = target;
        this.timeout = timeout;
        // Redirects are not followed: whoever is asked is who it is, where it is.
        this.client = HttpClient.newBuilder().connectTimeout(timeout).build();
    }

    /** Returns the answer, whatever its status; throws when there is none, or one of more than 64 KiB. */
    public HttpResponse<byte[]> send(String type, byte[] body) throws IOException {
        HttpRequest request = HttpRequest.newBuilder(target)
                .header("Content-Type", type)
                .POST(HttpRequest.BodyPublishers.ofByteArray(body))
                .build();
        // The request's own timeout ends with the headers, this one with the last byte.
        CompletableFuture<HttpResponse<byte[]>> sent = client.sendAsync(request, info -> new BoundedBody());
        try {
            return sent.get(timeout.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            sent.cancel(true);
            throw new IOException("no answer within " + timeout, e);
        } catch (ExecutionException e) {
            throw new IOException(String.valueOf(e.getCause()), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }
}
