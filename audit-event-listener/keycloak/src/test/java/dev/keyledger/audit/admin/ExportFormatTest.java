package dev.keyledger.audit.admin;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keyledger.audit.storage.FoundEntry;
import dev.keyledger.log.entry.Disclosure;
import dev.keyledger.log.entry.Salt;
import dev.keyledger.log.entry.Slot;
import dev.keyledger.log.json.JsonObject;
import dev.keyledger.log.json.JsonReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What stands in an exported file. */
class ExportFormatTest {
    private static final FoundEntry ENTRY = new FoundEntry(
            "an-id",
            7L,
            1_767_225_600_123L,
            "{\"k\":\"user\",\"ok\":false,\"op\":\"LOGIN\",\"res\":\"USER\",\"t\":1767225600123}",
            Map.of());
    private static final Map<Slot, Disclosure> SLOTS = Map.of(
            Slot.ACTOR, disclosure(Slot.ACTOR, "{\"id\":\"1\",\"name\":\"=cmd|' /C calc'!A0\",\"type\":\"user\"}"));

    @Test
    void aCellIsNeverAFormula() {
        for (String evil : List.of("=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1")) {
            assertThat(ExportFormat.quoted(evil)).isEqualTo("\"'" + evil + "\"");
        }
        assertThat(ExportFormat.quoted("a \"b\", c\nd")).isEqualTo("\"a \"\"b\"\", c\nd\"");
        assertThat(ExportFormat.quoted("")).isEqualTo("\"\"");
        assertThat(ExportFormat.quoted("ada@example.org")).isEqualTo("\"ada@example.org\"");
    }

    @Test
    void csvHasALineOfNamesAndOnePerEntry() throws IOException {
        List<String> lines = write(ExportFormat.CSV).lines().toList();

        assertThat(lines).hasSize(2);
        assertThat(lines.get(0)).startsWith("\"index\",\"id\",\"time\"");
        assertThat(lines.get(1))
                .startsWith(
                        "\"7\",\"an-id\",\"2026-01-01T00:00:00.123Z\",\"user\",\"LOGIN\",\"USER\",\"failure\",\"user\",\"1\",\"'=cmd");
        assertThat(lines.get(1).split("\",\"", -1)).hasSameSizeAs(lines.get(0).split("\",\"", -1));
    }

    @Test
    void jsonLinesSayWhatIsExportedAndHowMuchItWas() throws IOException {
        List<String> lines = write(ExportFormat.JSONL).lines().toList();

        assertThat(lines).hasSize(3);
        assertThat(lines.get(0)).isEqualTo("{\"export\":{}}");
        JsonObject entry = JsonReader.parseObject(lines.get(1));
        assertThat(entry.string("operation")).isEqualTo("LOGIN");
        assertThat(entry.object("actor").string("name")).isEqualTo("=cmd|' /C calc'!A0");
        assertThat(lines.get(2)).isEqualTo("{\"end\":{\"entries\":1}}");
    }

    private static String write(ExportFormat format) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ExportFormat.Lines lines = format.lines(out);
        lines.begin(new JsonObject(Map.of()));
        lines.entry(ENTRY, SLOTS);
        lines.end(1);
        return out.toString(StandardCharsets.UTF_8);
    }

    private static Disclosure disclosure(Slot slot, String value) {
        return new Disclosure(slot, Salt.parse("A".repeat(43)), JsonReader.parseObject(value));
    }
}
