package dev.keyledger.e2e.coverage;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.annotation.Annotation;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.Method;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The operations of the Admin REST API that can change something, as the JAX-RS annotations of a distribution's own classes say:
 * {@code PUT /{realm}/users/{user-id}}. Where Keycloak decides at run time what answers, as for providers of policies, this class
 * has to know.
 */
final class AdminOperations {
    private static final String ROOT = "org.keycloak.services.resources.admin.RealmsAdminResource";
    private static final String JAX_RS = "jakarta.ws.rs";
    private static final Set<String> CHANGING = Set.of("POST", "PUT", "DELETE", "PATCH");

    private static final String ADMIN = "org.keycloak.services.resources.admin.";
    private static final String RULES = "/{realm}/clients/{client-uuid}/authz/resource-server";

    /** What Keycloak looks up at run time: the types of policies and permissions, and its own extensions. */
    private static final Map<String, String> AT_RUN_TIME = Map.of(
            RULES + "/policy/{type}",
            "org.keycloak.authorization.admin.PolicyTypeService",
            RULES + "/policy/{type}/{id}",
            "org.keycloak.authorization.admin.PolicyTypeResourceService",
            RULES + "/permission/{type}",
            "org.keycloak.authorization.admin.PolicyTypeService",
            RULES + "/permission/{type}/{id}",
            "org.keycloak.authorization.admin.PolicyTypeResourceService",
            "/{realm}/user-storage",
            ADMIN + "UserStorageProviderResource",
            "/{realm}/clear-realm-cache",
            ADMIN + "ClearRealmCacheResource",
            "/{realm}/clear-user-cache",
            ADMIN + "ClearUserCacheResource",
            "/{realm}/clear-keys-cache",
            ADMIN + "ClearKeysCacheResource",
            "/{realm}/clear-crl-cache",
            ADMIN + "ClearCrlCacheResource",
            "/{realm}/ui-ext",
            "org.keycloak.admin.ui.rest.AdminExtResource");

    private final Set<String> found = new TreeSet<>();

    private AdminOperations() {}

    /** Reads them from {@code lib/lib/main} of a distribution. */
    static Set<String> of(Path distribution) {
        try (URLClassLoader classes = new URLClassLoader(jars(distribution.resolve("lib/lib/main")))) {
            AdminOperations operations = new AdminOperations();
            operations.walk(classes.loadClass(ROOT), "", Set.of());
            for (Map.Entry<String, String> resource : AT_RUN_TIME.entrySet()) {
                operations.walk(classes.loadClass(resource.getValue()), resource.getKey(), Set.of());
            }
            return operations.found;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (ClassNotFoundException e) {
            throw new IllegalStateException("this distribution has no " + ROOT, e);
        }
    }

    /** The names of Keycloak's user event types. */
    static List<String> eventTypes(Path distribution) {
        return names(distribution, "org.keycloak.events.EventType");
    }

    /** The names of the types of resources that admin events bear. */
    static List<String> resourceTypes(Path distribution) {
        return names(distribution, "org.keycloak.events.admin.ResourceType");
    }

    private static List<String> names(Path distribution, String enumeration) {
        try (URLClassLoader classes = new URLClassLoader(jars(distribution.resolve("lib/lib/main")))) {
            Class<?> type = classes.loadClass(enumeration);
            return Arrays.stream(type.getEnumConstants())
                    .map(Object::toString)
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (ClassNotFoundException e) {
            throw new IllegalStateException("this distribution has no " + enumeration, e);
        }
    }

    private static URL[] jars(Path folder) throws IOException {
        List<URL> jars = new ArrayList<>();
        try (Stream<Path> files = Files.list(folder)) {
            files.forEach(file -> jars.add(url(file)));
        }
        return jars.toArray(URL[]::new);
    }

    private static URL url(Path file) {
        try {
            return file.toUri().toURL();
        } catch (MalformedURLException e) {
            throw new IllegalStateException("every file has a URL", e);
        }
    }

    private void walk(Class<?> resource, String base, Set<String> above) {
        if (above.contains(resource.getName())) {
            return;
        }
        Set<String> here = new HashSet<>(above);
        here.add(resource.getName());
        for (Method method : resource.getMethods()) {
            Method annotated = annotated(resource, method);
            String verb = verb(annotated);
            String path = path(annotated);
            String full = base + (path == null || path.startsWith("/") ? "" : "/") + (path == null ? "" : path);
            if (verb != null && CHANGING.contains(verb)) {
                found.add(verb + " " + template(full));
            } else if (verb == null && path != null) {
                walk(method.getReturnType(), full, here);
            }
        }
    }

    /** Annotations may stand on the method of an interface. */
    private static Method annotated(Class<?> resource, Method method) {
        if (verb(method) != null || path(method) != null) {
            return method;
        }
        for (Class<?> type : resource.getInterfaces()) {
            for (Method declared : type.getMethods()) {
                if (declared.getName().equals(method.getName())
                        && Arrays.equals(declared.getParameterTypes(), method.getParameterTypes())) {
                    return declared;
                }
            }
        }
        return method;
    }

    /** Without the regular expressions of parameters. */
    private static String template(String path) {
        String plain = path.replaceAll("\\{\\s*([^}:\\s]+)\\s*:[^}]*}", "{$1}").replaceAll("/+", "/");
        String trimmed = plain.endsWith("/") ? plain.substring(0, plain.length() - 1) : plain;
        return trimmed.isEmpty() ? "/" : trimmed;
    }

    private static @Nullable String verb(Method method) {
        return Arrays.stream(method.getAnnotations())
                .map(Annotation::annotationType)
                .filter(type -> type.getPackageName().equals(JAX_RS))
                .map(Class::getSimpleName)
                .filter(name -> name.equals("GET") || CHANGING.contains(name))
                .findFirst()
                .orElse(null);
    }

    private static @Nullable String path(AnnotatedElement element) {
        return Arrays.stream(element.getAnnotations())
                .filter(annotation -> annotation.annotationType().getName().equals(JAX_RS + ".Path"))
                .map(AdminOperations::value)
                .filter(Objects::nonNull)
                .findFirst()
                .orElse(null);
    }

    private static String value(Annotation annotation) {
        try {
            return (String) annotation.annotationType().getMethod("value").invoke(annotation);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("an annotation without a value: " + annotation, e);
        }
    }
}
