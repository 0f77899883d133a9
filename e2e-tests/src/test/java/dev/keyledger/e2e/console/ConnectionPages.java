package dev.keyledger.e2e.console;

import org.openqa.selenium.By;
import org.openqa.selenium.Keys;
import org.openqa.selenium.WebElement;

/** The pages <em>SCIM provisioning</em> of one realm, in the words of the admin who uses them. */
final class ConnectionPages {

    static final String NAV_ITEM = "#nav-item-keyledger-scim";
    private static final String ELEMENT = "keyledger-scim";

    private final Browser browser;

    ConnectionPages(Browser browser) {
        this.browser = browser;
    }

    void openFromNavigation() {
        browser.click(NAV_ITEM);
        awaitList();
    }

    void awaitList() {
        browser.find("[data-testid=keyledger-connections] tbody a");
        awaitComplete();
    }

    /** Waits until nothing on the page is a skeleton. */
    void awaitComplete() {
        browser.until(
                "a page that is complete",
                window -> window.all(ELEMENT + " .pf-v5-c-skeleton").isEmpty());
    }

    /** Follows the link inside the page that says {@code text}. */
    void follow(String text) {
        browser.link(ELEMENT, text).click();
    }

    /** Opens the tab that says {@code text}, and waits for what is in it. */
    void openTab(String text) {
        browser.button(ELEMENT + " [role=tablist]", text).click();
        awaitComplete();
    }

    /** The value beside the field that the wizard calls so, for the admin to paste. */
    String valueToPaste(String field) {
        WebElement group = browser.find("[data-testid=keyledger-paste-" + field + "]");
        return String.valueOf(group.findElement(By.tagName("input")).getDomProperty("value"));
    }

    void type(String css, String text) {
        browser.find(css).sendKeys(Keys.chord(Keys.CONTROL, "a"), text);
    }
}
