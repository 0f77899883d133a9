package dev.keyledger.scim.keycloak.storage;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.SecureRandom;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TokenTextTest {
    private final SecureRandom randomness = new SecureRandom();

    @Test
    void aTokenIsRecognisedAndItsHashIsItsOwn() {
        TokenText token = TokenText.random(randomness);
        TokenText sent = TokenText.parse(token.reveal()).orElseThrow();

        assertThat(sent.id()).isEqualTo(token.id()).hasSize(36);
        assertThat(sent.hasHash(token.hash())).isTrue();
        assertThat(sent.hasHash(TokenText.random(randomness).hash())).isFalse();
    }

    @Test
    void aTokenThatDiffersInOneCharacterHasAnotherHash() {
        String text = TokenText.random(randomness).reveal();
        char last = text.charAt(text.length() - 1);
        String other = text.substring(0, text.length() - 1) + (last == 'A' ? 'B' : 'A');

        assertThat(TokenText.parse(other)
                        .orElseThrow()
                        .hasHash(TokenText.parse(text).orElseThrow().hash()))
                .isFalse();
    }

    @Test
    void noTwoTokensAreAlike() {
        Set<String> seen = new HashSet<>();
        for (int i = 0; i < 1000; i++) {
            TokenText token = TokenText.random(randomness);
            assertThat(seen.add(token.id())).isTrue();
            assertThat(seen.add(token.hash())).isTrue();
        }
    }

    @Test
    void aTokenIsNotInWhatIsPrintedOfIt() {
        TokenText token = TokenText.random(randomness);
        String secret = token.reveal().substring(token.reveal().lastIndexOf('_', 45) + 1);

        assertThat(token.toString()).doesNotContain(secret);
        assertThat(token.hash()).doesNotContain(secret);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "keyledger_", "eyJhbGciOiJub25lIn0.e30.", "keyledger_zz_x", "Keyledger_00"})
    void whatHasAnotherFormIsNoToken(String text) {
        assertThat(TokenText.parse(text)).isEmpty();
    }
}
