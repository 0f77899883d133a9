package dev.keyledger.log.siem;

import dev.keyledger.log.FormatException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * A secret that a receiver of webhooks shares with the sender, and the signatures under it, as Standard Webhooks has
 * them: {@code v1,} and base64 of HMAC-SHA256 over {@code <id>.<seconds>.<body>}.
 *
 * @see <a href="https://github.com/standard-webhooks/standard-webhooks/blob/main/spec/standard-webhooks.md">Standard
 *     Webhooks</a>
 */
public final class WebhookSecret {
    private static final String PREFIX = "whsec_";
    private static final int SIZE = 32;
    private static final int MIN = 24;
    private static final int MAX = 64;

    private final byte[] bytes;

    private WebhookSecret(byte[] bytes) {
        this.bytes = bytes;
    }

    /** Draws a new one. */
    public static WebhookSecret generate(SecureRandom random) {
        byte[] bytes = new byte[SIZE];
        random.nextBytes(bytes);
        return new WebhookSecret(bytes);
    }

    /** Reads {@code whsec_} and base64 of 24 to 64 bytes. */
    public static WebhookSecret parse(String text) {
        try {
            byte[] bytes =
                    text.startsWith(PREFIX) ? Base64.getDecoder().decode(text.substring(PREFIX.length())) : new byte[0];
            if (bytes.length < MIN || bytes.length > MAX) {
                throw new FormatException("webhook secret wants whsec_ and base64 of " + MIN + " to " + MAX + " bytes");
            }
            return new WebhookSecret(bytes);
        } catch (IllegalArgumentException e) {
            throw new FormatException("webhook secret is not base64", e);
        }
    }

    /** The text that the receiver is given. */
    public String text() {
        return PREFIX + Base64.getEncoder().encodeToString(bytes);
    }

    /**
     * One signature of the header {@code webhook-signature}.
     *
     * @param seconds of the header {@code webhook-timestamp}, since 1970
     */
    public String sign(String id, long seconds, byte[] body) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(bytes, "HmacSHA256"));
            mac.update((id + "." + seconds + ".").getBytes(StandardCharsets.UTF_8));
            return "v1," + Base64.getEncoder().encodeToString(mac.doFinal(body));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has HmacSHA256", e);
        }
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof WebhookSecret secret && Arrays.equals(bytes, secret.bytes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bytes);
    }

    /** Hides the bytes, so that no log line shows them. */
    @Override
    public String toString() {
        return "WebhookSecret";
    }
}
