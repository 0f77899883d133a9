package dev.keyledger.audit.witness;

import dev.keyledger.log.witness.Submission;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** A witness over HTTP: C2SP tlog-witness, {@code POST <submission prefix>/add-checkpoint}. Thread-safe. */
public final class HttpWitness implements Submission.Transport {
    private static final Duration TIMEOUT = Duration.ofSeconds(10);

    private final URI target;
    private final HttpClient client;
    private final Duration timeout;

    /** @param prefix the submission prefix, http or https */
    public HttpWitness(String prefix) {
        this(prefix, TIMEOUT);
    }

    /** @param timeout for the whole answer */
    HttpWitness(String prefix, Duration timeout) {
        this.target = target(prefix);
        this.timeout = timeout;
        // Redirects are not followed: a witness is who it is, where it is.
        this.client = HttpClient.newBuilder().connectTimeout(timeout).build();
    }

    @Override
    public Submission.Answer post(byte[] body) throws IOException {
        HttpRequest request = HttpRequest.newBuilder(target)
                .header("Content-Type", "text/plain; charset=utf-8")
                .POST(HttpRequest.BodyPublishers.ofByteArray(body))
                .build();
        // The request's own timeout ends with the headers, this one with the last byte.
        CompletableFuture<HttpResponse<byte[]>> sent = client.sendAsync(request, info -> new BoundedBody());
        try {
            HttpResponse<byte[]> response = sent.get(timeout.toMillis(), TimeUnit.MILLISECONDS);
            return new Submission.Answer(
                    response.statusCode(),
                    response.headers().firstValue("Content-Type").orElse(""),
                    new String(response.body(), StandardCharsets.UTF_8));
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

    private static URI target(String prefix) {
        URI target = URI.create(prefix + (prefix.endsWith("/") ? "" : "/") + "add-checkpoint");
        if (!"https".equals(target.getScheme()) && !"http".equals(target.getScheme())) {
            throw new IllegalArgumentException("submission prefix is " + prefix + ", want an http or https URL");
        }
        return target;
    }
}
