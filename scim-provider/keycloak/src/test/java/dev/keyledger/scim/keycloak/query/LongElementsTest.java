package dev.keyledger.scim.keycloak.query;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.keyledger.scim.resource.Json;
import dev.keyledger.scim.schema.AttributeDefinition;
import dev.keyledger.scim.schema.CoreSchemas;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LongElementsTest {
    private static final AttributeDefinition PHOTOS =
            CoreSchemas.USER.attribute("photos").orElseThrow();

    @ParameterizedTest
    @ValueSource(strings = {"a", "\"", "\u0001", "\uD83D\uDE00", "x\uD83D\uDE00"})
    void whateverIsLongComesBackInValuesThatKeycloakLetsPass(String letters) {
        for (int length : new int[] {150, 700, 2000, 9001}) {
            List<ObjectNode> photos = List.of(
                    photo(letters.repeat(length)).put("type", "photo").put("display", letters.repeat(length)),
                    photo("https://short.example"),
                    photo(letters.repeat(length)));
            List<String> stored = new ArrayList<>(StoredElements.encode(PHOTOS, photos));
            Collections.reverse(stored);

            assertThat(stored).allMatch(text -> text.length() <= 2048);
            assertThat(StoredElements.decode(stored)).isEqualTo(photos);
        }
    }

    @Test
    void theHeadOfALongElementStillSaysWhatItIs() {
        assertThat(StoredElements.encode(
                        PHOTOS, List.of(photo("data:".repeat(999)).put("type", "photo"))))
                .hasSize(4)
                .first()
                .asString()
                .contains("\"type\":\"photo\"", "data:data:");
    }

    @Test
    void piecesThatAnAdministratorLeftOverSayNothing() {
        List<String> stored = StoredElements.encode(PHOTOS, List.of(photo("x".repeat(5000))));

        assertThat(StoredElements.decode(stored.subList(1, stored.size()))).isEmpty();
        assertThat(StoredElements.decode(stored.subList(0, 1))).hasSize(1);
    }

    private static ObjectNode photo(String value) {
        return Json.object().put("value", value);
    }
}
