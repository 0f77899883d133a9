package dev.keyledger.e2e.console;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.keyledger.e2e.AdminClient;
import dev.keyledger.e2e.DistLauncher;
import dev.keyledger.e2e.SharedServer;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** The journey of an admin who connects a provisioning client in the stock console, and of one who may not. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ScimConsoleTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String LIST = "/provisioning";

    private String realm;
    private String alice;
    private Browser browser;
    private AuditLogPage console;
    private ConnectionPages pages;

    @BeforeAll
    void makeARealm() {
        // before the server: without a browser there is no need for one
        Browser.open().close();
        AdminClient admin = SharedServer.H2.admin();
        realm = "scim-console";
        admin.createRealm(JSON.createObjectNode()
                .put("realm", realm)
                .put("enabled", true)
                .put("internationalizationEnabled", true)
                .put("defaultLocale", "en")
                .set("supportedLocales", JSON.createArrayNode().add("en").add("de")));
        alice = admin.createUser(realm, "alice", "alice-password");
        admin.grant(realm, admin.createUser(realm, "helpdesk", "helpdesk"), List.of("view-users"));
    }

    @BeforeEach
    void openAWindow() {
        browser = Browser.open();
        console = new AuditLogPage(browser, SharedServer.H2.server().baseUrl());
        pages = new ConnectionPages(browser);
    }

    @AfterEach
    void closeTheWindow() {
        browser.close();
    }

    @Test
    void anAdminFindsTheConnectionsInTheNavigationAndTheHistoryOnTheUsersPage() {
        console.logIn("master", DistLauncher.ADMIN, DistLauncher.ADMIN_PASSWORD);
        console.open("master", "#/" + realm + "/users/" + alice + "/settings");
        assertThat(browser.find("#keyledger-history-link").getDomAttribute("href"))
                .isEqualTo("#/" + realm + "/audit-log/history/USER/" + alice);
        pages.openFromNavigation();
        picture("scim-list");
        pages.follow("Connect");
        browser.find("[data-testid=keyledger-kinds]");
        picture("scim-connect-kind");
        pages.follow("Connect Okta");
        browser.find("[data-testid=keyledger-create]");
        picture("scim-connect-rules");
    }

    @Test
    void anAdminWithoutTheRightsSeesNeitherNavigationNorData() {
        console.logIn(realm, "helpdesk", "helpdesk");
        browser.find("#nav-item-users");
        console.open(realm, "#/" + realm + LIST);
        assertThat(browser.find("[data-testid=keyledger-forbidden]").getText()).contains("view-realm");
        assertThat(browser.all(ConnectionPages.NAV_ITEM)).isEmpty();
        assertThat(browser.all("[data-testid=keyledger-connections]")).isEmpty();
        browser.screenshot("scim-forbidden");
        console.open(realm, "#/" + realm + "/users/" + alice + "/settings");
        browser.find("[data-testid=view-header]");
        assertThat(browser.all("#keyledger-history-link")).isEmpty();
    }

    /** What an answer of ours does to a console that otherwise works: nothing. */
    @Test
    void theStockConsoleWorksWhateverOurServerAnswers() {
        console.logIn("master", DistLauncher.ADMIN, DistLauncher.ADMIN_PASSWORD);
        for (Map.Entry<String, String> fault : Map.of(
                        "500", "Promise.resolve(new Response('<html>', {status: 500}))",
                        "404", "Promise.resolve(new Response(null, {status: 404}))",
                        "no answer", "new Promise(() => {})")
                .entrySet()) {
            String script = browser.beforeEachPage("const real = window.fetch; window.fetch = (url, init) =>"
                    + " String(url.url ?? url).includes('/keyledger') ? " + fault.getValue() + " : real(url, init);");
            console.open("master", "#/" + realm + "/users");
            assertStockConsoleWorks(fault.getKey());
            browser.forget(script);
        }
        browser.block("*/assets/keyledger/*");
        console.open("master", "#/" + realm + "/users");
        assertStockConsoleWorks("the theme's script does not load");
    }

    private void assertStockConsoleWorks(String fault) {
        browser.click("#nav-item-groups");
        browser.find("[data-testid=view-header]");
        browser.click("#nav-item-users");
        browser.find("[data-testid=view-header]");
        assertThat(browser.all(ConnectionPages.NAV_ITEM)).as(fault).isEmpty();
        assertThat(browser.all(AuditLogPage.NAV_ITEM)).as(fault).isEmpty();
        assertThat(browser.all("#keyledger-main")).as(fault).isEmpty();
    }

    private void picture(String name) {
        browser.screenshot(name);
        assertThat(browser.accessibilityViolations("keyledger-scim")).as(name).isEmpty();
    }
}
