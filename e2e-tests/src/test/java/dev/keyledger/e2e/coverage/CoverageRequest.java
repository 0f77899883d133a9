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
 * @param pointer to what is kept instead of the id; empty for the id
 * @param verb of HTTP, or {@code DO} for a step that is no request, which the template names
 * @param skipped why it is not done; empty when it is
 * @param reads whether it changes nothing
 */
record CoverageRequest(
        String name,
        String pointer,
        String verb,
        String template,
        Map<String, String> parameters,
        String body,
        String skipped,
        boolean reads) {
    private static final Pattern LINE = Pattern.compile(
            "(?:(\\w+)(?:/(/\\S+))? = )?(not |reads )?([A-Z]+) (\\S+)((?: [\\w-]+=\\S+)*)(?: :: (.*))?");
    private static final Pattern DO = Pattern.compile("do (\\w+)");

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
        Matcher step = DO.matcher(line);
        if (step.matches()) {
            return new CoverageRequest("", "", "DO", step.group(1), Map.of(), "", "", false);
        }
        Matcher parts = LINE.matcher(line);
        if (!parts.matches()) {
            throw new IllegalArgumentException("not a request: " + line);
        }
        Map<String, String> parameters = new LinkedHashMap<>();
        for (String parameter : parts.group(6).strip().split(" ", -1)) {
            if (!parameter.isEmpty()) {
                String[] pair = parameter.split("=", 2);
                parameters.put(pair[0], pair[1]);
            }
        }
        String text = Objects.requireNonNullElse(parts.group(7), "");
        boolean skipped = "not ".equals(parts.group(3));
        return new CoverageRequest(
                Objects.requireNonNullElse(parts.group(1), ""),
                Objects.requireNonNullElse(parts.group(2), ""),
                parts.group(4),
                parts.group(5),
                parameters,
                skipped ? "" : text,
                skipped ? text : "",
                "reads ".equals(parts.group(3)));
    }

    String operation() {
        return verb + " " + template;
    }

    boolean isChanging() {
        return !verb.equals("GET") && !verb.equals("DO");
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
        String filled = fill(body, ids);
        return filled.startsWith("--") ? filled.replace("\\n", "\r\n") : filled;
    }

    /** What the body is. */
    String contentType() {
        if (body.startsWith("--")) {
            return "multipart/form-data; boundary=BOUNDARY";
        }
        if (body.matches("\\w+=.*")) {
            return "application/x-www-form-urlencoded";
        }
        return body.isEmpty() || body.matches("[\\[{\"].*") ? "application/json" : "text/plain";
    }

    private static String fill(String text, Map<String, String> ids) {
        return Pattern.compile("\\$(\\w+)")
                .matcher(text)
                .replaceAll(match -> Matcher.quoteReplacement(
                        Objects.requireNonNull(ids.get(match.group(1)), () -> "nothing is called " + match.group())));
    }
}
