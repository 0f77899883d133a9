package dev.keyledger.e2e.monitoring;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/** The files below {@code docker/monitoring}. */
public final class Monitoring {
    private static final Path FOLDER = Path.of(System.getProperty("keyledger.root", ".."), "docker", "monitoring");
    private static final Pattern METRIC = Pattern.compile("keyledger_[a-z_]+");

    private Monitoring() {}

    /** One of them, such as {@code alerts.yaml}. */
    public static Path file(String name) {
        return FOLDER.resolve(name).toAbsolutePath().normalize();
    }

    static JsonNode dashboard() {
        return read(new ObjectMapper(), "grafana/dashboards/keyledger.json");
    }

    static JsonNode yaml(String name) {
        return read(new YAMLMapper(), name);
    }

    /** What the panels of the dashboard ask. */
    public static List<String> panelExpressions() {
        return dashboard().findValuesAsText("expr");
    }

    /** What the alert rules ask. */
    public static List<String> ruleExpressions() {
        return yaml("alerts.yaml").findValuesAsText("expr");
    }

    /** Every metric of ours that either names. */
    public static Set<String> metrics() {
        List<String> all = new ArrayList<>(panelExpressions());
        all.addAll(ruleExpressions());
        Set<String> names = new TreeSet<>();
        all.forEach(expression -> METRIC.matcher(expression).results().forEach(name -> names.add(name.group())));
        return names;
    }

    private static JsonNode read(ObjectMapper mapper, String name) {
        try {
            return mapper.readTree(file(name).toFile());
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + file(name), e);
        }
    }
}
