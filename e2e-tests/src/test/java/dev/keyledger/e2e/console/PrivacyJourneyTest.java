package dev.keyledger.e2e.console;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keyledger.e2e.AdminClient;
import dev.keyledger.e2e.Http;
import dev.keyledger.e2e.SharedServer;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A person who has left wants to be forgotten, and entries have their time. */
class PrivacyJourneyTest {

    private static final String DIALOG = "[role=dialog]";

    @Test
    void aPersonIsErasedForAReasonAndWithTheNameTypedOut() {
        try (Browser browser = Browser.open()) {
            AdminClient admin = SharedServer.H2.admin();
            String realm = SharedServer.H2.freshRealm("forgotten");
            String officer = admin.createUser(realm, "officer", "officer");
            admin.grant(realm, officer, List.of("view-events", "audit-erase"));
            String bob = admin.createUser(realm, "bob", "bob-password");
            admin.realm(realm).delete("/users/" + bob).expect(204);
            admin.auditLog(realm).awaitSealed();

            AuditLogPage page =
                    new AuditLogPage(browser, SharedServer.H2.server().baseUrl());
            page.logIn(realm, "officer", "officer");
            page.openFromNavigation();
            page.openSection("Privacy");
            page.searchPerson("bob");
            browser.find("[data-testid=keyledger-subject][data-state=open]");
            browser.inEachMode("privacy");
            assertThat(browser.accessibilityViolations("keyledger-audit-log")).isEmpty();

            browser.button("[data-testid=keyledger-subject]", "Erase").click();
            browser.find(DIALOG + " textarea").sendKeys("ticket 7");
            assertThat(browser.button(DIALOG, "Erase for ever").isEnabled()).isFalse();
            browser.find(DIALOG + " input[required]").sendKeys("bob");
            browser.inEachMode("privacy-erase");
            assertThat(browser.accessibilityViolations(DIALOG)).isEmpty();
            browser.button(DIALOG, "Erase for ever").click();

            assertThat(browser.find("[data-testid=keyledger-erased]").getText()).contains("Erased");
            assertThat(browser.find("[data-testid=keyledger-erasures]").getText())
                    .contains("officer", "ticket 7");
            admin.auditLog(realm).awaitSealed();
            assertThat(admin.auditLog(realm).entries("target=bob")).isEmpty();

            browser.link(".keyledger-sections", "Entries").click();
            page.awaitRows();
            browser.link("[data-testid=keyledger-entries]", "Erased").click();
            browser.find("[data-testid=keyledger-entry] dl");
            assertThat(page.entryText()).contains("officer", "ticket 7");
            assertThat(browser.accessibilityViolations("keyledger-audit-log")).isEmpty();
        }
    }

    @Test
    void entriesAreKeptForAShorterTimeOnceTheRealmsNameIsTyped() {
        try (Browser browser = Browser.open()) {
            AdminClient admin = SharedServer.H2.admin();
            String realm = SharedServer.H2.freshRealm("kept");
            String officer = admin.createUser(realm, "officer", "officer");
            admin.grant(realm, officer, List.of("view-events", "audit-configure"));
            admin.auditLog(realm).awaitSealed();
            Http retention = admin.realm(realm).below("/audit-log/retention");

            AuditLogPage page =
                    new AuditLogPage(browser, SharedServer.H2.server().baseUrl());
            page.logIn(realm, "officer", "officer");
            page.openFromNavigation();
            page.openSection("Privacy");
            browser.choose("[data-testid=keyledger-retention] select", "months");
            browser.inEachMode("privacy-retention");
            browser.click("[data-testid=keyledger-save-periods]");
            assertThat(browser.button(DIALOG, "Keep for a shorter time").isEnabled())
                    .isFalse();
            browser.find(DIALOG + " input[required]").sendKeys(realm);
            browser.inEachMode("privacy-shorten");
            assertThat(browser.accessibilityViolations(DIALOG)).isEmpty();
            browser.button(DIALOG, "Keep for a shorter time").click();

            browser.until(
                    "the period to be kept",
                    window -> "P1M"
                            .equals(retention.get("").json().at("/periods/user").asText()));
            assertThat(browser.accessibilityViolations("keyledger-audit-log")).isEmpty();
        }
    }
}
