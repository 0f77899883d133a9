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
import org.openqa.selenium.By;
import org.openqa.selenium.OutputType;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.support.ui.ExpectedConditions;
import org.openqa.selenium.support.ui.WebDriverWait;

/** One window of the Chromium that the machine has, with a fresh profile. Elements are waited for, never slept for. */
final class Browser implements AutoCloseable {

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
    static Browser open() {
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

    String url() {
        return driver.getCurrentUrl();
    }

    /** The first element of this selector, once it is visible. */
    WebElement find(String css) {
        return waiting().until(ExpectedConditions.visibilityOfElementLocated(By.cssSelector(css)));
    }

    /** Every element of this selector as it is now. */
    List<WebElement> all(String css) {
        return driver.findElements(By.cssSelector(css));
    }

    void click(String css) {
        waiting()
                .until(ExpectedConditions.elementToBeClickable(By.cssSelector(css)))
                .click();
    }

    /** The button inside {@code css} that says {@code text}. */
    WebElement button(String css, String text) {
        By button = By.xpath(".//button[contains(normalize-space(.), '" + text + "')]");
        return waiting().until(ExpectedConditions.presenceOfNestedElementLocatedBy(By.cssSelector(css), button));
    }

    /** Waits until the condition on this window holds. */
    void until(String what, Predicate<Browser> condition) {
        waiting().withMessage(what).until(window -> condition.test(this));
    }

    /** What axe finds wrong for people with disabilities inside {@code css}, as lines for a person to read. */
    List<String> accessibilityViolations(String css) {
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
        driver.executeCdpCommand(
                "Emulation.setEmulatedMedia",
                Map.of("features", List.of(Map.of("name", "prefers-color-scheme", "value", "dark"))));
    }

    void width(int pixels) {
        driver.executeCdpCommand(
                "Emulation.setDeviceMetricsOverride",
                Map.of("width", pixels, "height", 860, "deviceScaleFactor", 1, "mobile", false));
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
