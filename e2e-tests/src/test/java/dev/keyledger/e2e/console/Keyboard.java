package dev.keyledger.e2e.console;

import java.util.List;
import org.openqa.selenium.Keys;
import org.openqa.selenium.WebElement;

/** An admin's keyboard at the pages of a window: no mouse is touched. */
record Keyboard(Browser browser) {

    static final String MENU = ".pf-v5-c-menu";
    private static final String MAIN = "#keyledger-main";

    /** Elements that Tab stops at, of a group of radio buttons the chosen one; and what each looks like, with what is around it. */
    private static final String STOPS = """
            const main = document.querySelector(arguments[0]);
            const isStop = (e) => e.tabIndex >= 0 && !e.disabled && e.checkVisibility({ visibilityProperty: true })
                && !(e.type === "radio" && !e.checked && document.querySelector(`input[name="${e.name}"]:checked`));
            const stops = () => [...main.querySelectorAll("a[href], button, input, select, textarea, summary, [tabindex]")]
                .filter(isStop);
            const look = (e) => [e, e.parentElement, e.parentElement.parentElement, e.nextElementSibling]
                .filter((one) => one).flatMap((one) => [null, "::before", "::after"].map((pseudo) => {
                  const s = getComputedStyle(one, pseudo);
                  return [s.outlineStyle, s.outlineWidth, s.boxShadow, s.borderColor, s.borderWidth, s.backgroundColor,
                      s.color, s.textDecorationLine, s.opacity].join();
                })).join();
            const name = (e) => e.outerHTML.replace(/<svg.*<\\/svg>/s, "").slice(0, 160);
            """;

    /** Remembers how everything looks without the focus, puts the focus before the page, and notes from now on where it goes. */
    private static final String BEGIN = STOPS + """
            const still = document.head.appendChild(document.createElement("style"));
            still.textContent = "* { transition: none !important; animation: none !important }";
            main.focus();
            const before = new Map(stops().map((e) => [e, look(e)]));
            const seen = window.keyledgerKeyboard = { reached: new Set(), unseen: new Set(), hasLeft: false };
            document.addEventListener("focusin", ({ target }) => {
              if (!main.contains(target)) { seen.hasLeft = true; return; }
              seen.reached.add(target);
              if (before.get(target) === look(target)) seen.unseen.add(name(target));
            });
            return before.size;
            """;

    private static final String HAS_LEFT = "return window.keyledgerKeyboard.hasLeft";

    /** A field of a date stops Tab at the day, the month, the year, and so on; a page has at most a few of them. */
    private static final int INNER_STOPS = 40;

    private static final String END = STOPS + """
            const { reached, unseen, hasLeft } = window.keyledgerKeyboard;
            return [
              ...stops().filter((e) => !reached.has(e)).map((e) => "is not reached: " + name(e)),
              ...[...unseen].map((e) => "has the focus, and nobody sees it: " + e),
              ...(hasLeft ? [] : ["the focus does not leave the page"]),
            ];
            """;

    /** Tabs through the page to its end and out of it; answers what is wrong with that, for a person to read. */
    List<String> problems() {
        if (!(browser.run(BEGIN, MAIN) instanceof Number stops)) {
            throw new IllegalStateException("no page at " + MAIN);
        }
        browser.press(Keys.TAB.toString().repeat(stops.intValue()));
        for (int i = 0; i < INNER_STOPS && !Boolean.TRUE.equals(browser.run(HAS_LEFT)); i++) {
            browser.press(Keys.TAB);
        }
        return browser.run(END, MAIN) instanceof List<?> problems
                ? problems.stream().map(String::valueOf).toList()
                : List.of();
    }

    /** Presses Enter on an element, which opens something. */
    void open(WebElement opener, String opened) {
        browser.run("arguments[0].focus();", opener);
        browser.press(Keys.ENTER);
        browser.find(opened);
    }

    /** Opens a menu and goes to its first item. */
    void openMenu(WebElement toggle) {
        open(toggle, MENU);
        browser.press(Keys.ARROW_DOWN);
        awaitFocusIn(MENU);
    }

    /** Presses Escape, which closes what is open, and waits until the focus is where it was before. */
    void closes(String opened, WebElement opener) {
        browser.until(
                "the focus inside of " + opened,
                window -> Boolean.TRUE.equals(window.run(
                        "return document.querySelector(arguments[0])?.contains(document.activeElement)", opened)));
        browser.press(Keys.ESCAPE);
        browser.until(opened + " to close", window -> window.all(opened).isEmpty());
        browser.until(
                "the focus to be back",
                window -> Boolean.TRUE.equals(window.run("return document.activeElement === arguments[0]", opener)));
    }

    private void awaitFocusIn(String css) {
        browser.until(
                "the focus inside of " + css,
                window -> Boolean.TRUE.equals(window.run(
                        "return document.querySelector(arguments[0])?.contains(document.activeElement)", css)));
    }
}
