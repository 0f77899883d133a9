package dev.keyledger.scim.resource;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;

/**
 * The version of a resource: a weak entity tag, for example {@code W/"kSnW3jAyfDgJqCkR8yXmYQ"}. RFC 7644 section 3.14.
 *
 * @param tag the whole entity tag, prefix and quotes included
 */
public record Version(String tag) {
    private static final int HASH_BYTES = 16;

    /** The version of a content: the same for equal content, whatever {@code meta} says; 128 bits of its SHA-256. */
    public static Version of(Resource resource) {
        return ofText(Json.canonical(resource.without("meta").view()));
    }

    /** The version named by any text that changes whenever the resource does, for example a row's revision. */
    public static Version ofText(String text) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            String opaque = Base64.getUrlEncoder().withoutPadding().encodeToString(Arrays.copyOf(hash, HASH_BYTES));
            return new Version("W/\"" + opaque + '"');
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    /**
     * Whether a value of {@code If-Match} or {@code If-None-Match} names this version: {@code *}, or a comma-separated list
     * that has it. Compared weakly (RFC 9110 section 8.8.3.2), as SCIM's examples do.
     */
    public boolean isNamedBy(String header) {
        String rest = header.strip();
        if (rest.equals("*")) {
            return true;
        }
        for (int at = 0; at < rest.length(); ) {
            int comma = rest.indexOf(',', at);
            int end = comma < 0 ? rest.length() : comma;
            if (opaque(rest.substring(at, end).strip()).equals(opaque(tag))) {
                return true;
            }
            at = end + 1;
        }
        return false;
    }

    private static String opaque(String entityTag) {
        String quoted = entityTag.startsWith("W/") ? entityTag.substring(2) : entityTag;
        boolean hasQuotes = quoted.length() >= 2 && quoted.startsWith("\"") && quoted.endsWith("\"");
        return hasQuotes ? quoted.substring(1, quoted.length() - 1) : quoted;
    }

    @Override
    public String toString() {
        return tag;
    }
}
