package dev.keyledger.e2e;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A command that has ended.
 *
 * @param exitCode what it ended with
 * @param output standard output and error, as they came
 */
public record Command(int exitCode, String output) {

    /** Runs a command in {@code folder} and waits for its end. */
    public static Command run(Path folder, String... words) {
        try {
            Process process = new ProcessBuilder(List.of(words))
                    .directory(folder.toFile())
                    .redirectErrorStream(true)
                    .start();
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            return new Command(process.waitFor(), output);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot run " + String.join(" ", words), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while running " + String.join(" ", words), e);
        }
    }

    /** Lets the shipped jar, on the Java that runs this, verify an evidence bundle as an auditor would. */
    public static Command verify(Path jar, Path bundle, String... options) {
        List<String> words = new ArrayList<>();
        words.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        words.addAll(List.of("-jar", jar.toString(), "verify", bundle.toString()));
        words.addAll(List.of(options));
        return run(Path.of("."), words.toArray(String[]::new));
    }
}
