package dev.keyledger.e2e.console;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.keyledger.e2e.AdminClient;
import dev.keyledger.e2e.DistLauncher;
import dev.keyledger.e2e.Http;
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

    /** Whether the tab of where one is, if there are tabs, is not scrolled out of its row. */
    private static final String SEES_TAB = """
            const tab = document.querySelector("keyledger-scim .pf-v5-c-tabs .pf-m-current");
            const [inner, outer] = [tab, tab?.closest("ul")].map((element) => element?.getBoundingClientRect());
            return !tab || (inner.left >= outer.left - 1 && inner.right <= outer.right + 1);
            """;

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
        String german = admin.createUser(realm, "leiterin", "leiterin");
        admin.grant(realm, german, List.of("realm-admin"));
        ObjectNode user = (ObjectNode)
                admin.realm(realm).get("/users/" + german).expect(200).json();
        user.withObject("/attributes").putArray("locale").add("de");
        admin.realm(realm).put("/users/" + german, user).expect(204);
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
    void anAdminConnectsOktaWatchesItArriveAndReadsWhyARequestFailed() {
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
        browser.click("[data-testid=keyledger-create]");
        browser.find("[data-testid=keyledger-first-request]");
        picture("scim-connect-paste");
        Http okta = new Http(pages.valueToPaste("url"))
                .with("Content-Type", "application/scim+json")
                .bearer(pages.valueToPaste("token"));

        assertThat(browser.all("[data-testid=keyledger-received]")).isEmpty();
        okta.get("/Users?count=1").expect(200);
        browser.find("[data-testid=keyledger-received]");
        picture("scim-connect-received");

        okta.post("/Users", user("alice")).expect(409);
        okta.post("/Users", user("new.from.okta")).expect(201);
        pages.follow("See what it does");
        assertThat(browser.find("[data-testid=keyledger-explained]").getText())
                .contains("Somebody has this name or address already", "take over existing accounts", "409 uniqueness");
        pages.awaitComplete();
        picture("scim-activity");
    }

    @Test
    void anAdminWithoutTheRightsSeesNeitherNavigationNorData() {
        console.logIn(realm, "helpdesk", "helpdesk");
        browser.find("#nav-item-users");
        console.open(realm, "#/" + realm + LIST);
        assertThat(browser.find("[data-testid=keyledger-forbidden]").getText()).contains("view-realm");
        assertThat(browser.all(ConnectionPages.NAV_ITEM)).isEmpty();
        assertThat(browser.all("[data-testid=keyledger-connections]")).isEmpty();
        assertThat(browser.asked("/keyledger/connections"))
                .as("what is known to be refused")
                .isEmpty();
        browser.screenshot("scim-forbidden");
        console.open(realm, "#/" + realm + "/users/" + alice + "/settings");
        browser.find("[data-testid=view-header]");
        assertThat(browser.all("#keyledger-history-link")).isEmpty();
    }

    @Test
    void everyScreenIsGermanDarkAndFitsASmallScreen() {
        Http api = SharedServer.H2.admin().realm(realm).below("/keyledger/connections");
        String longName = "Personalabteilung-der-Gesellschaft-mit-einem-sehr-langen-Namen-".repeat(3);
        api.put("/hr", JSON.createObjectNode().put("kind", "entra").put("displayName", longName))
                .expect(201);
        api.post("/hr/tokens", JSON.createObjectNode().put("name", "Erstes Token"))
                .expect(201);
        console.logIn(realm, "leiterin", "leiterin");
        for (String place : List.of(
                "",
                "/connect/generic",
                "/connections/hr",
                "/connections/hr/tokens",
                "/connections/hr/policies",
                "/connections/hr/mapping",
                "/connections/hr/activity")) {
            console.open(realm, "#/" + realm + LIST + place);
            browser.find("keyledger-scim h1");
            pages.awaitComplete();
            browser.dark();
            assertThat(browser.accessibilityViolations("keyledger-scim"))
                    .as(place)
                    .isEmpty();
            browser.width(400);
            assertThat(browser.isScrolledSideways("keyledger-scim")).as(place).isFalse();
            browser.until(
                    "the tab of " + place + " to be in view", window -> Boolean.TRUE.equals(window.run(SEES_TAB)));
            browser.inEachMode("scim-de" + place.replace('/', '-'));
        }
        assertThat(browser.find("#keyledger-main h1").getText()).isEqualTo(longName);
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
        assertThat(browser.isScrolledSideways("keyledger-scim")).as(name).isFalse();
        assertThat(browser.accessibilityViolations("keyledger-scim")).as(name).isEmpty();
    }

    private static ObjectNode user(String userName) {
        ObjectNode user = JSON.createObjectNode().put("userName", userName);
        user.putArray("schemas").add("urn:ietf:params:scim:schemas:core:2.0:User");
        return user;
    }
}
