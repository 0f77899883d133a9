package dev.keyledger.audit.witness;

import dev.keyledger.log.witness.Submission;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/** A witness over HTTP: C2SP tlog-witness, {@code POST <submission prefix>/add-checkpoint}. Thread-safe. */
public final class HttpWitness implements Submission.Transport {
    private static final Duration TIMEOUT = Duration.ofSeconds(10);

    private final HttpPost post;

    /** @param prefix the submission prefix, http or https */
    public HttpWitness(String prefix) {
        this(prefix, TIMEOUT);
    }

    /** @param timeout for the whole answer */
    HttpWitness(String prefix, Duration timeout) {
        this.post = new HttpPost(URI.create(prefix + (prefix.endsWith("/") ? "" : "/") + "add-checkpoint"), timeout);
    }

    @Override
    public Submission.Answer post(byte[] body) throws IOException {
        HttpResponse<byte[]> response = post.send("text/plain; charset=utf-8", body);
        return new Submission.Answer(
                response.statusCode(),
                response.headers().firstValue("Content-Type").orElse(""),
                new String(response.body(), StandardCharsets.UTF_8));
    }
}
