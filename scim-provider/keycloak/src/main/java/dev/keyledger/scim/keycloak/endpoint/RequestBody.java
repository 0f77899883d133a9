package dev.keyledger.scim.keycloak.endpoint;

import dev.keyledger.scim.ScimException;
import java.io.IOException;
import java.io.InputStream;
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
                // the client is gone, so that nobody hears this but the log of refusals
                throw ScimException.invalidSyntax("the request body broke off");
            }
        }
        return bytes;
    }
}
