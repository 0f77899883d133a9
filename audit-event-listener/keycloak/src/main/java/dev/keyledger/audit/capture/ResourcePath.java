package dev.keyledger.audit.capture;

import java.util.Arrays;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads the resource path of an admin event: {@code users/<id>/role-mappings/realm} is about that user. */
final class ResourcePath {
    private static final Pattern UUID_FORM = Pattern.compile("[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}");

    /** What a partial import makes bears the type of the realm. */
    private static final Set<String> IMPORTED = Set.of("users", "groups", "clients", "identity-provider");

    private ResourcePath() {}

    /** Returns what a path is about; the resource type decides where the path does not. */
    static Target target(String resourceType, @Nullable String path) {
        String[] parts = path == null ? new String[0] : path.split("/", -1);
        String first = part(parts, 0);
        String id = part(parts, 1);
        boolean whole = resourceType.equals(Target.REALM) && !IMPORTED.contains(first == null ? "" : first);
        if (whole || resourceType.equals(Target.USER_PROFILE) || id == null || id.isEmpty()) {
            return new Target(resourceType, null, null, null, path);
        }
        return switch (first == null ? "" : first) {
            case "users" -> new Target(Target.USER, id, null, null, path);
            case "groups" -> new Target(Target.GROUP, group(parts), null, null, path);
            case "roles-by-id" -> new Target(Target.ROLE, id, null, null, path);
            case "roles" -> new Target(Target.ROLE, null, roleName(parts, 1), null, path);
            case "clients" -> client(resourceType, parts, path);
            case "client-scopes" -> new Target(Target.CLIENT_SCOPE, id, null, null, path);
            case "components" -> new Target(Target.COMPONENT, id, null, null, path);
            case "authentication" -> authentication(resourceType, parts, path);
            case "identity-provider" -> identityProvider(parts, path);
            case "organizations" -> organization(resourceType, parts, path);
            case "attack-detection" -> attacked(resourceType, parts, path);
            default -> other(resourceType, parts[parts.length - 1], path);
        };
    }

    /** Returns what a SCIM path is about: {@code Users/<id>} that user, {@code Users} no known one. */
    static Target scim(@Nullable String path) {
        String[] parts = path == null ? new String[0] : path.split("/", -1);
        String id = parts.length == 2 && !parts[1].isEmpty() && !parts[1].startsWith(".") ? parts[1] : null;
        String type = parts.length == 0 ? "" : parts[0];
        return switch (type) {
            case "Users" -> new Target(Target.USER, id, null, null, path);
            case "Groups" -> new Target(Target.GROUP, id, null, null, path);
            default -> new Target("SCIM_REQUEST", null, null, null, path);
        };
    }

    /** {@code groups/<parent>/children/<id>} is about the child, whose id may be in the representation only. */
    private static @Nullable String group(String[] parts) {
        boolean child = parts.length > 2 && parts[2].equals("children");
        return child ? part(parts, 3) : parts[1];
    }

    /** An organization's groups and members are groups and users like any other. */
    private static Target organization(String resourceType, String[] parts, @Nullable String path) {
        String kind = part(parts, 2);
        String below = part(parts, 4);
        if ("members".equals(kind) && part(parts, 3) != null) {
            return new Target(Target.USER, parts[3], null, null, path);
        }
        if (!"groups".equals(kind)) {
            return new Target(resourceType, parts[1], null, null, path);
        }
        if ("members".equals(below) && part(parts, 5) != null) {
            return new Target(Target.USER, part(parts, 5), null, null, path);
        }
        return new Target(Target.GROUP, "children".equals(below) ? part(parts, 5) : part(parts, 3), null, null, path);
    }

    /** A mapper goes by its id, its provider by its alias. */
    private static Target identityProvider(String[] parts, @Nullable String path) {
        return "mappers".equals(part(parts, 3)) && part(parts, 4) != null
                ? new Target(Target.IDENTITY_PROVIDER_MAPPER, parts[4], null, null, path)
                : new Target(Target.IDENTITY_PROVIDER, null, part(parts, 2), null, path);
    }

    /** Executions below a flow's alias are part of that flow; those that go by their own id are told as themselves. */
    private static Target authentication(String resourceType, String[] parts, @Nullable String path) {
        String id = part(parts, 2);
        return switch (parts[1]) {
            case "executions" -> new Target(Target.AUTH_EXECUTION, id, null, null, path);
            case "config" -> new Target(Target.AUTHENTICATOR_CONFIG, id, null, null, path);
            case "required-actions", "register-required-action" ->
                new Target(Target.REQUIRED_ACTION, null, id, null, path);
            case "flows" -> {
                boolean byId = parts.length == 3 && UUID_FORM.matcher(parts[2]).matches();
                yield new Target(Target.AUTH_FLOW, byId ? id : null, byId ? null : id, null, path);
            }
            default -> other(resourceType, parts[parts.length - 1], path);
        };
    }

    /** Whether an authentication path names the one thing that is meant. */
    static boolean isOfOne(@Nullable String path) {
        return path != null && path.matches("authentication/(flows|required-actions)/[^/]+(/executions.*|/config)?");
    }

    /** {@code clients/<id>/authz/resource-server/policy/<type>/<id>}: the type may be missing. */
    private static Target rule(String resourceType, String[] parts, @Nullable String path) {
        String last = parts[parts.length - 1];
        boolean whole = resourceType.equals(Target.AUTHORIZATION_RESOURCE_SERVER);
        return new Target(resourceType, whole ? parts[1] : last, null, parts[1], path);
    }

    private static Target client(String resourceType, String[] parts, @Nullable String path) {
        if (resourceType.startsWith("AUTHORIZATION_")) {
            return rule(resourceType, parts, path);
        }
        boolean role = parts.length > 3 && parts[2].equals("roles");
        return role
                ? new Target(Target.ROLE, null, roleName(parts, 3), parts[1], path)
                : new Target(Target.CLIENT, parts[1], null, null, path);
    }

    /** A role's name may hold slashes; what follows it can only be its composites. */
    private static String roleName(String[] parts, int from) {
        int end = parts[parts.length - 1].equals("composites") && parts.length > from + 1
                ? parts.length - 1
                : parts.length;
        return String.join("/", Arrays.copyOfRange(parts, from, end));
    }

    /** {@code attack-detection/brute-force/users/<id>} is about that user, without the id about all. */
    private static Target attacked(String resourceType, String[] parts, @Nullable String path) {
        String user = part(parts, 3);
        return user == null
                ? new Target(resourceType, null, null, null, path)
                : new Target(Target.USER, user, null, null, path);
    }

    private static Target other(String resourceType, String last, @Nullable String path) {
        return UUID_FORM.matcher(last).matches()
                ? new Target(resourceType, last, null, null, path)
                : new Target(resourceType, null, last, null, path);
    }

    private static @Nullable String part(String[] parts, int i) {
        return i < parts.length ? parts[i] : null;
    }
}
