package dev.keyledger.e2e;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * A pristine, unpacked Keycloak distribution, the jar to put into it and the features to switch on.
 *
 * @param home the unpacked {@code keycloak-<version>} folder; never written to
 * @param jar the shipped jar; installed as {@code providers/keyledger.jar}, because Keycloak refuses to start after a jar of
 *     the last build has vanished or changed its name
 * @param withJar false for Keycloak as it comes
 * @param others jars of other extensions, which are installed under the names that they have
 * @param features Keycloak's names of features that are off unless asked for, e.g. {@code scim-api}
 */
public record Distribution(Path home, Path jar, boolean withJar, List<Path> others, List<String> features) {

    public Distribution {
        if (!Files.isRegularFile(home.resolve("bin/kc.sh"))) {
            throw new IllegalArgumentException("no Keycloak distribution at " + home + ", want one with bin/kc.sh");
        }
        if (!Files.isRegularFile(jar)) {
            throw new IllegalArgumentException("no jar at " + jar + "; run ./mvnw package first");
        }
        others = List.copyOf(others);
        features = List.copyOf(features);
    }

    /** The distribution and jar that the build passes in the system properties {@code keycloak.home} and {@code keyledger.jar}. */
    public static Distribution fromSystemProperties() {
        return new Distribution(
                Path.of(required("keycloak.home")), Path.of(required("keyledger.jar")), true, List.of(), List.of());
    }

    /** The same with these features on. */
    public Distribution withFeatures(String... wanted) {
        return new Distribution(home, jar, withJar, others, List.of(wanted));
    }

    /** The same with another extension beside our jar. */
    public Distribution withOther(Path other) {
        return new Distribution(home, jar, withJar, List.of(other), features);
    }

    /** The same Keycloak as it comes, without the jar and with these features on. */
    public Distribution withoutJar(String... wanted) {
        return new Distribution(home, jar, false, List.of(), List.of(wanted));
    }

    private static String required(String property) {
        String value = System.getProperty(property);
        if (value == null) {
            throw new IllegalStateException("system property " + property + " is not set; the build sets it");
        }
        return value;
    }

    /** Copies the distribution to {@code target} and installs the jar, if any; both keep their file times, which Keycloak compares. */
    void installAt(Path target) {
        try {
            copyTree(home, target);
            replaceJar(target);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot install " + home + " at " + target, e);
        }
    }

    /** Puts this distribution's jar in the place of the installed one. */
    void replaceJar(Path target) throws IOException {
        if (!withJar) {
            return;
        }
        Path providers = Files.createDirectories(target.resolve("providers"));
        Files.copy(
                jar,
                providers.resolve("keyledger.jar"),
                StandardCopyOption.REPLACE_EXISTING,
                StandardCopyOption.COPY_ATTRIBUTES);
        for (Path other : others) {
            Files.copy(
                    other,
                    providers.resolve(other.toFile().getName()),
                    StandardCopyOption.REPLACE_EXISTING,
                    StandardCopyOption.COPY_ATTRIBUTES);
        }
    }

    static void deleteTree(Path root) throws IOException {
        if (!Files.exists(root)) {
            return;
        }
        try (Stream<Path> tree = Files.walk(root)) {
            for (Path path : (Iterable<Path>) tree.sorted(Comparator.reverseOrder())::iterator) {
                Files.delete(path);
            }
        }
    }

    static void copyTree(Path from, Path to) throws IOException {
        try (Stream<Path> tree = Files.walk(from)) {
            for (Path source : (Iterable<Path>) tree::iterator) {
                Path copy = to.resolve(from.relativize(source).toString());
                if (Files.isDirectory(source, LinkOption.NOFOLLOW_LINKS)) {
                    Files.createDirectories(copy);
                } else {
                    Files.copy(
                            source,
                            copy,
                            StandardCopyOption.COPY_ATTRIBUTES,
                            StandardCopyOption.REPLACE_EXISTING,
                            LinkOption.NOFOLLOW_LINKS);
                }
            }
        }
    }
}
