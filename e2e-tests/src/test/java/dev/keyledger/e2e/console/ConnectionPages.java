package dev.keyledger.e2e.console;

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
}
