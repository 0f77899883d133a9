package dev.keyledger.console;

import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.CacheControl;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.util.Locale;
import java.util.SortedMap;
import java.util.TreeMap;
import org.keycloak.locale.LocaleSelectorProvider;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.services.Urls;
import org.keycloak.services.resources.admin.fgap.AdminPermissionEvaluator;
import org.keycloak.theme.Theme;
import org.keycloak.urls.UrlType;

/** {@code /admin/realms/{realm}/keyledger-console}: tells the console's script what this admin may see, and in which words. */
public final class ConsoleResource {

    private static final String PREFIX = "keyledger.";

    private final KeycloakSession session;
    private final AdminPermissionEvaluator permissions;

    ConsoleResource(KeycloakSession session, AdminPermissionEvaluator permissions) {
        this.session = session;
        this.permissions = permissions;
    }

    /**
     * Answers every authenticated admin, also one without the right: the page must be able to say so in the admin's own
     * language. It names no entry and no object of the realm. Answers a {@link ConsoleView}.
     */
    @GET
    @Path("me")
    @Produces(MediaType.APPLICATION_JSON)
    public Response me() throws IOException {
        // the realm of the request is the administered one; language and overrides belong to the realm of the login
        RealmModel home = permissions.adminAuth().getRealm();
        Locale locale = session.getProvider(LocaleSelectorProvider.class)
                .resolveLocale(home, permissions.adminAuth().getUser());
        boolean managesRealm = permissions.realm().canManageRealm();
        ConsoleView view = new ConsoleView(
                permissions.realm().canViewEvents(),
                managesRealm,
                permissions.realm().canViewRealm(),
                managesRealm
                        && permissions.users().canManage()
                        && permissions.clients().canManage(),
                permissions.users().canQuery(),
                permissions.clients().canList(),
                realmUrl(),
                locale.toLanguageTag(),
                messages(home, locale));
        CacheControl neverStored = new CacheControl();
        neverStored.setNoStore(true);
        return Response.ok(view).cacheControl(neverStored).build();
    }

    /** As the realm names itself in its tokens; the host of the console may be another one. */
    private String realmUrl() {
        return Urls.realmIssuer(
                session.getContext().getUri(UrlType.FRONTEND).getBaseUri(),
                session.getContext().getRealm().getName());
    }

    private SortedMap<String, String> messages(RealmModel home, Locale locale) throws IOException {
        Theme theme = session.theme().getTheme(ConsoleThemeSelector.THEME, Theme.Type.ADMIN);
        SortedMap<String, String> ours = new TreeMap<>();
        theme.getEnhancedMessages(home, locale).forEach((key, text) -> {
            if (key.toString().startsWith(PREFIX)) {
                ours.put(key.toString(), text.toString());
            }
        });
        return ours;
    }
}
