package dev.keyledger.e2e.jar;

import static org.assertj.core.api.Assertions.assertThat;

import dev.keyledger.e2e.Command;
import dev.keyledger.e2e.Distribution;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.jar.JarFile;
import java.util.zip.ZipEntry;
import org.junit.jupiter.api.Test;

/** Keycloak has one flat class path: whatever the jar carries, every other extension gets to see. */
class ShippedJarTest {

    private final Path jar = Distribution.fromSystemProperties().jar();

    @Test
    void itHoldsOurClassesAndNobodyElses() throws IOException {
        assertThat(names())
                .filteredOn(name -> name.endsWith(".class"))
                .isNotEmpty()
                .allMatch(name -> name.startsWith("dev/keyledger/"));
        assertThat(names())
                .allMatch(name -> name.startsWith("dev/keyledger/")
                        || name.equals("dev/")
                        || name.startsWith("META-INF/")
                        || name.startsWith("theme/"));
        assertThat(names()).noneMatch(name -> name.endsWith(".jar") || name.startsWith("META-INF/versions/"));
    }

    @Test
    void itIsABeanArchiveWithTheServicesOfEveryRim() throws IOException {
        assertThat(names()).contains("META-INF/beans.xml");
        assertThat(text("META-INF/services/org.keycloak.events.EventListenerProviderFactory"))
                .contains("dev.keyledger.audit.AuditEventListenerProviderFactory");
        assertThat(text("META-INF/services/org.keycloak.services.resource.RealmResourceProviderFactory"))
                .contains("dev.keyledger.scim.keycloak");
        assertThat(
                        text(
                                "META-INF/services/org.keycloak.services.resources.admin.ext.AdminRealmResourceProviderFactory"))
                .contains("dev.keyledger.audit.admin", "dev.keyledger.console");
    }

    @Test
    void itIsTheVerifierThatAnAuditorStarts() {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        Command help = Command.run(Path.of("."), java, "-jar", jar.toString(), "help");

        assertThat(help.output()).contains("verify SOURCE");
        assertThat(help.exitCode()).isZero();
    }

    /** One commit gives one jar, byte for byte: no entry may carry the time of the build. */
    @Test
    void everyEntryCarriesTheFixedTimeOfTheProject() throws IOException {
        Instant want = Instant.parse(System.getProperty("keyledger.timestamp", ""));
        try (JarFile file = new JarFile(jar.toFile())) {
            assertThat(file.stream().map(ShippedJarTest::time).distinct()).containsExactly(want);
        }
    }

    private static Instant time(ZipEntry entry) {
        return entry.getTimeLocal().toInstant(ZoneOffset.UTC);
    }

    private List<String> names() throws IOException {
        try (JarFile file = new JarFile(jar.toFile())) {
            return file.stream().map(ZipEntry::getName).toList();
        }
    }

    private String text(String name) throws IOException {
        try (JarFile file = new JarFile(jar.toFile());
                var in = file.getInputStream(file.getEntry(name))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
