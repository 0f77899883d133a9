package dev.keyledger.audit.capture;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keyledger.log.json.JsonReader;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class RequestFactsTest {
    private static final String TRACE = "4bf92f3577b34da6a3ce929d0e0e4736";

    @Test
    void tellsTheForwardedChainAndThatKeycloakBelievesIt() {
        assertNet(
                Map.of("X-Forwarded-For", "203.0.113.7, 10.0.0.1", "User-Agent", "curl"),
                "203.0.113.7",
                "{\"forwarded\":\"203.0.113.7, 10.0.0.1\",\"forwardedTrusted\":\"true\",\"ip\":\"203.0.113.7\","
                        + "\"userAgent\":\"curl\"}");
    }

    @Test
    void tellsAForgedChainAsNotBelieved() {
        assertNet(
                Map.of("X-Forwarded-For", "203.0.113.7"),
                "198.51.100.9",
                "{\"forwarded\":\"203.0.113.7\",\"forwardedTrusted\":\"false\",\"ip\":\"198.51.100.9\"}");
    }

    @Test
    void readsTheForwardedHeaderOfRfc7239() {
        assertNet(
                Map.of("Forwarded", "for=\"[2001:db8::17]\";proto=https"),
                "2001:db8::17",
                "{\"forwarded\":\"for=\\\"[2001:db8::17]\\\";proto=https\",\"forwardedTrusted\":\"true\","
                        + "\"ip\":\"2001:db8::17\"}");
    }

    @Test
    void takesTheTraceFromTheRequestWhenTheServerDoesNotTrace() {
        assertNet(
                Map.of("traceparent", "00-" + TRACE + "-00f067aa0ba902b7-01"), null, "{\"traceId\":\"" + TRACE + "\"}");
        assertNet(Map.of("traceparent", "nonsense"), null, "{}");
    }

    @Test
    void boundsWhatAClientSends() {
        String long10k = "x".repeat(10_000);

        assertThat(RequestFacts.net(Map.of("User-Agent", long10k)::get, null, null, null)
                        .value()
                        .string("userAgent"))
                .hasSizeLessThan(1_100);
    }

    private static void assertNet(Map<String, String> headers, @Nullable String ip, String want) {
        assertThat(RequestFacts.net(headers::get, ip, null, null).value()).isEqualTo(JsonReader.parseObject(want));
    }
}
