package dev.keyledger.audit.admin;

import dev.keyledger.audit.storage.FoundEntry;
import dev.keyledger.log.entry.Disclosure;
import dev.keyledger.log.entry.Slot;
import dev.keyledger.log.json.CanonicalJson;
import dev.keyledger.log.json.JsonLiteral;
import dev.keyledger.log.json.JsonNumber;
import dev.keyledger.log.json.JsonObject;
import dev.keyledger.log.json.JsonString;
import dev.keyledger.log.json.JsonValue;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** How exported entries are written. */
enum ExportFormat {
    /** RFC 4180, with a line of names. */
    CSV("csv", ExportFormat.CSV_TYPE),

    /** One JSON object a line: what is exported, the entries, how many they were. */
    JSONL("jsonl", ExportFormat.JSONL_TYPE);

    static final String CSV_TYPE = "text/csv;charset=utf-8";
    static final String JSONL_TYPE = "application/jsonl";

    private static final List<String> COLUMNS = List.of(
            "index",
            "id",
            "time",
            "kind",
            "operation",
            "resourceType",
            "outcome",
            "actorType",
            "actorId",
            "actorName",
            "client",
            "targetType",
            "targetId",
            "targetName",
            "ip",
            "requestId",
            "error",
            "before",
            "after",
            "details");

    private final String label;
    private final String mediaType;

    ExportFormat(String label, String mediaType) {
        this.label = label;
        this.mediaType = mediaType;
    }

    String label() {
        return label;
    }

    String mediaType() {
        return mediaType;
    }

    static ExportFormat parse(@Nullable String label) {
        for (ExportFormat format : values()) {
            if (format.label.equals(label)) {
                return format;
            }
        }
        throw BadRequest.parameter("format", String.valueOf(label), "csv, jsonl or bundle");
    }

    /** What is written, in this order. */
    interface Lines {
        void begin(JsonObject export) throws IOException;

        void entry(FoundEntry entry, Map<Slot, Disclosure> slots) throws IOException;

        void end(long entries) throws IOException;
    }

    Lines lines(OutputStream out) {
        return this == CSV ? new Csv(out) : new JsonLines(out);
    }

    private record JsonLines(OutputStream out) implements Lines {
        @Override
        public void begin(JsonObject export) throws IOException {
            line(new JsonObject(Map.of("export", export)));
        }

        @Override
        public void entry(FoundEntry entry, Map<Slot, Disclosure> slots) throws IOException {
            line(new JsonObject(EntryJson.export(entry, slots)));
        }

        @Override
        public void end(long entries) throws IOException {
            line(new JsonObject(Map.of("end", new JsonObject(Map.of("entries", JsonNumber.of(entries))))));
        }

        private void line(JsonObject json) throws IOException {
            out.write((CanonicalJson.format(json) + '\n').getBytes(StandardCharsets.UTF_8));
        }
    }

    private record Csv(OutputStream out) implements Lines {
        @Override
        public void begin(JsonObject export) throws IOException {
            line(COLUMNS);
        }

        @Override
        public void entry(FoundEntry entry, Map<Slot, Disclosure> slots) throws IOException {
            JsonObject json = new JsonObject(EntryJson.export(entry, slots));
            List<String> cells = new ArrayList<>();
            cells.addAll(texts(json, "index", "id"));
            cells.add(Instant.ofEpochMilli(entry.time()).toString());
            cells.addAll(texts(json, "kind", "operation", "resourceType", "outcome"));
            cells.addAll(texts(json.get("actor"), "type", "id", "name", "client"));
            cells.addAll(texts(json.get("target"), "type", "id", "name"));
            cells.addAll(texts(json.get("net"), "ip", "requestId"));
            cells.addAll(texts(json, "error"));
            cells.addAll(texts(json.get("change"), "before", "after", "details"));
            line(cells);
        }

        /** Nothing: a line that is no entry would be taken for one. The answer ends properly, or the client sees it. */
        @Override
        public void end(long entries) {}

        private void line(List<String> cells) throws IOException {
            StringBuilder line = new StringBuilder();
            for (String cell : cells) {
                line.append(line.length() == 0 ? "" : ",").append(quoted(cell));
            }
            out.write(line.append("\r\n").toString().getBytes(StandardCharsets.UTF_8));
        }
    }

    private static List<String> texts(@Nullable JsonValue json, String... names) {
        List<String> texts = new ArrayList<>();
        for (String name : names) {
            JsonValue value = json instanceof JsonObject object ? object.get(name) : null;
            if (value == null || value == JsonLiteral.NULL) {
                texts.add("");
            } else {
                texts.add(value instanceof JsonString text ? text.value() : CanonicalJson.format(value));
            }
        }
        return texts;
    }

    /**
     * A cell. What a spreadsheet would take for a formula gets an apostrophe in front: names are chosen by those who are
     * logged, and the spreadsheet is the auditor's.
     */
    static String quoted(String text) {
        boolean formula = !text.isEmpty() && "=+-@\t\r\n".indexOf(text.charAt(0)) >= 0;
        return "\"" + (formula ? "'" : "") + text.replace("\"", "\"\"") + "\"";
    }
}
