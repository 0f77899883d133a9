package dev.keyledger.e2e.console;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.keyledger.e2e.AdminClient;
import dev.keyledger.e2e.Command;
import dev.keyledger.e2e.DistLauncher;
import dev.keyledger.e2e.Distribution;
import dev.keyledger.e2e.Http;
import dev.keyledger.e2e.SharedServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** An auditor wants to know who removed Alice from Finance. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class AuditJourneyTest {

    private static final ObjectMapper JSON = new ObjectMapper();

    private Browser browser;
    private AuditLogPage page;
    private String realm;
    private String alice;
    private String finance;

    @BeforeAll
    void somebodyRemovesAliceFromFinance() {
        // before the server: without a browser there is no need for one
        Browser.open().close();
        realm = SharedServer.H2.freshRealm("finance");
        AdminClient admin = SharedServer.H2.admin();
        String auditor = admin.createUser(realm, "auditor", "auditor");
        admin.grant(realm, auditor, List.of("view-events", "audit-export"));
        String mallory = admin.createUser(realm, "mallory", "mallory");
        admin.grant(realm, mallory, List.of("manage-users"));
        alice = admin.createUser(realm, "alice", "alice-password");
        finance = AdminClient.createdId(admin.realm(realm)
                .post("/groups", JSON.createObjectNode().put("name", "Finance"))
                .expect(201));
        String membership = "/users/" + alice + "/groups/" + finance;
        admin.realm(realm).put(membership, JSON.createObjectNode()).expect(204);
        admin.as(realm, "mallory", "mallory").delete(membership).expect(204);
        admin.auditLog(realm).awaitSealed();
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
    void theAuditorFindsWhoItWasAndProvesItWithoutTheNetwork() {
        page.logIn(realm, "auditor", "auditor");
        page.openFromNavigation();
        browser.find("[data-testid=keyledger-timeline] svg path");
        page.search("alice");
        assertThat(browser.url()).endsWith("/audit-log?user=alice");
        page.openEntry("mallory", "alice");
        assertThat(page.entryText()).contains("Finance", "mallory", "alice");

        browser.offline();
        assertThat(page.verify()).hasSize(5).allMatch(step -> step.endsWith(" passed"));
        browser.screenshot("who-removed-alice");
    }

    @Test
    void herStockPageLeadsToHerHistoryAndToHowSheWas() {
        page.logIn("master", DistLauncher.ADMIN, DistLauncher.ADMIN_PASSWORD);
        page.open("master", "#/" + realm + "/users/" + alice + "/settings");
        browser.click("#keyledger-history-link");
        assertThat(browser.find("[data-testid=keyledger-history]").getText()).contains("by mallory", "Finance");
        browser.button("#keyledger-main", "Now").click();
        assertThat(browser.find("[data-testid=keyledger-state]").getText()).contains("alice@example.com");
        browser.inEachMode("history");
        assertThat(browser.accessibilityViolations("keyledger-audit-log")).isEmpty();
    }

    @Test
    void theStockPagesOfAGroupAClientAndARoleLeadToTheirHistoryToo() {
        Http api = SharedServer.H2.admin().realm(realm);
        String client =
                api.get("/clients?clientId=account").json().get(0).get("id").asText();
        String role = api.get("/roles/offline_access").json().get("id").asText();
        page.logIn("master", DistLauncher.ADMIN, DistLauncher.ADMIN_PASSWORD);
        Map<String, String> pages = Map.of(
                "GROUP/" + finance, "/groups/" + finance,
                "CLIENT/" + client, "/clients/" + client + "/settings",
                "ROLE/" + role, "/roles/" + role + "/details");
        pages.forEach((subject, place) -> {
            page.open("master", "#/" + realm + place);
            assertThat(browser.find("#keyledger-history-link").getDomAttribute("href"))
                    .isEqualTo("#/" + realm + "/audit-log/history/" + subject);
        });
        page.open("master", "#/" + realm + pages.get("GROUP/" + finance));
        browser.click("#keyledger-history-link");
        assertThat(browser.find("[data-testid=keyledger-history]").getText()).contains("Create");
    }

    @Test
    void theAuditorTakesTheEvidenceHomeAndVerifiesItThere(@TempDir Path home) throws IOException {
        page.logIn(realm, "auditor", "auditor");
        page.openFromNavigation();
        page.openSection("Integrity");
        browser.find("[data-testid=keyledger-alarms]");
        assertThat(browser.find("[data-testid=keyledger-takes-role]").getText()).contains("audit-configure");
        assertThat(browser.button("[data-testid=keyledger-integrity]", "Verify everything now")
                        .isEnabled())
                .isFalse();
        browser.inEachMode("integrity");
        assertThat(browser.accessibilityViolations("keyledger-audit-log")).isEmpty();

        page.openSection("Export");
        browser.downloadTo(home);
        browser.button("#keyledger-main form", "Export").click();
        browser.find("[data-testid=keyledger-export-done]");
        browser.click("#keyledger-format-bundle");
        browser.button("#keyledger-main form", "Export").click();
        browser.until(
                "the bundle",
                window -> window.find("[data-testid=keyledger-export-done]")
                        .getText()
                        .contains("java -jar keyledger.jar verify"));
        browser.inEachMode("export");

        assertThat(verified(browser.downloaded(home, ".zip"))).contains("VERIFIED");
        assertThat(browser.downloaded(home, ".csv")).content().contains("mallory");

        Path found = Files.createDirectory(home.resolve("found"));
        browser.downloadTo(found);
        page.open(realm, "#/" + realm + "/audit-log/export?user=alice&operation=DELETE");
        browser.click("#keyledger-format-found");
        browser.click("#keyledger-disclose-net");
        browser.button("#keyledger-main form", "Export").click();
        browser.find("[data-testid=keyledger-export-done]");
        assertThat(verified(browser.downloaded(found, ".zip")))
                .contains("VERIFIED")
                .containsPattern("sealed [1-9]");
    }

    @Test
    void aNewEntryAppearsByItselfWhileTheListIsLive() {
        page.logIn(realm, "auditor", "auditor");
        page.open(realm, "#/" + realm + "/audit-log?live=on&kind=admin");
        page.awaitRows();
        browser.find("[data-testid=keyledger-live][data-state=open]");

        AdminClient admin = SharedServer.H2.admin();
        admin.realm(realm)
                .post("/groups", JSON.createObjectNode().put("name", "Latecomers"))
                .expect(201);

        browser.until(
                "the new entry",
                window -> !window.all("[data-testid=keyledger-entries] tr.keyledger-new")
                        .isEmpty());
        assertThat(page.rows().get(0).getText()).contains("Latecomers");
        assertThat(browser.accessibilityViolations("keyledger-audit-log")).isEmpty();
    }

    private static String verified(Path bundle) {
        Command verified = Command.verify(Distribution.fromSystemProperties().jar(), bundle);
        assertThat(verified.exitCode()).as(verified.output()).isZero();
        return verified.output();
    }
}
