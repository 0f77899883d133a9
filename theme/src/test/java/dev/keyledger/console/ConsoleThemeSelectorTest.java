package dev.keyledger.console;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.keycloak.theme.Theme;
import org.keycloak.theme.ThemeSelectorProvider;

class ConsoleThemeSelectorTest {

    @Test
    void servesOurThemeInPlaceOfTheStockAdminTheme() {
        assertThat(selectorOver("keycloak.v2").getThemeName(Theme.Type.ADMIN)).isEqualTo("keyledger");
    }

    @Test
    void keepsAnAdminThemeThatTheRealmHasChosen() {
        assertThat(selectorOver("acme").getThemeName(Theme.Type.ADMIN)).isEqualTo("acme");
    }

    @Test
    void leavesEveryOtherTypeOfThemeAlone() {
        assertThat(selectorOver("keycloak.v2").getThemeName(Theme.Type.LOGIN)).isEqualTo("keycloak.v2");
    }

    @Test
    void answersTheDefaultAsItWouldBeWithoutUs() {
        assertThat(selectorOver("acme").getDefaultThemeName(Theme.Type.ADMIN)).isEqualTo("default of acme");
    }

    private static ConsoleThemeSelector selectorOver(String chosen) {
        return new ConsoleThemeSelector(new ThemeSelectorProvider() {
            @Override
            public String getThemeName(Theme.Type type) {
                return chosen;
            }

            @Override
            public String getDefaultThemeName(Theme.Type type) {
                return "default of " + chosen;
            }

            @Override
            public void close() {
                // holds nothing
            }
        });
    }
}
