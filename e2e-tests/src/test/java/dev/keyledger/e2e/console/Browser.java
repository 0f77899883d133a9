package dev.keyledger.e2e.console;

import static org.junit.jupiter.api.Assumptions.abort;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.openqa.selenium.By;
import org.openqa.selenium.OutputType;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.interactions.Actions;
import org.openqa.selenium.support.ui.ExpectedConditions;
import org.openqa.selenium.support.ui.Select;
import org.openqa.selenium.support.ui.WebDriverWait;

/** One window of the Chromium that the machine has, with a fresh profile. Elements are waited for, never slept for. */
public final class Browser implements AutoCloseable {

    private static final Path SCREENSHOTS = Path.of("target", "screenshots");
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final ChromeDriver driver;

    private Browser(ChromeDriver driver) {
        this.driver = driver;
    }

    /**
     * Opens a window of 1280 x 860 pixels.
     *
     * @throws org.opentest4j.TestAbortedException where no Chromium is installed; with {@code CI=true} that is an error
     */
    public static Browser open() {
        Optional<Path> chromium = onPath("chromium", "chromium-browser", "google-chrome");
        Optional<Path> driver = onPath("chromedriver");
        if (chromium.isEmpty() || driver.isEmpty()) {
            String missing = "browser tests: no " + (chromium.isEmpty() ? "chromium" : "chromedriver") + " on the PATH";
            if ("true".equals(System.getenv("CI"))) {
                throw new IllegalStateException(missing + ", and CI=true demands one");
            }
            System.out.println(missing + ", skipped");
            return abort(missing);
        }
        ChromeOptions options = new ChromeOptions()
                .setBinary(chromium.get().toFile())
                .addArguments(
                        "--headless=new",
                        "--no-sandbox",
                        "--disable-gpu",
                        "--disable-dev-shm-usage",
                        "--disable-background-networking",
                        "--disable-component-update",
                        "--no-first-run",
                        "--hide-scrollbars",
                        "--lang=en");
        ChromeDriverService service = new ChromeDriverService.Builder()
                .usingDriverExecutable(driver.get().toFile())
                .build();
        Browser browser = new Browser(new ChromeDriver(service, options));
        browser.width(1280);
        return browser;
    }

    private static Optional<Path> onPath(String... names) {
        List<Path> folders = Stream.of(System.getenv("PATH").split(File.pathSeparator))
                .map(Path::of)
                .toList();
        return Stream.of(names)
                .flatMap(name -> folders.stream().map(folder -> folder.resolve(name)))
                .filter(Files::isExecutable)
                .findFirst();
    }

    void goTo(String url) {
        driver.get(url);
    }

    void reload() {
        driver.navigate().refresh();
    }

    void back() {
        driver.navigate().back();
    }

    /** The page as it is now, as HTML. */
    String source() {
        return String.valueOf(driver.getPageSource());
    }

    String url() {
        return driver.getCurrentUrl();
    }

    /** The first element of this selector, once it is visible. */
    public WebElement find(String css) {
        return waiting().until(ExpectedConditions.visibilityOfElementLocated(By.cssSelector(css)));
    }

    /** Every element of this selector as it is now. */
    List<WebElement> all(String css) {
        return driver.findElements(By.cssSelector(css));
    }

    public void click(String css) {
        waiting()
                .until(ExpectedConditions.elementToBeClickable(By.cssSelector(css)))
                .click();
    }

    /** Drags with the pressed mouse over the right half of an element, from its end to its middle. */
    void dragOverRightHalf(String css) {
        WebElement element = find(css);
        new Actions(driver)
                .moveToElement(element, element.getSize().getWidth() / 2 - 2, 0)
                .clickAndHold()
                .moveToElement(element, 10, 0)
                .moveToElement(element)
                .release()
                .perform();
    }

    /** Presses keys, one after the other, wherever the focus is. */
    void press(CharSequence... keys) {
        new Actions(driver).sendKeys(keys).perform();
    }

    /** Chooses the option of this value in the first list of this selector. */
    void choose(String css, String value) {
        new Select(find(css)).selectByValue(value);
    }

    /** The button inside {@code css} that says {@code text}. */
    public WebElement button(String css, String text) {
        By button = By.xpath(".//button[contains(normalize-space(.), '" + text + "')]");
        return waiting().until(ExpectedConditions.presenceOfNestedElementLocatedBy(By.cssSelector(css), button));
    }

    /** The link inside {@code css} that says {@code text}. */
    WebElement link(String css, String text) {
        By link = By.xpath(".//a[normalize-space(.) = '" + text + "']");
        return waiting().until(ExpectedConditions.presenceOfNestedElementLocatedBy(By.cssSelector(css), link));
    }

    /** Runs the script in this page; answers what it returns. */
    @Nullable
    Object run(String script, Object... arguments) {
        return driver.executeScript(script, arguments);
    }

    /** The addresses with this part that the page has asked for since it was loaded. */
    List<String> asked(String part) {
        return run("return performance.getEntriesByType('resource').map(({ name }) => name)") instanceof List<?> all
                ? all.stream()
                        .map(String::valueOf)
                        .filter(each -> each.contains(part))
                        .toList()
                : List.of();
    }

