package dev.keyledger.scim.keycloak.query;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.keyledger.scim.resource.Json;
import dev.keyledger.scim.schema.AttributeDefinition;
import dev.keyledger.scim.schema.CoreSchemas;
import java.util.List;
import org.junit.jupiter.api.Test;

class StoredElementsTest {
    private final AttributeDefinition phones =
            CoreSchemas.USER.attribute("phoneNumbers").orElseThrow();

    @Test
    void elementsComeBackInTheirOrder() {
        List<ObjectNode> elements = List.of(
                Json.object().put("value", "b"), Json.object().put("value", "a").put("type", "work"));

        assertThat(StoredElements.decode(StoredElements.encode(phones, elements)))
                .isEqualTo(elements);
        List<String> shuffled = StoredElements.encode(phones, elements);
        assertThat(StoredElements.decode(List.of(shuffled.get(1), shuffled.get(0))))
                .isEqualTo(elements);
    }

    @Test
    void aTextHasNoQuotationMarkAndNoBackslashOfItsOwn() {
        ObjectNode element = Json.object().put("value", "a\"\\b\n").put("primary", true);

        String stored = StoredElements.encode(phones, List.of(element)).get(0);

        assertThat(stored).isEqualTo("{\"@\":0,\"value\":\"a\\u0022\\u005Cb\\u000A\",\"primary\":true}");
        assertThat(StoredElements.decode(List.of(stored))).containsExactly(element);
    }

    @Test
    void everyCharacterComesBack() {
        StringBuilder all = new StringBuilder();
        for (char c = 1; c < 0x250; c++) {
            all.append(c);
        }
        ObjectNode element = Json.object().put("value", all + "\uD83D\uDE00");

        assertThat(StoredElements.decode(StoredElements.encode(phones, List.of(element))))
                .containsExactly(element);
    }

    @Test
    void whatIsNothingButAValueIsPlainTextWhereOthersReadIt() {
        ObjectNode work = Json.object().put("value", "3").put("type", "work");
        ObjectNode disguised = Json.object().put("value", "{\"@\":0}");
        ObjectNode longer = Json.object().put("value", "1".repeat(256));
        List<ObjectNode> elements =
                List.of(Json.object().put("value", "2"), work, Json.object().put("value", "1"), disguised, longer);

        List<String> stored = StoredElements.encodeShared(phones, elements);

        assertThat(stored).contains("1", "2").hasSizeGreaterThanOrEqualTo(5);
        assertThat(StoredElements.decode(stored))
                .containsExactly(
                        work,
                        disguised,
                        longer,
                        Json.object().put("value", "1"),
                        Json.object().put("value", "2"));
    }

    @Test
    void textThatIsNoStoredElementReadsAsAValueBehindTheOthers() {
        assertThat(StoredElements.decode(
                        List.of("{broken", "{\"value\":\"x\"}", "{\"@\":broken", "{\"@\":0,\"value\":\"first\"}")))
                .containsExactly(
                        Json.object().put("value", "first"),
                        Json.object().put("value", "{\"@\":broken"),
                        Json.object().put("value", "{\"value\":\"x\"}"),
                        Json.object().put("value", "{broken"));
    }
}
