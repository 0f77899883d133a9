package dev.keyledger.e2e.setup;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code mvnw} on machines that lack something: one line, before anything is downloaded or built. */
class PrerequisitesTest {

    private static final Path ROOT = Path.of(System.getProperty("keyledger.root", ".."));

    /** The only folder on the PATH: the few tools that the script needs, and those that a test puts there. */
    @TempDir
    Path path = Path.of("");

    @BeforeEach
    void takeTheOrdinaryTools() throws IOException {
        for (String tool : List.of("uname", "dirname", "basename", "sed", "tr", "cat")) {
            script(tool, "exec $(PATH=/usr/bin:/bin command -v " + tool + ") \"$@\"");
        }
    }

    @Test
    void aMissingJdkIsSaid() throws IOException, InterruptedException {
        fake("node", "v20.20.2");
        assertRefused(
                "keyledger: needs a JDK 17 or newer, and found none (looked for javac); install one or set JAVA_HOME");
    }

    @Test
    void anOldJdkIsSaid() throws IOException, InterruptedException {
        fake("javac", "javac 11.0.2");
        fake("node", "v20.20.2");
        assertRefused("keyledger: needs a JDK 17 or newer, and found 11.0.2 (javac)");
    }

    @Test
    void aMissingNodeIsSaid() throws IOException, InterruptedException {
        fake("javac", "javac 17.0.15");
        assertRefused("keyledger: needs Node 20 or newer, and found none on the PATH");
    }

    @Test
    void anOldNodeIsSaid() throws IOException, InterruptedException {
        fake("javac", "javac 25");
        fake("node", "v18.19.0");
        assertRefused("keyledger: needs Node 20 or newer, and found v18.19.0");
        fake("node", "v20.9.0");
        assertRefused("keyledger: needs Node 20.19 or newer, and found v20.9.0");
    }

    private void assertRefused(String line) throws IOException, InterruptedException {
        ProcessBuilder builder = new ProcessBuilder(ROOT.resolve("mvnw").toString(), "--version")
                .directory(ROOT.toFile())
                .redirectErrorStream(true);
        builder.environment().remove("JAVA_HOME");
        builder.environment().put("PATH", path.toString());
        Process process = builder.start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

        assertThat(output.lines()).containsExactly(line);
        assertThat(process.waitFor()).isEqualTo(1);
    }

    private void fake(String tool, String version) throws IOException {
        script(tool, "echo '" + version + "'");
    }

    private void script(String name, String line) throws IOException {
        Path file = path.resolve(name);
        Files.writeString(file, "#!/bin/sh\n" + line + "\n");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }
}
