package dev.keyledger.e2e.container;

import dev.keyledger.e2e.Distribution;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.testcontainers.images.builder.ImageFromDockerfile;

/** The image of {@code docker/Dockerfile}, built from what is in the repository. */
final class ShippedImage {

    private static final Pattern BASE = Pattern.compile("^ARG KEYCLOAK_IMAGE=(\\S+)$", Pattern.MULTILINE);

    private ShippedImage() {}

    /** The folder with the Dockerfile. */
    static Path folder() {
        return root().resolve("docker");
    }

    /** The name of the image that it starts from. */
    static String keycloak() {
        Path file = folder().resolve("Dockerfile");
        try {
            Matcher base = BASE.matcher(Files.readString(file));
            if (!base.find()) {
                throw new IllegalStateException(file + " has no line ARG KEYCLOAK_IMAGE=…");
            }
            return base.group(1);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + file, e);
        }
    }

    /** The shipped jar. */
    static Path jar() {
        return Distribution.fromSystemProperties().jar();
    }

    /** The version of the distribution that all other tests start. */
    static String distributionVersion() {
        return Distribution.fromSystemProperties()
                .home()
                .getFileName()
                .toString()
                .replace("keycloak-", "");
    }

    /** Built when a container first starts from it, deleted at the end of the run. The context is what {@code .dockerignore} leaves. */
    static ImageFromDockerfile built() {
        Path jar = jar();
        return new ImageFromDockerfile()
                .withFileFromPath("Dockerfile", folder().resolve("Dockerfile"))
                .withFileFromPath(root().relativize(jar).toString(), jar);
    }

    private static Path root() {
        return Path.of(Objects.requireNonNull(System.getProperty("keyledger.root"), "the build sets keyledger.root"));
    }
}
