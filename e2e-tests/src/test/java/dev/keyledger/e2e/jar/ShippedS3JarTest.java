package dev.keyledger.e2e.jar;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.jar.JarFile;
import java.util.regex.Pattern;
import java.util.zip.ZipEntry;
import org.junit.jupiter.api.Test;

/** The second jar brings the AWS SDK into Keycloak's flat class path, where another extension may bring another one. */
class ShippedS3JarTest {
    /** A class of theirs, as the constant pool or a text to load it by has it; not one in a sentence. */
    private static final Pattern UNMOVED =
            Pattern.compile("(?<! )(?:software[/.]amazon|org[/.]reactivestreams)[/.](?:[a-z0-9]+[/.])*[A-Z]");

    private final Path jar = Path.of(System.getProperty("keyledger.s3.jar", ""));

    @Test
    void everyClassInItIsBelowOurName() throws IOException {
        try (JarFile file = new JarFile(jar.toFile())) {
            List<String> names = file.stream().map(ZipEntry::getName).toList();
            assertThat(names)
                    .filteredOn(name -> name.endsWith(".class"))
                    .hasSizeGreaterThan(1_000)
                    .allMatch(name -> name.startsWith("dev/keyledger/s3/"));
            assertThat(names)
                    .allMatch(name -> name.startsWith("dev/keyledger/s3/")
                            || "dev/keyledger/s3/".startsWith(name)
                            || name.startsWith("META-INF/"));
            assertThat(names).noneMatch(name -> name.startsWith("META-INF/versions/") || name.contains("netty"));
            assertThat(names).contains("META-INF/LICENSE", "META-INF/NOTICE", "META-INF/FastDoubleParser-LICENSE");
            assertThat(names)
                    .filteredOn(name -> name.startsWith("META-INF/services/") && !name.endsWith("/"))
                    .contains("META-INF/services/dev.keyledger.audit.archive.S3StoreMaker")
                    .allMatch(name -> name.startsWith("META-INF/services/dev.keyledger."));
        }
    }

    @Test
    void noClassInItAsksForTheSdkUnderItsOwnName() throws IOException {
        List<String> asking = new ArrayList<>();
        try (JarFile file = new JarFile(jar.toFile())) {
            for (ZipEntry entry : file.stream().toList()) {
                if (entry.getName().endsWith(".class")
                        && UNMOVED.matcher(text(file, entry)).find()) {
                    asking.add(entry.getName());
                }
            }
        }
        assertThat(asking).isEmpty();
    }

    @Test
    void itStaysSmall() throws IOException {
        assertThat(Files.size(jar)).isLessThan(12_000_000);
    }

    /** One character a byte, so that names in the constant pool stand as they are. */
    private static String text(JarFile file, ZipEntry entry) throws IOException {
        try (InputStream in = file.getInputStream(entry)) {
            return new String(in.readAllBytes(), StandardCharsets.ISO_8859_1);
        }
    }
}
