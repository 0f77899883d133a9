package dev.keyledger.audit.tamper;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The lines of docs/threat-model.md that say who notices what, by what is written before the last column. */
final class ThreatModel {
    private static final Path PAGE = Path.of("..", "..", "docs", "threat-model.md");
    private static final Pattern COLUMN = Pattern.compile("\\| `(AUDIT_[A-Z_]+)` \\| `([A-Z_]+)` \\| (.+) \\|");
    private static final Pattern ROWS = Pattern.compile("\\| rows of `(AUDIT_[A-Z_]+)`: (.+?) \\| (.+) \\|");
    private static final Pattern WHOLE = Pattern.compile("\\| the whole log: (.+?) \\| (.+) \\|");
    private static final String NOBODY = "nobody: ";

    private ThreatModel() {}

    /** By {@code TABLE.COLUMN}. */
    static Map<String, Set<Detector>> columns() throws IOException {
        return lines(COLUMN, line -> line.group(1) + "." + line.group(2), 3);
    }

    /** By {@code TABLE: deed}. */
    static Map<String, Set<Detector>> rows() throws IOException {
        return lines(ROWS, line -> line.group(1) + ": " + line.group(2), 3);
    }

    /** By deed. */
    static Map<String, Set<Detector>> whole() throws IOException {
        return lines(WHOLE, line -> line.group(1), 2);
    }

    /** As it stands in the last column, without a reason why nobody would notice. */
    static String format(Set<Detector> noticedBy) {
        return noticedBy.isEmpty()
                ? NOBODY + "..."
                : noticedBy.stream().map(Detector::toString).collect(Collectors.joining(", "));
    }

    private static Map<String, Set<Detector>> lines(
            Pattern pattern, java.util.function.Function<Matcher, String> name, int who) throws IOException {
        Map<String, Set<Detector>> found = new TreeMap<>();
        for (String line : Files.readAllLines(PAGE)) {
            Matcher matcher = pattern.matcher(line);
            if (matcher.matches() && found.put(name.apply(matcher), detectors(matcher.group(who))) != null) {
                throw new IllegalStateException("the threat model says twice: " + line);
            }
        }
        return found;
    }

    private static Set<Detector> detectors(String who) {
        EnumSet<Detector> detectors = EnumSet.noneOf(Detector.class);
        if (!who.startsWith(NOBODY)) {
            Arrays.stream(who.split(", ", -1)).map(Detector::parse).forEach(detectors::add);
        }
        return detectors;
    }
}
