package dev.keyledger.scim.resource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import dev.keyledger.scim.ScimException;
import dev.keyledger.scim.ScimType;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonBodyTest {
    private final JsonBody body = new JsonBody(100_000);

    @Test
    void readsAnObject() {
        assertThat(body.parse(bytes("{\"a\":[1,{\"b\":\"ü\"}]}")).at("/a/1/b").textValue())
                .isEqualTo("ü");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "  ",
                "[]",
                "\"x\"",
                "{",
                "{\"a\":1,\"a\":2}",
                "{} {}",
                "{}x",
                "{\"a\":NaN}",
                "{'a':1}",
                "nul"
            })
    void refusesWhatIsNoSingleObject(String text) {
        assertInvalid(bytes(text));
    }

    @Test
    void skipsAByteOrderMark() {
        assertThat(body.parse(bytes("\uFEFF{\"a\":1}")).path("a").intValue()).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"a\":\"\\u0000\"}",
                "{\"a\\u0000\":1}",
                "{\"a\":[{\"b\":\"\\ud83d\"}]}",
                "{\"a\":\"\\ude00\\ud83d\"}"
            })
    void refusesWhatNoDatabaseKeeps(String text) {
        assertThatThrownBy(() -> body.parse(bytes(text)))
                .asInstanceOf(type(ScimException.class))
                .satisfies(e -> assertThat(e.scimType()).isEqualTo(ScimType.INVALID_VALUE));
    }

    @Test
    void readsEscapesThatOnlyLookLikeThese() {
        assertThat(body.parse(bytes("{\"a\":\"\\\\u0000 \\ud83d\\ude00\"}"))
                        .path("a")
                        .textValue())
                .isEqualTo("\\u0000 \uD83D\uDE00");
    }

    @Test
    void refusesInvalidUtf8() {
        assertInvalid(new byte[] {'{', '"', (byte) 0xc3, '"', ':', '1', '}'});
    }

    @Test
    void refusesWhatIsTooDeepOrHasTooLongANumber() {
        assertInvalid(bytes("{\"a\":" + "[".repeat(5_000) + "]".repeat(5_000) + '}'));
        assertInvalid(bytes("{\"a\":" + "9".repeat(5_000) + '}'));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "9E23372036854775807",
                "1E2147483648",
                "-1e-2147483649",
                "1.5E99999999999",
                "9E9223372036854775808"
            })
    void refusesANumberWhoseExponentNobodyCanHold(String number) {
        assertInvalid(bytes(number));
        assertInvalid(bytes("{\"a\":[" + number + "]}"));
    }

    @Test
    void refusesWhatIsTooLargeWith413() {
        assertThatThrownBy(() -> body.parse(new byte[100_001]))
                .asInstanceOf(type(ScimException.class))
                .satisfies(e -> assertThat(e.status()).isEqualTo(413));
    }

    private void assertInvalid(byte[] bytes) {
        assertThatThrownBy(() -> body.parse(bytes))
                .asInstanceOf(type(ScimException.class))
                .satisfies(e -> assertThat(e.scimType()).isEqualTo(ScimType.INVALID_SYNTAX));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
