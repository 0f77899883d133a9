package dev.keyledger.console;

import org.keycloak.theme.Theme;
import org.keycloak.theme.ThemeSelectorProvider;

/**
 * Serves the theme {@code keyledger} wherever the stock admin theme would be served, and keeps every other choice: a
 * realm with an admin theme of its own keeps it, and no other type of theme is touched.
 */
final class ConsoleThemeSelector implements ThemeSelectorProvider {

    /** The name of our theme, as {@code META-INF/keycloak-themes.json} declares it. */
    static final String THEME = "keyledger";

    private final ThemeSelectorProvider others;

    /** {@code others} answers what would be served without us. */
    ConsoleThemeSelector(ThemeSelectorProvider others) {
        this.others = others;
    }

    @Override
    public String getThemeName(Theme.Type type) {
        String name = others.getThemeName(type);
        return type == Theme.Type.ADMIN && DEFAULT_V2.equals(name) ? THEME : name;
    }

    @Override
    public String getDefaultThemeName(Theme.Type type) {
        return others.getDefaultThemeName(type);
    }

    @Override
    public void close() {
        // the session closes the selector that we asked
    }
}
