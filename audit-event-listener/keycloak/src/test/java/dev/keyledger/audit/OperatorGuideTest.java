package dev.keyledger.audit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.keycloak.Config;

/** The table of options in docs/operator.md has those that the code reads, no others, and their defaults. */
class OperatorGuideTest {
    private static final Path PAGE = Path.of("..", "..", "docs", "operator.md");
    private static final String PREFIX = "--spi-events-listener--keyledger-audit--";
    private static final Pattern LINE = Pattern.compile("\\| (`" + PREFIX + ".+?) \\| (.+?) \\| .* \\|");
    private static final Pattern NAME = Pattern.compile("`(?:" + PREFIX + "|…)([a-z0-9-]+)`");

    @Test
    void listsTheOptionsThatAreReadWithTheirDefaults() throws IOException {
        Map<String, String> read = read();
        Map<String, String> told = told();

        assertThat(told.keySet()).isEqualTo(read.keySet());
        assertThat(read).hasSizeGreaterThan(40);
        read.forEach((name, value) ->
                assertThat(told.get(name)).as("default of %s", name).contains(value));
    }

    /** Each option that is asked for, with the default that the code has for it; empty for none. */
    private static Map<String, String> read() {
        Map<String, String> asked = new TreeMap<>();
        for (Map<String, String> given : List.of(Map.<String, String>of(), Map.of("archive-s3-bucket", "bucket"))) {
            Config.Scope options = (Config.Scope) Proxy.newProxyInstance(
                    Config.Scope.class.getClassLoader(), new Class<?>[] {Config.Scope.class}, (proxy, method, args) -> {
                        assertThat(method.getName()).startsWith("get");
                        String name = (String) args[0];
                        Object otherwise = args.length > 1 ? args[1] : null;
                        asked.merge(name, otherwise == null ? "" : otherwise.toString(), OperatorGuideTest::longer);
                        String value = given.get(name);
                        return value == null ? otherwise : value;
                    });
            AuditSettings.read(options, null);
        }
        return asked;
    }

    private static String longer(String one, String other) {
        return one.length() >= other.length() ? one : other;
    }

    /** Each option of the table, with what it says of its default; of options that share a line, with that of each. */
    private static Map<String, String> told() throws IOException {
        Map<String, String> told = new TreeMap<>();
        for (String line : Files.readAllLines(PAGE)) {
            Matcher row = LINE.matcher(line);
            if (row.matches()) {
                List<String> names = new ArrayList<>();
                NAME.matcher(row.group(1)).results().forEach(name -> names.add(name.group(1)));
                assertThat(names).as(line).isNotEmpty();
                names.forEach(name -> told.put(name, row.group(2).replace("<origin>", "keyledger")));
            }
        }
        return told;
    }
}
