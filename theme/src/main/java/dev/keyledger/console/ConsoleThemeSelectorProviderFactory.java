package dev.keyledger.console;

import org.keycloak.Config;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.KeycloakSessionFactory;
import org.keycloak.theme.ThemeSelectorProvider;
import org.keycloak.theme.ThemeSelectorProviderFactory;

/**
 * Puts {@link ConsoleThemeSelector} in front of the selector that would be asked without us, so that dropping the jar in
 * is all it takes. {@code --spi-theme-selector--keyledger--enabled=false} gives the stock console back.
 */
public final class ConsoleThemeSelectorProviderFactory implements ThemeSelectorProviderFactory {

    static final String ID = "keyledger";
    private static final String STOCK = "default";

    private String next = STOCK;

    @Override
    public String getId() {
        return ID;
    }

    @Override
    public int order() {
        return 100;
    }

    @Override
    public void init(Config.Scope config) {
        // nothing to configure
    }

    @Override
    public void postInit(KeycloakSessionFactory factory) {
        // Keycloak's own rule: the highest order, and the stock one among equals
        next = factory.getProviderFactoriesStream(ThemeSelectorProvider.class)
                .filter(other -> !ID.equals(other.getId()) && other.order() < order())
                .max((a, b) -> a.order() == b.order()
                        ? Boolean.compare(STOCK.equals(a.getId()), STOCK.equals(b.getId()))
                        : Integer.compare(a.order(), b.order()))
                .map(other -> other.getId())
                .orElse(STOCK);
    }

    @Override
    public ThemeSelectorProvider create(KeycloakSession session) {
        return new ConsoleThemeSelector(session.getProvider(ThemeSelectorProvider.class, next));
    }

    @Override
    public void close() {
        // holds nothing
    }
}
