package dev.keyledger.audit.capture;

import java.util.Collections;
import java.util.Map;
import java.util.WeakHashMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The id of each request, under which everything that it did can be found: the one that its client is told, else the one
 * that it brings, else a new one. A request has several sessions and transactions; what they share is the object of its
 * headers. An id is kept with that, and is gone with it. Thread-safe.
 */
final class RequestIds {
    private final Map<Object, String> known = Collections.synchronizedMap(new WeakHashMap<>());
    private final Supplier<String> source;

    /** @param source of new ids */
    RequestIds(Supplier<String> source) {
        this.source = source;
    }

    /**
     * The id of a request.
     *
     * @param headers the object that is the same for all of the request, and equal to no other
     * @param brought what the request itself says, if anything
     */
    String of(Object headers, @Nullable String brought) {
        return known.computeIfAbsent(headers, request -> brought == null || brought.isBlank() ? source.get() : brought);
    }

    /** The id that the request's client is told, of whatever is recorded from now on. */
    void tell(Object headers, String id) {
        known.put(headers, id);
    }
}
