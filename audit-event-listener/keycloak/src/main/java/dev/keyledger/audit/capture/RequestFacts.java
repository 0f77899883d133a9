package dev.keyledger.audit.capture;

import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** What the headers of a request say of where it comes from. Headers can be forged, and are told as what they are. */
final class RequestFacts {
    private static final int TRACE_START = 3;
    private static final int TRACE_END = 35;

    private RequestFacts() {}

    /**
     * The members of the net slot.
     *
     * @param header returns a header of the request, or null
     * @param ip the address that Keycloak took the request to come from
     * @param requestId of the request; null outside of one
     * @param traceId of the server's own tracing, or null when it is off
     */
    static Slots net(
            Function<String, @Nullable String> header,
            @Nullable String ip,
            @Nullable String requestId,
            @Nullable String traceId) {
        String chain = header.apply("X-Forwarded-For");
        String forwarded = chain == null ? header.apply("Forwarded") : chain;
        return new Slots()
                .with("ip", ip)
                .with("userAgent", header.apply("User-Agent"))
                .with("requestId", requestId)
                .with("traceId", traceId == null ? traceParent(header.apply("traceparent")) : traceId)
                .with("forwarded", forwarded)
                .with("forwardedTrusted", forwarded == null ? null : Boolean.toString(isTakenFrom(forwarded, ip)));
    }

    /** W3C Trace Context: {@code 00-<32 hex digits>-<16 hex digits>-<flags>}. */
    private static @Nullable String traceParent(@Nullable String value) {
        return value != null && value.matches("[0-9a-f]{2}-[0-9a-f]{32}-[0-9a-f]{16}-[0-9a-f]{2}.*")
                ? value.substring(TRACE_START, TRACE_END)
                : null;
    }

    /** Keycloak believes the chain only when it is told to, and then its address is one of the chain's. */
    private static boolean isTakenFrom(String forwarded, @Nullable String ip) {
        if (ip == null) {
            return false;
        }
        for (String hop : forwarded.split("[,;\\s]+", -1)) {
            String address = hop.replaceFirst("(?i)^for=", "").replaceAll("[\"\\[\\]]", "");
            if (address.equals(ip)) {
                return true;
            }
        }
        return false;
    }
}
