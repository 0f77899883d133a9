package dev.keyledger.e2e.jar;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import dev.keyledger.e2e.Distribution;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.jar.JarFile;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** docs/openapi.json has every route that the shipped classes answer below /admin/realms/{realm}, and no other. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class OpenApiTest {

    /** What the factories return as resources, below their ids. */
    private static final Map<String, String> ROOTS = Map.of(
            "/audit-log", "dev.keyledger.audit.admin.AuditAdminResource",
            "/keyledger", "dev.keyledger.scim.keycloak.admin.ConnectionsResource",
            "/keyledger-console", "dev.keyledger.console.ConsoleResource");

    private static final List<String> METHODS = List.of("GET", "POST", "PUT", "DELETE", "PATCH");
    private static final String RS = "jakarta.ws.rs.";

    private final Set<String> routes = new TreeSet<>();
    private final Set<String> alsoBelow = new TreeSet<>();
    private final Map<String, Set<String>> parameters = new TreeMap<>();
    private JsonNode document = new ObjectMapper().createObjectNode();

    @BeforeAll
    void readBoth() throws IOException {
        Path root = Path.of(System.getProperty("keyledger.root", ".."));
        document = new ObjectMapper().readTree(root.resolve("docs/openapi.json").toFile());
        try (JarFile jar = new JarFile(Distribution.fromSystemProperties().jar().toFile())) {
            JavaClasses classes = new ClassFileImporter().importJar(jar);
            ROOTS.forEach((path, name) -> walk(path, classes.get(name), new ArrayDeque<>()));
        }
    }

    @Test
    void itHasEveryRouteAndNoOther() {
        Set<String> documented = new TreeSet<>();
        document.get("paths")
                .properties()
                .forEach(path -> path.getValue().fieldNames().forEachRemaining(name -> {
                    if (!name.equals("parameters")) {
                        documented.add(name.toUpperCase(Locale.ROOT) + " " + path.getKey());
                    }
                }));

        assertThat(routes).hasSizeGreaterThan(20);
        assertThat(documented).isEqualTo(routes);
    }

    @Test
    void itSaysBelowWhatElseTheSameRoutesAre() {
        Set<String> documented = new TreeSet<>();
        document.get("x-also-below").forEach(path -> documented.add(path.asText()));

        assertThat(documented).isEqualTo(alsoBelow);
    }

    @Test
    void itNamesEveryParameterOfARoute() {
        parameters.forEach((route, names) -> {
            String[] words = route.split(" ", 2);
            JsonNode path = document.get("paths").path(words[1]);
            Set<String> documented = new TreeSet<>();
            path.path("parameters")
                    .forEach(each -> documented.add(each.get("name").asText()));
            path.path(words[0].toLowerCase(Locale.ROOT))
                    .path("parameters")
                    .forEach(each -> documented.add(each.get("name").asText()));
            assertThat(documented).as(route).containsAll(names);
        });
    }

    @Test
    void everyReferenceInItLeadsSomewhere() {
        List<JsonNode> references = document.findValues("$ref");

        assertThat(references)
                .isNotEmpty()
                .allSatisfy(reference -> assertThat(
                                document.at(reference.asText().substring(1)).isMissingNode())
                        .as(reference.asText())
                        .isFalse());
    }

    private void walk(String path, JavaClass resource, Deque<JavaClass> above) {
        above.push(resource);
        for (JavaMethod method : resource.getMethods()) {
            Optional<String> below = value(method, "Path");
            String full = below.map(name -> path + "/" + name.replaceAll(":[^}]*\\}", "}"))
                    .orElse(path);
            List<String> verbs = METHODS.stream()
                    .filter(verb -> method.isAnnotatedWith(RS + verb))
                    .toList();
            for (String verb : verbs) {
                routes.add(verb + " " + full);
                parameters.put(verb + " " + full, names(method));
            }
            if (verbs.isEmpty() && below.isPresent()) {
                JavaClass next = method.getRawReturnType();
                if (above.contains(next)) {
                    alsoBelow.add(full);
                } else {
                    walk(full, next, above);
                }
            }
        }
        above.pop();
    }

    private static Set<String> names(JavaMethod method) {
        Set<String> names = new TreeSet<>();
        method.getParameterAnnotations()
                .forEach(annotations -> annotations.forEach(annotation -> {
                    if (annotation.getRawType().getName().matches("jakarta\\.ws\\.rs\\.(Path|Query|Header)Param")) {
                        names.add(String.valueOf(annotation.get("value").orElseThrow()));
                    }
                }));
        return names;
    }

    private static Optional<String> value(JavaMethod method, String annotation) {
        return method.isAnnotatedWith(RS + annotation)
                ? method.getAnnotationOfType(RS + annotation).get("value").map(String::valueOf)
                : Optional.empty();
    }
}