    /** Runs the script in each page from now on, before the page's own; answers how to {@link #forget} it. */
    String beforeEachPage(String script) {
        Map<String, Object> added =
                driver.executeCdpCommand("Page.addScriptToEvaluateOnNewDocument", Map.of("source", script));
        return String.valueOf(added.get("identifier"));
    }

    void forget(String script) {
        driver.executeCdpCommand("Page.removeScriptToEvaluateOnNewDocument", Map.of("identifier", script));
    }

    /** Lets nothing come from addresses like this one; {@code *} stands for anything. */
    void block(String address) {
        driver.executeCdpCommand("Network.enable", Map.of());
        driver.executeCdpCommand("Network.setBlockedURLs", Map.of("urls", List.of(address)));
    }

    /** Whether something inside {@code css} is wider than it. */
    boolean isScrolledSideways(String css) {
        return Boolean.TRUE.equals(driver.executeScript(
                "const e = document.querySelector(arguments[0]); return e.scrollWidth > e.clientWidth;", css));
    }

    /** Waits until the condition on this window holds. */
    void until(String what, Predicate<Browser> condition) {
        waiting().withMessage(what).until(window -> condition.test(this));
    }

    /** What axe finds wrong for people with disabilities inside {@code css}, as lines for a person to read. */
    public List<String> accessibilityViolations(String css) {
        driver.executeScript(axe());
        Object found = driver.executeAsyncScript("""
                const done = arguments[arguments.length - 1];
                axe.run(arguments[0]).then(
                    ({ violations }) => done(violations.map(({ id, nodes }) =>
                        `${id}: ${nodes.map(({ html }) => html).join(" | ")}`)),
                    (failure) => done([String(failure)]));
                """, css);
        return found instanceof List<?> lines
                ? lines.stream().map(String::valueOf).toList()
                : List.of("axe answered " + found);
    }

    /** The copy that the pages' own tests use. */
    private static String axe() {
        Path root = Path.of(System.getProperty("keyledger.jar")).resolve("../../..");
        try {
            return Files.readString(
                    root.resolve("theme/ui/node_modules/axe-core/axe.min.js").normalize());
        } catch (IOException e) {
            throw new UncheckedIOException("axe-core is not where `npm ci` puts it", e);
        }
    }

    void dark() {
        colors(true);
    }

    private void colors(boolean dark) {
        driver.executeCdpCommand(
                "Emulation.setEmulatedMedia",
                Map.of("features", List.of(Map.of("name", "prefers-color-scheme", "value", dark ? "dark" : "light"))));
    }

    void width(int pixels) {
        driver.executeCdpCommand(
                "Emulation.setDeviceMetricsOverride",
                Map.of("width", pixels, "height", 860, "deviceScaleFactor", 1, "mobile", false));
    }

    /** Pictures of what the window shows, wide and small, light and dark; it is as before afterwards. */
    public void inEachMode(String name) {
        for (boolean dark : List.of(false, true)) {
            colors(dark);
            for (int width : List.of(400, 1280)) {
                width(width);
                foldNavigation();
                screenshot(name + "-" + width + (dark ? "-dark" : ""));
            }
        }
        colors(false);
    }

    /** From now on files go to {@code folder}. */
    void downloadTo(Path folder) {
        driver.executeCdpCommand(
                "Browser.setDownloadBehavior", Map.of("behavior", "allow", "downloadPath", folder.toString()));
    }

    /** The file with this ending, once it is in {@code folder}. */
    Path downloaded(Path folder, String ending) {
        until("a file " + ending, window -> !files(folder, ending).isEmpty());
        return files(folder, ending).get(0);
    }

    private static List<Path> files(Path folder, String ending) {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.toString().endsWith(ending)).toList();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot list " + folder, e);
        }
    }

    /** From now on nothing that the page asks for over the network is answered. */
    void offline() {
        driver.executeCdpCommand("Network.enable", Map.of());
        driver.executeCdpCommand(
                "Network.emulateNetworkConditions",
                Map.of("offline", true, "latency", 0, "downloadThroughput", -1, "uploadThroughput", -1));
    }

    /** A small window shows the navigation above the page until somebody folds it. */
    private void foldNavigation() {
        driver.executeScript("""
                if (window.innerWidth < 1200 && document.querySelector(".pf-v5-c-page__sidebar.pf-m-expanded")) {
                  document.querySelector("#nav-toggle, header button[aria-expanded=true]")?.click();
                }
                """);
    }

    /** Writes what the window shows to {@code target/screenshots/<name>.png}. */
    void screenshot(String name) {
        try {
            Files.createDirectories(SCREENSHOTS);
            Files.write(SCREENSHOTS.resolve(name + ".png"), driver.getScreenshotAs(OutputType.BYTES));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write the screenshot " + name, e);
        }
    }

    @Override
    public void close() {
        driver.quit();
    }

    private WebDriverWait waiting() {
        return new WebDriverWait(driver, PATIENCE);
    }
}
