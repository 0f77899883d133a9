package dev.keyledger.scim.message;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.LongNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.keyledger.scim.ScimException;
import dev.keyledger.scim.ScimType;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CursorsTest {
    private static final String QUERY = "User\nuserName sw \"a\"\nnull";

    private Instant now = Instant.parse("2026-11-26T00:00:00Z");
    private final Cursors cursors = new Cursors(new byte[32], () -> now);

    @Test
    void whatWasIssuedIsRead() {
        for (JsonNode key : List.of(
                TextNode.valueOf("ä\"\\\uD83D\uDE00"),
                LongNode.valueOf(1L << 60),
                BooleanNode.TRUE,
                NullNode.getInstance())) {
            Cursor cursor = new Cursor(key, "id-1", key.isTextual(), 10, 1_000_000);
            assertThat(cursors.read(cursors.issue(cursor, QUERY), QUERY)).isEqualTo(cursor);
        }
    }

    @Test
    void aCursorNeedsNoEscapesInAUriAndTellsNothing() {
        assertThat(issued("Ann@acme.example")).matches("[A-Za-z0-9_-]+").doesNotContain("Ann");
        assertThat(issued("a")).isEqualTo(issued("a")).isNotEqualTo(issued("b"));
    }

    @Test
    void aCursorOfAnotherQueryOrSecretIsInvalid() {
        assertRefused(ScimType.INVALID_CURSOR, issued("a"), "User\nuserName sw \"b\"\nnull");
        Cursors others = new Cursors(new byte[] {1}, () -> now);
        assertRefused(
                ScimType.INVALID_CURSOR,
                others.issue(new Cursor(NullNode.getInstance(), "id", false, 10, 0), QUERY),
                QUERY);
    }

    @ParameterizedTest
    @ValueSource(strings = {"a", "1", "null", "####", "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA", "ä"})
    void garbageIsInvalid(String garbage) {
        assertRefused(ScimType.INVALID_CURSOR, garbage, QUERY);
        assertRefused(ScimType.INVALID_CURSOR, garbage.repeat(10_000), QUERY);
    }

    @Test
    void everyChangedCharacterIsNoticed() {
        String issued = issued("a");
        for (int i = 0; i < issued.length() - 1; i++) {
            char other = issued.charAt(i) == 'A' ? 'B' : 'A';
            assertRefused(ScimType.INVALID_CURSOR, issued.substring(0, i) + other + issued.substring(i + 1), QUERY);
        }
        assertRefused(ScimType.INVALID_CURSOR, issued.substring(0, issued.length() - 4), QUERY);
    }

    @Test
    void anOldCursorHasExpired() {
        String issued = issued("a");
        now = now.plus(Cursors.LIFETIME);
        assertThat(cursors.read(issued, QUERY).id()).isEqualTo("id");
        now = now.plusSeconds(1);
        assertRefused(ScimType.EXPIRED_CURSOR, issued, QUERY);
    }

    private String issued(String key) {
        return cursors.issue(new Cursor(TextNode.valueOf(key), "id", false, 10, 7), QUERY);
    }

    private void assertRefused(ScimType wanted, String cursor, String query) {
        assertThatThrownBy(() -> cursors.read(cursor, query)).isInstanceOfSatisfying(ScimException.class, e -> {
            assertThat(e.status()).isEqualTo(400);
            assertThat(e.scimType()).isEqualTo(wanted);
        });
    }
}
