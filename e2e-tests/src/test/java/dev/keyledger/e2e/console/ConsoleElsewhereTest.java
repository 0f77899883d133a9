package dev.keyledger.e2e.console;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.keyledger.e2e.AdminClient;
import dev.keyledger.e2e.DistLauncher;
import dev.keyledger.e2e.KeycloakServer;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/**
 * A server where everything is elsewhere: it serves below {@code /auth}, its console has a host name of its own, and the
 * pages come by no selector but only where a realm names their theme.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ConsoleElsewhereTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String REALM = "elsewhere";

    private final DistLauncher launcher = DistLauncher.ofSystemProperties();
    private final String front = "http://localhost:" + launcher.ports().http() + "/auth";
    private final String console = "http://127.0.0.1:" + launcher.ports().http() + "/auth";
    private KeycloakServer server;
    private Browser browser;
    private AuditLogPage page;

    @BeforeAll
    void startTheServer() {
        // before the server: without a browser there is no need for one
        Browser.open().close();
        server = launcher.withOptions(
                        "--http-relative-path=/auth",
                        "--http-management-relative-path=/",
                        "--spi-theme-selector--keyledger--enabled=false",
                        "--hostname=" + front,
                        "--hostname-admin=" + console)
                .startAfresh("console-elsewhere");
        AdminClient admin = new AdminClient(front);
        admin.createRealm(
                JSON.createObjectNode().put("realm", REALM).put("enabled", true).put("adminTheme", "keyledger"));
        admin.grant(REALM, admin.createUser(REALM, "chief", "chief"), List.of("realm-admin"));
        admin.auditLog(REALM).awaitSealed();
    }

    @AfterAll
    void stopTheServer() {
        if (server != null) {
            server.close();
        }
    }

    @BeforeEach
    void openAWindow() {
        browser = Browser.open();
        page = new AuditLogPage(browser, console);
    }

    @AfterEach
    void closeTheWindow() {
        browser.close();
    }

    @Test
    void thePagesWorkBelowAPathAndAtAHostNameOfTheirOwn() {
        page.logIn(REALM, "chief", "chief");
        page.openFromNavigation();
        assertThat(browser.url()).startsWith(console + "/admin/" + REALM + "/console/");
        assertThat(page.rows()).isNotEmpty();

        ConnectionPages pages = new ConnectionPages(browser);
        pages.openFromNavigation();
        pages.follow("Connect another client");
        pages.type("#keyledger-display-name", "Script");
        browser.click("[data-testid=keyledger-create]");
        assertThat(pages.valueToPaste("url")).isEqualTo(front + "/realms/" + REALM + "/scim/v2");
    }

    @Test
    void theStockConsoleIsTheStockConsoleWhereTheThemeIsOff() {
        page.logIn("master", DistLauncher.ADMIN, DistLauncher.ADMIN_PASSWORD);
        browser.click("#nav-item-users");
        browser.find("[data-testid=view-header]");
        assertThat(browser.source()).contains("keycloak.v2").doesNotContain("keyledger");
        assertThat(browser.all(AuditLogPage.NAV_ITEM)).isEmpty();
        assertThat(browser.all(ConnectionPages.NAV_ITEM)).isEmpty();
    }
}
