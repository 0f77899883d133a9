package dev.keyledger.e2e.coverage;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One line of {@code coverage/requests.txt}, whose head says how lines look.
 *
 * @param name under which the id of what it makes or finds is kept; empty when nobody asks
 * @param skipped why it is not done; empty when it is
 */
record CoverageRequest(
        String name, String verb, String template, Map<String, String> parameters, String body, String skipped) {
    private static final Pattern LINE =
            Pattern.compile("(?:(\\w+) = )?(not )?([A-Z]+) (\\S+)((?: \\S+=\\S+)*)(?: :: (.*))?");

    static List<CoverageRequest> all() {
        try (InputStream file = CoverageRequest.class.getResourceAsStream("/coverage/requests.txt")) {
            String text = new String(
                    Objects.requireNonNull(file, "coverage/requests.txt").readAllBytes(), StandardCharsets.UTF_8);
            List<CoverageRequest> requests = new ArrayList<>();
            text.lines().filter(line -> !line.startsWith("#")).forEach(line -> requests.add(parse(line)));
            return requests;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static CoverageRequest parse(String line) {
        Matcher parts = LINE.matcher(line);
        if (!parts.matches()) {
            throw new IllegalArgumentException("not a request: " + line);
        }
        Map<String, String> parameters = new LinkedHashMap<>();
        for (String parameter : parts.group(5).strip().split(" ", -1)) {
            if (!parameter.isEmpty()) {
                String[] pair = parameter.split("=", 2);
                parameters.put(pair[0], pair[1]);
            }
        }
        String text = Objects.requireNonNullElse(parts.group(6), "");
        boolean skipped = parts.group(2) != null;
        return new CoverageRequest(
                Objects.requireNonNullElse(parts.group(1), ""),
                parts.group(3),
                parts.group(4),
                parameters,
                skipped ? "" : text,
                skipped ? text : "");
    }

    String operation() {
        return verb + " " + template;
    }

    boolean isChanging() {
        return !verb.equals("GET");
    }

    /** The path below {@code /admin/realms}. */
    String path(Map<String, String> ids) {
        String path = template;
        for (Map.Entry<String, String> parameter : parameters.entrySet()) {
            path = path.replace("{" + parameter.getKey() + "}", fill(parameter.getValue(), ids));
        }
        String filled = fill(path.replace("{realm}", "$realm"), ids);
        return filled.equals("/") ? "" : filled;
    }

    String body(Map<String, String> ids) {
        return fill(body, ids);
    }

    private static String fill(String text, Map<String, String> ids) {
        return Pattern.compile("\\$(\\w+)")
                .matcher(text)
                .replaceAll(match -> Matcher.quoteReplacement(
                        Objects.requireNonNull(ids.get(match.group(1)), () -> "nothing is called " + match.group())));
    }
}
