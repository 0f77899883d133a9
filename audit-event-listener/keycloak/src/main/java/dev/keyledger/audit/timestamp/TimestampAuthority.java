package dev.keyledger.audit.timestamp;

import dev.keyledger.audit.witness.HttpPost;
import dev.keyledger.log.FormatException;
import dev.keyledger.log.VerificationException;
import dev.keyledger.log.timestamp.TimestampToken;
import java.io.IOException;
import java.math.BigInteger;
import java.net.URI;
import java.net.http.HttpResponse;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Base64;
import org.bouncycastle.tsp.TSPAlgorithms;
import org.bouncycastle.tsp.TSPException;
import org.bouncycastle.tsp.TimeStampRequest;
import org.bouncycastle.tsp.TimeStampRequestGenerator;
import org.bouncycastle.tsp.TimeStampResponse;

/** A time stamp authority over HTTP, RFC 3161 section 3.4. Thread-safe. */
final class TimestampAuthority {
    private static final Duration TIMEOUT = Duration.ofSeconds(15);
    private static final int NONCE_BITS = 64;
    private static final int OK = 200;

    private final URI address;
    private final HttpPost post;
    private final SecureRandom random;

    TimestampAuthority(URI address, SecureRandom random) {
        this.address = address;
        this.post = new HttpPost(address, TIMEOUT);
        this.random = random;
    }

    /**
     * An answer that is about what was asked, and signed by the certificate that it carries.
     *
     * @param response base64
     */
    record Stamp(String response, TimestampToken token) {}

    /** Has some bytes stamped; throws when the authority does not, or says something else. */
    Stamp stamp(byte[] text) throws IOException {
        TimeStampRequestGenerator generator = new TimeStampRequestGenerator();
        generator.setCertReq(true);
        TimeStampRequest request =
                generator.generate(TSPAlgorithms.SHA256, sha256(text), new BigInteger(NONCE_BITS, random));
        HttpResponse<byte[]> answer = post.send("application/timestamp-query", request.getEncoded());
        if (answer.statusCode() != OK) {
            throw new IOException(address + " answered " + answer.statusCode());
        }
        try {
            new TimeStampResponse(answer.body()).validate(request);
            TimestampToken token = TimestampToken.parse(answer.body());
            token.verify(text);
            return new Stamp(Base64.getEncoder().encodeToString(answer.body()), token);
        } catch (TSPException | FormatException | VerificationException e) {
            throw new IOException(address + ": " + e.getMessage(), e);
        }
    }

    private static byte[] sha256(byte[] text) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(text);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
