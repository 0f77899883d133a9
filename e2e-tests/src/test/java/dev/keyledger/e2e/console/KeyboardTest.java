package dev.keyledger.e2e.console;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.keyledger.e2e.AdminClient;
import dev.keyledger.e2e.DistLauncher;
import dev.keyledger.e2e.Http;
import dev.keyledger.e2e.SharedServer;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.openqa.selenium.Keys;
import org.openqa.selenium.WebElement;

/** Every screen without a mouse. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class KeyboardTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String DIALOG = "[role=dialog]";
    private static final String OKTA = "/provisioning/connections/okta";

    private Browser browser;
    private AuditLogPage console;
    private Keyboard keyboard;
    private String realm;
    private String alice;

    @BeforeAll
    void openAWindowOnARealmThatIsUsed() {
        browser = Browser.open();
        AdminClient admin = SharedServer.H2.admin();
        realm = SharedServer.H2.freshRealm("keyboard");
        alice = admin.createUser(realm, "alice", "alice-password");
        Http connections = admin.realm(realm).below("/keyledger/connections");
        connections.put("/okta", JSON.createObjectNode().put("kind", "okta")).expect(201);
        connections
                .post("/okta/tokens", JSON.createObjectNode().put("name", "Okta"))
                .expect(201);
        admin.auditLog(realm).awaitSealed();
        keyboard = new Keyboard(browser);
        console = new AuditLogPage(browser, SharedServer.H2.server().baseUrl());
        console.logIn("master", DistLauncher.ADMIN, DistLauncher.ADMIN_PASSWORD);
    }

    @AfterAll
    void closeTheWindow() {
        if (browser != null) {
            browser.close();
        }
    }

    @Test
    void everythingIsReachedIsSeenToHaveTheFocusAndLetsItGo() {
        for (String place : List.of(
                "/audit-log?kind=admin&range=7d",
                "/audit-log/0",
                "/audit-log/history/USER/" + alice + "?at=2100-01-01T00:00:00Z",
                "/audit-log/integrity",
                "/audit-log/export",
                "/audit-log/privacy",
                "/provisioning",
                "/provisioning/connect",
                "/provisioning/connect/okta",
                OKTA,
                OKTA + "/tokens",
                OKTA + "/policies",
                OKTA + "/mapping",
                OKTA + "/activity")) {
            open(place);
            assertThat(keyboard.problems()).as(place).isEmpty();
        }
    }

    @Test
    void whatOpensIsClosedByEscapeAndGivesTheFocusBack() {
        open("/audit-log");
        WebElement row = browser.find("[data-testid=keyledger-entries] tbody a");
        opensAndCloses(row, "[data-testid=keyledger-entry]");
        for (WebElement toggle : List.of(
                browser.find("button[aria-label='Columns and density']"),
                browser.find("button[aria-label='Saved filters']"),
                browser.button(".keyledger-filters", "Kind"))) {
            keyboard.openMenu(toggle);
            keyboard.closes(Keyboard.MENU, toggle);
        }

        open("/audit-log/privacy");
        console.searchPerson("alice");
        browser.find("[data-testid=keyledger-subject]");
        opensAndCloses(browser.button("[data-testid=keyledger-subject]", "Erase"), DIALOG);
        opensAndCloses(browser.button("[data-testid=keyledger-subject]", "Put on legal hold"), DIALOG);

        open(OKTA + "/tokens");
        opensAndCloses(browser.find("[data-testid=keyledger-new-token]"), DIALOG);
        opensAndCloses(browser.button("[data-testid=keyledger-tokens]", "Rotate"), DIALOG);
        opensAndCloses(browser.button("[data-testid=keyledger-tokens]", "Revoke"), DIALOG);
        open(OKTA);
        opensAndCloses(browser.find("[data-testid=keyledger-delete]"), DIALOG);
    }

    @Test
    void filtersAreSavedAndAppliedWithoutAMouse() {
        open("/audit-log?kind=admin");
        keyboard.openMenu(browser.find("button[aria-label='Saved filters']"));
        browser.press(Keys.ENTER);
        browser.find(DIALOG);
        browser.press("Administration", Keys.ENTER);
        browser.until("the dialog to close", window -> window.all(DIALOG).isEmpty());
        open("/audit-log");
        keyboard.openMenu(browser.find("button[aria-label='Saved filters']"));
        browser.press(Keys.ENTER);
        browser.until("the filters", window -> window.url().endsWith("kind=admin"));
    }

    private void open(String place) {
        console.open("master", "#/" + realm + place);
        browser.find("#keyledger-main h1");
        browser.until(
                "a page that is complete",
                window -> window.all("#keyledger-main .pf-v5-c-skeleton, #keyledger-main [aria-busy=true]")
                        .isEmpty());
    }

    private void opensAndCloses(WebElement opener, String opened) {
        keyboard.open(opener, opened);
        keyboard.closes(opened, opener);
    }
}
