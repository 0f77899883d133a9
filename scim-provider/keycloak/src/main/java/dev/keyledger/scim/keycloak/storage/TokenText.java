package dev.keyledger.scim.keycloak.storage;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A provisioning token as its client has it: {@code keyledger_}, the 32 hexadecimal digits of its id, {@code _}, 256 random
 * bits in base64url. The beginning is there for secret scanners.
 *
 * <p>A hash without salt or cost is enough, because nobody can guess 256 random bits.
 */
public final class TokenText {
    private static final Pattern FORM = Pattern.compile("keyledger_([0-9a-f]{32})_[A-Za-z0-9_-]{43}");
    private static final int SECRET_BYTES = 32;

    private final String id;
    private final String text;

    private TokenText(String id, String text) {
        this.id = id;
        this.text = text;
    }

    /** A new token. */
    static TokenText random(SecureRandom randomness) {
        byte[] secret = new byte[SECRET_BYTES];
        randomness.nextBytes(secret);
        byte[] bits = new byte[16];
        randomness.nextBytes(bits);
        String digits = HexFormat.of().formatHex(bits);
        String text = "keyledger_" + digits + "_"
                + Base64.getUrlEncoder().withoutPadding().encodeToString(secret);
        return new TokenText(dashed(digits), text);
    }

    /** The token that a client has sent; empty if it is none of ours by its form. */
    public static Optional<TokenText> parse(String text) {
        Matcher matcher = FORM.matcher(text);
        return matcher.matches() ? Optional.of(new TokenText(dashed(matcher.group(1)), text)) : Optional.empty();
    }

    private static String dashed(String digits) {
        return new UUID(
                        Long.parseUnsignedLong(digits.substring(0, 16), 16),
                        Long.parseUnsignedLong(digits.substring(16), 16))
                .toString();
    }

    /** By which it is known: no secret. */
    public String id() {
        return id;
    }

    /** The token itself, for whoever is to have it; it is shown once and written nowhere. */
    String reveal() {
        return text;
    }

    /** What is kept of it. */
    String hash() {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.US_ASCII));
            return HexFormat.of().formatHex(hash);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    /** Whether it is the token of that hash; takes as long for a wrong one as for a right one. */
    boolean hasHash(String hash) {
        return MessageDigest.isEqual(
                hash().getBytes(StandardCharsets.US_ASCII), hash.getBytes(StandardCharsets.US_ASCII));
    }

    /** Never the secret. */
    @Override
    public String toString() {
        return "token " + id;
    }
}
