package dev.keyledger.scim.keycloak.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.keyledger.scim.ScimException;
import dev.keyledger.scim.filter.Operator;
import dev.keyledger.scim.resource.Json;
import dev.keyledger.scim.schema.AttributeDefinition;
import dev.keyledger.scim.schema.CoreSchemas;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class ElementPatternsTest {
    private final AttributeDefinition phones =
            CoreSchemas.USER.attribute("phoneNumbers").orElseThrow();
    private final AttributeDefinition value = part("value");
    private final AttributeDefinition type = part("type");
    private final AttributeDefinition display = part("display");

    @Test
    void findsAPartByItsValue() {
        String stored =
                stored(Json.object().put("value", "1").put("type", "work").put("primary", true));

        assertThat(matches(stored, type, Operator.EQ, "work")).isTrue();
        assertThat(matches(stored, type, Operator.EQ, "wor")).isFalse();
        assertThat(matches(stored, type, Operator.SW, "wor")).isTrue();
        assertThat(like(stored, ElementPatterns.compare(part("primary"), Operator.EQ, BooleanNode.TRUE)))
                .isTrue();
    }

    @Test
    void answersEveryTextOperatorOnTheValueItself() {
        String stored = stored(Json.object().put("type", "work").put("value", "+49 30 1234"));

        assertThat(matches(stored, value, Operator.EQ, "+49 30 1234")).isTrue();
        assertThat(matches(stored, value, Operator.EQ, "+49 30 123")).isFalse();
        assertThat(matches(stored, value, Operator.CO, "30 12")).isTrue();
        assertThat(matches(stored, value, Operator.CO, "work")).isFalse();
        assertThat(matches(stored, value, Operator.SW, "+49")).isTrue();
        assertThat(matches(stored, value, Operator.EW, "34")).isTrue();
        assertThat(matches(stored, value, Operator.EW, "123")).isFalse();
    }

    @Test
    void aValueThatLooksLikeAnotherPartIsNotTakenForIt() {
        String stored = stored(Json.object().put("display", "\"type\":\"work\"").put("value", "\"type\":\"work\"}"));

        assertThat(matches(stored, type, Operator.EQ, "work")).isFalse();
        assertThat(like(stored, ElementPatterns.present(type))).isFalse();
        assertThat(matches(stored, display, Operator.EQ, "\"type\":\"work\"")).isTrue();
    }

    @Test
    void aWildcardStandsForItself() {
        assertThat(matches(stored(Json.object().put("value", "100%_!")), value, Operator.EQ, "100%_!"))
                .isTrue();
        assertThat(matches(stored(Json.object().put("value", "100abc")), value, Operator.EQ, "100%_!"))
                .isFalse();
    }

    @Test
    void whatNoPatternCanSayIsAnInvalidFilter() {
        assertThatThrownBy(() -> ElementPatterns.compare(type, Operator.CO, TextNode.valueOf("x")))
                .isInstanceOf(ScimException.class)
                .hasMessageContaining("co");
        assertThatThrownBy(() -> ElementPatterns.compare(value, Operator.GT, TextNode.valueOf("x")))
                .isInstanceOf(ScimException.class)
                .hasMessageContaining("gt");
    }

    @Test
    void storedElementsComeBackInTheirOrder() {
        List<ObjectNode> elements = List.of(
                Json.object().put("value", "b"), Json.object().put("value", "a").put("type", "work"));

        assertThat(StoredElements.decode(StoredElements.encode(phones, elements)))
                .isEqualTo(elements);
    }

    @Test
    void textThatIsNoJsonReadsAsAValue() {
        assertThat(StoredElements.decode(List.of("{broken", "plain")))
                .containsExactly(
                        Json.object().put("value", "{broken"), Json.object().put("value", "plain"));
    }

    private boolean matches(String stored, AttributeDefinition part, Operator operator, String wanted) {
        return like(stored, ElementPatterns.compare(part, operator, TextNode.valueOf(wanted)));
    }

    private String stored(ObjectNode element) {
        return StoredElements.encode(phones, List.of(element)).get(0);
    }

    private AttributeDefinition part(String name) {
        return phones.subAttribute(name).orElseThrow();
    }

    /** SQL's LIKE with the escape character of {@link TextPredicates}. */
    private static boolean like(String text, String pattern) {
        StringBuilder regex = new StringBuilder();
        for (int i = 0; i < pattern.length(); i++) {
            char c = pattern.charAt(i);
            if (c == '!') {
                i++;
                regex.append(Pattern.quote(String.valueOf(pattern.charAt(i))));
            } else {
                regex.append(c == '%' ? ".*" : c == '_' ? "." : Pattern.quote(String.valueOf(c)));
            }
        }
        return Pattern.compile(regex.toString(), Pattern.DOTALL).matcher(text).matches();
    }
}
