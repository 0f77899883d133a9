package dev.keyledger.e2e.monitoring;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.keyledger.e2e.Command;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What promtool and Grafana's own rules want of the files; Grafana itself is not run. */
class MonitoringFilesTest {
    private static final int COLUMNS = 24;

    @Test
    void promtoolTakesTheRulesAndTheConfiguration(@TempDir Path folder) throws IOException {
        Prometheus.require();
        assertTaken("check", "rules", Monitoring.file("alerts.yaml").toString());
        assertTaken(
                "check",
                "config",
                Prometheus.configuration(folder, "keycloak:9000").toString());
    }

    @Test
    void eachRuleIsQuietFirstAndThenFires() {
        Prometheus.require();
        assertTaken("test", "rules", Monitoring.file("alerts-test.yaml").toString());

        Set<String> tested = new TreeSet<>(Monitoring.yaml("alerts-test.yaml").findValuesAsText("alertname"));
        assertThat(tested)
                .containsExactlyInAnyOrderElementsOf(
                        Monitoring.yaml("alerts.yaml").findValuesAsText("alert"));
    }

    @Test
    void everyRuleSaysWhatItIsAbout() {
        for (JsonNode rule : Monitoring.yaml("alerts.yaml").at("/groups/0/rules")) {
            assertThat(rule.at("/annotations/summary").asText())
                    .as(rule.toString())
                    .isNotEmpty();
            assertThat(rule.at("/annotations/description").asText())
                    .as(rule.toString())
                    .isNotEmpty();
            assertThat(rule.at("/labels/severity").asText()).isIn("critical", "warning");
        }
    }

    /** Grafana draws nothing, or one over the other, of what is not so. */
    @Test
    void thePanelsHaveTheirPlacesAndTheProvisionedSource() {
        JsonNode dashboard = Monitoring.dashboard();
        String source = Monitoring.yaml("grafana/provisioning/datasources/prometheus.yaml")
                .at("/datasources/0/uid")
                .asText();
        Set<Integer> ids = new HashSet<>();
        Set<List<Integer>> cells = new HashSet<>();
        assertThat(dashboard.get("schemaVersion").asInt()).isGreaterThanOrEqualTo(39);
        for (JsonNode panel : dashboard.get("panels")) {
            String title = panel.get("title").asText();
            assertThat(ids.add(panel.get("id").asInt())).as(title).isTrue();
            assertThat(panel.get("type").asText()).as(title).isIn("stat", "timeseries");
            assertThat(panel.at("/datasource/uid").asText()).as(title).isEqualTo(source);
            assertThat(panel.get("targets")).as(title).isNotEmpty();
            assertThat(new HashSet<>(panel.get("targets").findValuesAsText("refId")))
                    .as(title)
                    .hasSize(panel.get("targets").size());
            JsonNode place = panel.get("gridPos");
            int end = place.get("x").asInt() + place.get("w").asInt();
            assertThat(end).as(title).isLessThanOrEqualTo(COLUMNS);
            for (int x = place.get("x").asInt(); x < end; x++) {
                for (int y = place.get("y").asInt();
                        y < place.get("y").asInt() + place.get("h").asInt();
                        y++) {
                    assertThat(cells.add(List.of(x, y))).as(title).isTrue();
                }
            }
        }
    }

    private static void assertTaken(String... words) {
        String[] command = new String[words.length + 1];
        command[0] = Prometheus.tool();
        System.arraycopy(words, 0, command, 1, words.length);
        Command done = Command.run(Path.of("."), command);
        assertThat(done.exitCode()).as(done.output()).isZero();
    }
}
