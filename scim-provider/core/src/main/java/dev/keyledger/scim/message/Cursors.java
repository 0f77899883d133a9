package dev.keyledger.scim.message;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import dev.keyledger.scim.ScimException;
import dev.keyledger.scim.resource.Json;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.Base64;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.Mac;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * Writes and reads cursors. RFC 9865. Thread-safe.
 *
 * <p>A cursor is all the state there is: a {@link Cursor} and the time of its issue, encrypted and authenticated by a secret,
 * together with the query that it belongs to. So a client can neither read nor forge one, and one that is sent with another
 * query is as wrong as one that was never issued. On the wire it is Base64url without padding: characters that a URI need not
 * escape. The nonce follows from the content, so the same page of the same second has the same cursor.
 */
public final class Cursors {
    /** How long a cursor is good for. */
    public static final Duration LIFETIME = Duration.ofDays(1);

    private static final int MAX_LENGTH = 8_192;
    private static final int NONCE_BYTES = 12;
    private static final int TAG_BYTES = 16;
    private static final int FIELDS = 6;
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final SecretKeySpec cipherKey;
    private final SecretKeySpec nonceKey;
    private final InstantSource clock;

    /** Cursors under that secret, which is as long as a key has to be and known to nobody else. */
    public Cursors(byte[] secret, InstantSource clock) {
        this.cipherKey = new SecretKeySpec(hmac(new SecretKeySpec(secret, "HmacSHA256"), "cipher"), "AES");
        this.nonceKey = new SecretKeySpec(hmac(new SecretKeySpec(secret, "HmacSHA256"), "nonce"), "HmacSHA256");
        this.clock = clock;
    }

    /** The text of a cursor that is good for that query, the text of which can be any that tells queries apart. */
    public String issue(Cursor cursor, String query) {
        ArrayNode fields = Json.array()
                .add(clock.instant().getEpochSecond())
                .add(cursor.backwards())
                .add(cursor.count())
                .add(cursor.total())
                .add(cursor.id())
                .add(cursor.key());
        byte[] content = fields.toString().getBytes(StandardCharsets.UTF_8);
        byte[] nonce = Arrays.copyOf(hmac(nonceKey, query + '\0' + fields), NONCE_BYTES);
        try {
            byte[] sealed = cipher(Cipher.ENCRYPT_MODE, nonce, query).doFinal(content);
            return Base64.getUrlEncoder()
                    .withoutPadding()
                    .encodeToString(ByteBuffer.allocate(nonce.length + sealed.length)
                            .put(nonce)
                            .put(sealed)
                            .array());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has AES-GCM", e);
        }
    }

    /** What the cursor says; {@code invalidCursor} if it was not issued here for that query, {@code expiredCursor} if it is too old. */
    public Cursor read(String text, String query) {
        JsonNode fields = open(text, query);
        if (fields.get(0).longValue() + LIFETIME.toSeconds() < clock.instant().getEpochSecond()) {
            throw ScimException.expiredCursor("the cursor is older than " + LIFETIME.toHours() + " hours");
        }
        return new Cursor(
                fields.get(5),
                fields.get(4).textValue(),
                fields.get(1).booleanValue(),
                fields.get(2).intValue(),
                fields.get(3).longValue());
    }

    private JsonNode open(String text, String query) {
        if (text.length() > MAX_LENGTH) {
            throw unknown();
        }
        try {
            byte[] bytes = Base64.getUrlDecoder().decode(text);
            if (bytes.length <= NONCE_BYTES + TAG_BYTES) {
                throw unknown();
            }
            byte[] content = cipher(Cipher.DECRYPT_MODE, Arrays.copyOf(bytes, NONCE_BYTES), query)
                    .doFinal(bytes, NONCE_BYTES, bytes.length - NONCE_BYTES);
            JsonNode fields = JSON.readTree(new String(content, StandardCharsets.UTF_8));
            if (fields.size() != FIELDS) {
                throw unknown();
            }
            return fields;
        } catch (IllegalArgumentException | AEADBadTagException | JsonProcessingException e) {
            throw unknown();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has AES-GCM", e);
        }
    }

    private Cipher cipher(int mode, byte[] nonce, String query) throws GeneralSecurityException {
        Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
        cipher.init(mode, cipherKey, new GCMParameterSpec(TAG_BYTES * Byte.SIZE, nonce));
        cipher.updateAAD(query.getBytes(StandardCharsets.UTF_8));
        return cipher;
    }

    private static byte[] hmac(SecretKeySpec key, String text) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(key);
            return mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has HMAC-SHA-256", e);
        }
    }

    private static ScimException unknown() {
        return ScimException.invalidCursor("the cursor is not one that was issued here for this query");
    }
}
