package dev.keyledger.log.entry;

import dev.keyledger.log.FormatException;
import dev.keyledger.log.VerificationException;
import dev.keyledger.log.json.CanonicalJson;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Binds a leaf to a value that stands beside it: HMAC-SHA256 with the salt as key over {@code keyledger/commit/v1 || 00
 * || origin || 00 || entry id || 00 || slot || 00 || canonical JSON of the value}.
 *
 * @param encoded 43 characters of unpadded base64url, as in the leaf
 */
public record Commitment(String encoded) {
    private static final String DOMAIN = "keyledger/commit/v1";
    private static final int LENGTH = 43;

    // A table: the characters are random, and a processor cannot foresee which comparison of ranges will hold. The
    // verifier spent half of its time on those.
    private static final boolean[] BASE64URL = base64url();

    public Commitment {
        boolean bad = encoded.length() != LENGTH;
        for (int i = 0; i < encoded.length() && !bad; i++) {
            bad = !isBase64Url(encoded.charAt(i));
        }
        if (bad) {
            throw new FormatException("not a commitment: " + FormatException.quote(encoded));
        }
    }

    /** Commits to a disclosed value in the entry with this id of the log with this origin. */
    public static Commitment of(String origin, String entryId, Disclosure disclosure) {
        String prefix = DOMAIN
                + '\0'
                + origin
                + '\0'
                + entryId
                + '\0'
                + disclosure.slot().label()
                + '\0';
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(disclosure.salt().toBytes(), "HmacSHA256"));
            mac.update(prefix.getBytes(StandardCharsets.UTF_8));
            byte[] code = mac.doFinal(CanonicalJson.encode(disclosure.value()));
            return new Commitment(Base64.getUrlEncoder().withoutPadding().encodeToString(code));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has HmacSHA256", e);
        }
    }

    /** Returns when the disclosed value is the one committed to, throws when it is another. */
    public void verify(String origin, String entryId, Disclosure disclosure) throws VerificationException {
        Commitment computed = of(origin, entryId, disclosure);
        if (!computed.equals(this)) {
            Map<String, String> evidence = new LinkedHashMap<>();
            evidence.put("want commitment", encoded);
            evidence.put("got commitment", computed.encoded);
            throw new VerificationException(
                    "slot " + disclosure.slot().label() + " does not open its commitment", evidence);
        }
    }

    private static boolean isBase64Url(char c) {
        return c < BASE64URL.length && BASE64URL[c];
    }

    private static boolean[] base64url() {
        boolean[] characters = new boolean[128];
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
                .chars()
                .forEach(c -> characters[c] = true);
        return characters;
    }
}
