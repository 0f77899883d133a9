package dev.keyledger.scim;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Every test that {@code docs/scim-conformance.md} names is there. */
class ConformanceListTest {
    private static final Path ROOT = Path.of("../..");
    private static final Pattern TEST = Pattern.compile("`([A-Z]\\w*Test)(?:\\.(\\w+))?`");

    @Test
    void everyTestThatTheListNamesExists() throws IOException {
        Matcher named = TEST.matcher(Files.readString(ROOT.resolve("docs/scim-conformance.md")));
        List<String> missing = new ArrayList<>();
        int tests = 0;
        while (named.find()) {
            tests++;
            if (!exists(named.group(1), named.group(2))) {
                missing.add(named.group());
            }
        }
        assertThat(missing).isEmpty();
        assertThat(tests).isGreaterThan(100);
    }

    private static boolean exists(String type, String method) throws IOException {
        try (Stream<Path> sources = Stream.of("scim-provider/core", "scim-provider/keycloak", "e2e-tests")
                .map(module -> ROOT.resolve(module).resolve("src/test/java"))) {
            for (Path folder : sources.toList()) {
                try (Stream<Path> files = Files.walk(folder)) {
                    for (Path file :
                            files.filter(path -> path.endsWith(type + ".java")).toList()) {
                        if (method == null || Files.readString(file).contains(" void " + method + "(")) {
                            return true;
                        }
                    }
                }
            }
        }
        return false;
    }
}
