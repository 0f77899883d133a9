package dev.keyledger.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Properties;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.keycloak.events.EventType;
import org.keycloak.events.admin.OperationType;
import org.keycloak.events.admin.ResourceType;

/** The pages have a word for everything that an entry can say it is about, so that nobody has to read Keycloak's constants. */
class WordsTest {

    private static final Path DOCS = Path.of("../docs");
    private static final Path ENGLISH =
            Path.of("src/main/resources/theme/keyledger/admin/messages/messages_en.properties");

    @Test
    void everyEventAndEveryResourceOfKeycloakHasAWord() throws IOException {
        assertThat(messages())
                .containsKeys(keys(
                        "operation",
                        Stream.of(EventType.values()).map(type -> type.name().replaceAll("_ERROR$", ""))))
                .containsKeys(
                        keys("operation", Stream.of(OperationType.values()).map(Enum::name)))
                .containsKeys(
                        keys("resourceType", Stream.of(ResourceType.values()).map(Enum::name)));
    }

    /** The page is what the tests have seen in the log. */
    @Test
    void everythingThatTheCoveragePageSaysIsInTheLogHasAWord() throws IOException {
        String page = Files.readString(DOCS.resolve("coverage.md"));
        List<String> operations = found("`(?:admin|user|scim|system) ([A-Z_0-9]+)[ `]", page);
        List<String> types = found("`(?:admin|user|scim|system) [A-Z_0-9]+ ([A-Z_0-9]+)`", page);
        assertThat(operations).hasSizeGreaterThan(60);
        assertThat(types).hasSizeGreaterThan(40);
        assertThat(messages())
                .containsKeys(keys("operation", operations.stream()))
                .containsKeys(keys("resourceType", types.stream()));
    }

    @Test
    void everythingThatTheLogDoesByItselfHasAWord() throws IOException {
        String page = Files.readString(DOCS.resolve("log-format.md"));
        String rule = page.substring(page.indexOf("6. Entries with `k` = `system`"), page.indexOf("7. A log that"));
        List<String> operations = found("`([A-Z_]{3,})`", rule.replace("`EVENTS` or `ADMIN_EVENTS`", ""));
        assertThat(operations).contains("ERASURE", "STARTUP", "INTEGRITY_ALARM");
        assertThat(messages()).containsKeys(keys("operation", operations.stream()));
    }

    private static Object[] keys(String family, Stream<String> names) {
        return names.map(name -> "keyledger." + family + "." + name).distinct().toArray();
    }

    private static List<String> found(String pattern, String text) {
        return Pattern.compile(pattern)
                .matcher(text)
                .results()
                .map(match -> match.group(1))
                .distinct()
                .toList();
    }

    private static Properties messages() throws IOException {
        Properties messages = new Properties();
        try (var reader = Files.newBufferedReader(ENGLISH)) {
            messages.load(reader);
        }
        return messages;
    }
}
