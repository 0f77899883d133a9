package dev.keyledger.e2e.console;

import java.util.List;
import org.openqa.selenium.By;
import org.openqa.selenium.Keys;
import org.openqa.selenium.WebElement;

/** The page <em>Audit log</em> and the way to it, in the words of the admin who uses it. */
public final class AuditLogPage {

    static final String NAV_ITEM = "#nav-item-keyledger-audit-log";
    private static final String FRAME = "header[class*='-c-masthead']";
    private static final String ROWS = "[data-testid=keyledger-entries] tbody a";
    private static final String PANEL = "[data-testid=keyledger-entry]";

    private final Browser browser;
    private final String baseUrl;

    public AuditLogPage(Browser browser, String baseUrl) {
        this.browser = browser;
        this.baseUrl = baseUrl;
    }

    /** Logs in at the console of {@code loginRealm} and waits for its frame. */
    public void logIn(String loginRealm, String username, String password) {
        browser.goTo(baseUrl + "/admin/" + loginRealm + "/console/");
        browser.find("#username").sendKeys(username);
        browser.find("#password").sendKeys(password, Keys.ENTER);
        browser.find(FRAME);
    }

    /** Opens a place of the console by its address, as a bookmark would. */
    public void open(String loginRealm, String hash) {
        browser.goTo(baseUrl + "/admin/" + loginRealm + "/console/" + hash);
        browser.reload(); // an address that differs only in its hash does not load anew
        browser.find(FRAME);
    }

    /** Follows the item in the navigation. */
    void openFromNavigation() {
        browser.click(NAV_ITEM);
        awaitRows();
    }

    public void awaitRows() {
        browser.find(ROWS);
        browser.until(
                "a page that is complete",
                window -> window.all("[data-testid=keyledger-entries][aria-busy=true]")
                        .isEmpty());
    }

    /** Turns to older pages until there is none. */
    public void turnToTheEnd() {
        while (browser.button(".keyledger-pager", "Older").isEnabled()) {
            browser.button(".keyledger-pager", "Older").click();
            awaitRows();
        }
    }

    List<WebElement> rows() {
        return browser.all("[data-testid=keyledger-entries] tbody tr");
    }

    /** Chooses one kind in the menu of kinds. */
    void filterByKind(String kind) {
        WebElement toggle = browser.button(".keyledger-filters", "Kind");
        toggle.click();
        browser.find("[role=menu]");
        browser.all("[role=menu] label, [role=menu] li").stream()
                .filter(option -> option.getText().contains(kind))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("no kind " + kind + " in the menu"))
                .click();
        toggle.sendKeys(Keys.ESCAPE);
        awaitRows();
    }

    /** Goes to another screen of the page. */
    public void openSection(String name) {
        browser.find(".keyledger-sections").findElement(By.linkText(name)).click();
        browser.find(".keyledger-body");
    }

    /** Looks for a person on the screen Privacy. */
    void searchPerson(String name) {
        browser.find("[data-testid=keyledger-privacy] input").sendKeys(name, Keys.ENTER);
    }

    /** Searches for a user. */
    void search(String user) {
        browser.find(".keyledger-field input").sendKeys(user, Keys.ENTER);
        browser.find(".keyledger-filters [class*='-c-chip__text']");
        awaitRows();
    }

    /** Opens the newest entry of the page whose row contains all of {@code texts}. */
    public void openEntry(String... texts) {
        WebElement row = rows().stream()
                .filter(candidate -> List.of(texts).stream().allMatch(candidate.getText()::contains))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("no row with " + String.join(", ", texts)));
        row.findElements(By.tagName("td")).get(1).click();
        browser.find(PANEL + " dl");
    }

    /** What the open entry's panel says. */
    public String entryText() {
        return browser.find(PANEL).getText();
    }

    /** Presses <em>Verify</em> and answers the state of each step in order. */
    public List<String> verify() {
        browser.button(PANEL, "Verify").click();
        browser.find("[data-testid=keyledger-steps]");
        return browser.all("[data-testid=keyledger-steps] li").stream()
                .map(step -> step.getDomAttribute("data-step") + " " + step.getDomAttribute("data-state"))
                .toList();
    }
}
