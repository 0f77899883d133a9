package dev.keyledger.e2e.console;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.keyledger.e2e.AdminClient;
import dev.keyledger.e2e.DistLauncher;
import dev.keyledger.e2e.Http;
import dev.keyledger.e2e.SharedServer;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** The journey of an auditor through the stock console, and of an admin who is none. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ConsoleTest {

    private static final String REALM = "acme";
    private static final ObjectMapper JSON = new ObjectMapper();

    private Browser browser;
    private AuditLogPage page;

    @BeforeAll
    void makeSomethingToSee() {
        // before the server: without a browser there is no need for one
        Browser.open().close();
        AdminClient admin = SharedServer.H2.admin();
        admin.createRealm(JSON.createObjectNode()
                .put("realm", REALM)
                .put("enabled", true)
                .put("internationalizationEnabled", true)
                .put("defaultLocale", "en")
                .set("supportedLocales", JSON.createArrayNode().add("en").add("de")));
        createAdmin(admin, "auditor", "view-events", "en");
        createAdmin(admin, "pruefer", "view-events", "de");
        createAdmin(admin, "helpdesk", "view-users", "en");
        String alice = admin.createUser(REALM, "alice", "alice-password");
        ObjectNode changed = (ObjectNode)
                admin.realm(REALM).get("/users/" + alice).expect(200).json();
        admin.realm(REALM)
                .put("/users/" + alice, changed.put("lastName", "Meyer").put("enabled", false))
                .expect(204);
        admin.login(REALM, "admin-cli", "alice", "wrong-password");
        admin.auditLog(REALM).awaitSealed();
    }

    @BeforeEach
    void openAWindow() {
        browser = Browser.open();
        page = new AuditLogPage(browser, SharedServer.H2.server().baseUrl());
    }

    @AfterEach
    void closeTheWindow() {
        browser.close();
    }

    @Test
    void anAdminOpensTheLogFromTheNavigationFiltersItAndVerifiesAnEntry() {
        page.logIn("master", DistLauncher.ADMIN, DistLauncher.ADMIN_PASSWORD);
        page.open("master", "#/" + REALM + "/users");
        page.openFromNavigation();
        browser.screenshot("audit-log-list");
        assertThat(browser.accessibilityViolations("keyledger-audit-log")).isEmpty();

        int all = page.rows().size();
        browser.find(".keyledger-bars svg path");
        browser.dragOverRightHalf(".keyledger-brush");
        assertThat(browser.url()).contains("audit-log?from=", "&to=");
        page.awaitRows();
        assertThat(page.rows()).hasSize(all);
        browser.back();
        page.awaitRows();

        page.filterByKind("Administration");
        assertThat(browser.url()).endsWith("#/" + REALM + "/audit-log?kind=admin");
        assertThat(page.rows())
                .hasSizeLessThan(all)
                .allMatch(row -> row.getText().contains("Administration"));
        browser.screenshot("audit-log-filtered");

        page.openEntry("Update", "alice");
        assertThat(page.entryText()).contains("enabled", "lastName", "Meyer");
        assertThat(page.verify())
                .containsExactly(
                        "content passed",
                        "commitments passed",
                        "leafHash passed",
                        "inclusion passed",
                        "signature passed");
        browser.find("[data-testid=keyledger-verdict-passed]");
        browser.screenshot("audit-log-verified");
        assertThat(browser.accessibilityViolations("keyledger-audit-log")).isEmpty();
    }

    @Test
    void anEntryHasAnAddressOfItsOwnAndBackLeadsToTheList() {
        page.logIn(REALM, "auditor", "auditor");
        page.openFromNavigation();
        page.openEntry("Sign in", "alice");
        String address = browser.url();
        assertThat(page.entryText()).contains("Failure", "alice");
        browser.back();
        browser.until(
                "the panel to close",
                window -> window.all("[data-testid=keyledger-entry]").isEmpty());
        page.open(REALM, address.substring(address.indexOf('#')));
        assertThat(browser.find("[data-testid=keyledger-entry] dl").getText()).contains("alice");
        List<String> asked = browser.asked("");
        assertThat(placeOf("/assets/keyledger/element-", asked))
                .as("the page is loaded while the console begins, before that asks whom it is for: %s", asked)
                .isLessThan(placeOf("/whoami", asked));
    }

    private static int placeOf(String part, List<String> addresses) {
        for (int i = 0; i < addresses.size(); i++) {
            if (addresses.get(i).contains(part)) {
                return i;
            }
        }
        throw new IllegalStateException("nothing was asked of " + part + ": " + addresses);
    }

    @Test
    void anAdminWithoutTheRightSeesNoItemAndAFriendlyPage() {
        page.logIn(REALM, "helpdesk", "helpdesk");
        browser.find("#nav-item-users");
        page.open(REALM, "#/" + REALM + "/audit-log");
        assertThat(browser.find("[data-testid=keyledger-forbidden]").getText()).contains("view-events");
        assertThat(browser.all(AuditLogPage.NAV_ITEM)).isEmpty();
        browser.screenshot("audit-log-forbidden");
    }

    @Test
    void theRestOfTheConsoleIsAsItWas() {
        page.logIn("master", DistLauncher.ADMIN, DistLauncher.ADMIN_PASSWORD);
        page.open("master", "#/" + REALM + "/users");
        page.openFromNavigation();
        browser.click("#nav-item-users");
        browser.find("[data-testid=view-header]");
        assertThat(browser.all("#keyledger-main")).isEmpty();
        browser.back();
        page.awaitRows();
    }

    @Test
    void itSpeaksGermanIsDarkAndFitsASmallScreen() {
        page.logIn(REALM, "pruefer", "pruefer");
        page.openFromNavigation();
        assertThat(browser.find("#keyledger-main h1").getText()).isEqualTo("Audit-Protokoll");
        browser.screenshot("audit-log-german");
        browser.dark();
        browser.screenshot("audit-log-dark");
        assertThat(browser.accessibilityViolations("keyledger-audit-log")).isEmpty();
        browser.width(400);
        browser.screenshot("audit-log-small");
    }

    private static void createAdmin(AdminClient admin, String name, String role, String locale) {
        String id = admin.createUser(REALM, name, name);
        Http realm = admin.realm(REALM);
        ObjectNode user = (ObjectNode) realm.get("/users/" + id).expect(200).json();
        user.withObject("/attributes").putArray("locale").add(locale);
        realm.put("/users/" + id, user.put("emailVerified", true)).expect(204);
        String client = realm.get("/clients?clientId=realm-management")
                .json()
                .get(0)
                .get("id")
                .asText();
        JsonNode found =
                realm.get("/clients/" + client + "/roles/" + role).expect(200).json();
        realm.post(
                        "/users/" + id + "/role-mappings/clients/" + client,
                        JSON.createArrayNode().add(found))
                .expect(204);
    }
}
