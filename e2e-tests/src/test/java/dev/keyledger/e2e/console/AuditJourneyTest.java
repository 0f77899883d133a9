package dev.keyledger.e2e.console;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.keyledger.e2e.AdminClient;
import dev.keyledger.e2e.SharedServer;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** An auditor wants to know who removed Alice from Finance. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class AuditJourneyTest {

    private static final ObjectMapper JSON = new ObjectMapper();

    private Browser browser;
    private AuditLogPage page;
    private String realm;
    private String alice;

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
        String finance = AdminClient.createdId(admin.realm(realm)
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
}
