package dev.keyledger.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.PropertyResourceBundle;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;

/** What the build of the pages left in the jar. */
class ThemeFilesTest {

    private static final Path ADMIN = Path.of("target/classes/theme/keyledger/admin");

    @Test
    void theThemeNamesAScriptThatIsInTheJar() throws IOException {
        Properties theme = themeProperties();
        assertThat(ADMIN.resolve("resources").resolve(theme.getProperty("scripts.keyledger")))
                .isRegularFile();
        assertThat(theme).containsEntry("scripts", theme.getProperty("scripts.keyledger"));
    }

    @Test
    void theThemeInheritsTheStockOneAndReplacesNothingOfIt() throws IOException {
        assertThat(themeProperties()).containsEntry("parent", "keycloak.v2");
        // a manifest or a template of ours would hide the console's own
        assertThat(ADMIN.resolve("resources/.vite")).doesNotExist();
        try (var files = Files.walk(ADMIN)) {
            assertThat(files).noneMatch(file -> file.toString().endsWith(".ftl"));
        }
    }

    @Test
    void theHookIsSmallAndCarriesNoReact() throws IOException {
        Path hook = ADMIN.resolve("resources").resolve(themeProperties().getProperty("scripts"));
        assertThat(gzipped(Files.readAllBytes(hook))).isLessThan(10_000);
        assertThat(Files.readString(hook))
                .doesNotContain("createElement(\"div\")")
                .doesNotContain("react.element");
    }

    @Test
    void germanSaysEverythingThatEnglishSays() throws IOException {
        assertThat(messages("de")).containsOnlyKeys(messages("en").keySet());
    }

    @Test
    void everyMessageHasOurPrefixATextAndTheSamePlaceholdersInBothLanguages() throws IOException {
        Map<String, String> german = messages("de");
        messages("en").forEach((key, text) -> {
            assertThat(key).startsWith("keyledger.");
            assertThat(text).isNotBlank();
            assertThat(placeholders(german.getOrDefault(key, ""))).as(key).isEqualTo(placeholders(text));
        });
    }

    private static int gzipped(byte[] content) throws IOException {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
            gzip.write(content);
        }
        return packed.size();
    }

    private static Properties themeProperties() throws IOException {
        Properties properties = new Properties();
        try (InputStream in = Files.newInputStream(ADMIN.resolve("theme.properties"))) {
            properties.load(in);
        }
        return properties;
    }

    private static Map<String, String> messages(String language) throws IOException {
        Map<String, String> messages = new TreeMap<>();
        try (InputStream in = Files.newInputStream(ADMIN.resolve("messages/messages_" + language + ".properties"))) {
            // as Keycloak reads them
            PropertyResourceBundle bundle = new PropertyResourceBundle(in);
            bundle.keySet().forEach(key -> messages.put(key, bundle.getString(key)));
        }
        return messages;
    }

    private static List<String> placeholders(String text) {
        return Pattern.compile("\\{\\{\\w+}}")
                .matcher(text)
                .results()
                .map(match -> match.group())
                .sorted()
                .toList();
    }
}
