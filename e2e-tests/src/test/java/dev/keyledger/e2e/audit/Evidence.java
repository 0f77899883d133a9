package dev.keyledger.e2e.audit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keyledger.e2e.Command;
import dev.keyledger.e2e.Distribution;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/** Evidence bundles and archives in an auditor's hands, and the shipped jar's command. */
final class Evidence {
    private Evidence() {}

    /** Runs the command: {@code inspect bundle.zip --entries}. */
    static Command run(String... words) {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-jar",
                Distribution.fromSystemProperties().jar().toString()));
        command.addAll(List.of(words));
        return Command.run(Path.of("."), command.toArray(String[]::new));
    }

    /** Verifies it, and answers what was said. */
    static String verified(Path bundle, String... options) {
        Command done = Command.verify(Distribution.fromSystemProperties().jar(), bundle, options);
        assertThat(done.exitCode()).as(done.output()).isZero();
        assertThat(done.output()).contains("VERIFIED");
        return done.output();
    }

    /** The checkpoint in it, in a file beside it. */
    static Path checkpoint(Path bundle) throws IOException {
        Path file = bundle.resolveSibling(bundle.getFileName() + ".checkpoint");
        try (ZipFile zip = new ZipFile(bundle.toFile())) {
            return Files.write(
                    file, zip.getInputStream(zip.getEntry("checkpoint")).readAllBytes());
        }
    }

    /** What is in its files whose paths begin so. */
    static List<String> files(Path bundle, String prefix) throws IOException {
        List<String> files = new ArrayList<>();
        try (ZipFile zip = new ZipFile(bundle.toFile())) {
            for (ZipEntry entry : Collections.list(zip.entries())) {
                if (entry.getName().startsWith(prefix)) {
                    files.add(new String(zip.getInputStream(entry).readAllBytes(), StandardCharsets.UTF_8));
                }
            }
        }
        return files;
    }
}
