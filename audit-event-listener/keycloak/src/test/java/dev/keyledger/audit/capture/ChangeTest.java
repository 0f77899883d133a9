package dev.keyledger.audit.capture;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keyledger.log.json.JsonArray;
import dev.keyledger.log.json.JsonString;
import dev.keyledger.log.json.JsonValue;
import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ChangeTest {
    @Test
    void aSetInAnotherOrderIsNoChange() {
        assertThat(Change.between(
                        Map.of("redirectUris", texts("a", "b", "c")), Map.of("redirectUris", texts("c", "a", "b"))))
                .isEqualTo(new Change(Map.of(), Map.of()));
    }

    @Test
    void aListWithAnotherNumberOfEqualElementsIsAChange() {
        assertThat(Change.between(Map.of("x", texts("a", "a", "b")), Map.of("x", texts("a", "b", "b")))
                        .isEmpty())
                .isFalse();
    }

    @Test
    void whatIsPreferredInAnotherOrderIsAChange() {
        String name = "webAuthnPolicyPasswordlessSignatureAlgorithms";

        assertThat(Change.between(Map.of(name, texts("ES256", "RS256")), Map.of(name, texts("RS256", "ES256")))
                        .isEmpty())
                .isFalse();
    }

    private static JsonValue texts(String... elements) {
        return new JsonArray(
                Arrays.stream(elements).<JsonValue>map(JsonString::new).toList());
    }
}
