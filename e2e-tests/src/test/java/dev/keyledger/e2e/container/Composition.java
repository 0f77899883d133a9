package dev.keyledger.e2e.container;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/** {@code docker/compose.yaml}, with its variables filled in as Compose does. */
final class Composition {

    /** {@code ${NAME}}, {@code ${NAME:-default}}, {@code ${NAME:?message}}, or {@code $$} for a dollar. */
    private static final Pattern VARIABLE = Pattern.compile("\\$(?:\\$|\\{([A-Z_]+)(?::([-?])([^}]*))?})");

    private final String text;
    private final JsonNode services;

    private Composition(String text, JsonNode services) {
        this.text = text;
        this.services = services;
    }

    static Composition read(Path file) {
        try {
            String text = Files.readString(file);
            return new Composition(text, new YAMLMapper().readTree(text).get("services"));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + file, e);
        }
    }

    JsonNode service(String name) {
        return Objects.requireNonNull(services.get(name), name);
    }

    /** The service's environment, its variables taken from {@code values}. */
    Map<String, String> environment(String service, Map<String, String> values) {
        Map<String, String> environment = new LinkedHashMap<>();
        service(service)
                .get("environment")
                .properties()
                .forEach(each ->
                        environment.put(each.getKey(), fill(each.getValue().asText(), values)));
        return environment;
    }

    /** The command of the service's health check. */
    String[] healthCheck(String service) {
        return StreamSupport.stream(service(service).at("/healthcheck/test").spliterator(), false)
                .map(word -> fill(word.asText(), Map.of()))
                .skip(1)
                .toArray(String[]::new);
    }

    /** Every variable that the file mentions. */
    Set<String> variables() {
        return variables(result -> true);
    }

    /** The variables without which Compose refuses to start anything. */
    Set<String> requiredVariables() {
        return variables(result -> "?".equals(result.group(2)));
    }

    private Set<String> variables(Predicate<MatchResult> wanted) {
        return VARIABLE.matcher(text)
                .results()
                .filter(result -> result.group(1) != null)
                .filter(wanted)
                .map(result -> result.group(1))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static String fill(String text, Map<String, String> values) {
        return VARIABLE.matcher(text).replaceAll(found -> Matcher.quoteReplacement(value(found, values)));
    }

    private static String value(MatchResult found, Map<String, String> values) {
        String name = found.group(1);
        if (name == null) {
            return "$";
        }
        String value = values.get(name);
        if (value == null && "-".equals(found.group(2))) {
            return found.group(3);
        }
        return Objects.requireNonNull(value, () -> "compose.yaml wants " + name + ", got " + values.keySet());
    }
}
