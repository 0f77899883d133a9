package dev.keyledger.scim.keycloak.endpoint;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import org.jspecify.annotations.Nullable;

/** The body of one request: read when it is asked for, and kept for a request that has to be tried again. */
final class RequestBody {
    private final @Nullable InputStream stream;
    private byte @Nullable [] bytes;

    RequestBody(@Nullable InputStream stream) {
        this.stream = stream;
    }

    /** The bytes; one more than {@code max} if there are more. */
    byte[] read(int max) {
        if (bytes == null) {
            try {
                bytes = stream == null ? new byte[0] : stream.readNBytes(max + 1);
            } catch (IOException e) {
                throw new UncheckedIOException("the request body broke off", e);
            }
        }
        return bytes;
    }
}
