package dev.keyledger.e2e.console;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keyledger.e2e.AdminClient;
import dev.keyledger.e2e.DistLauncher;
import dev.keyledger.e2e.SharedServer;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** The journey of an admin who connects a provisioning client in the stock console, and of one who may not. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ScimConsoleTest {

    private String realm;
    private String alice;
    private Browser browser;
    private AuditLogPage console;

    @BeforeAll
    void makeARealm() {
        // before the server: without a browser there is no need for one
        Browser.open().close();
        realm = SharedServer.H2.freshRealm("scim-console");
        AdminClient admin = SharedServer.H2.admin();
        alice = admin.createUser(realm, "alice", "alice-password");
        admin.grant(realm, admin.createUser(realm, "helpdesk", "helpdesk"), List.of("view-users"));
    }

    @BeforeEach
    void openAWindow() {
        browser = Browser.open();
        console = new AuditLogPage(browser, SharedServer.H2.server().baseUrl());
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
        browser.screenshot("scim-history-link");
        browser.click("#nav-item-keyledger-scim");
        browser.find("[data-testid=keyledger-empty]");
        browser.until(
                "the list",
                window -> window.all("[data-testid=keyledger-connections] tbody tr")
                                .size()
                        == 1);
        browser.screenshot("scim-empty");
        assertThat(browser.accessibilityViolations("keyledger-scim")).isEmpty();
    }

    @Test
    void anAdminWithoutTheRightsSeesNeitherNavigationNorData() {
        console.logIn(realm, "helpdesk", "helpdesk");
        browser.find("#nav-item-users");
        console.open(realm, "#/" + realm + "/provisioning");
        assertThat(browser.find("[data-testid=keyledger-forbidden]").getText()).contains("view-realm");
        assertThat(browser.all("#nav-item-keyledger-scim")).isEmpty();
        assertThat(browser.all("[data-testid=keyledger-connections]")).isEmpty();
        browser.screenshot("scim-forbidden");
        console.open(realm, "#/" + realm + "/users/" + alice + "/settings");
        browser.find("[data-testid=view-header]");
        assertThat(browser.all("#keyledger-history-link")).isEmpty();
    }
}
