package dev.keyledger.scim.keycloak.endpoint;

import dev.keyledger.scim.ScimException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * What stands behind {@code /realms/{realm}/scim/} in a request's URI, decoded, in segments.
 *
 * @param segments never empty strings; a slash at the end makes no difference
 */
record ScimPath(List<String> segments) {
    private static final String VERSION = "v2";
    private static final Pattern OTHER_VERSION = Pattern.compile("[vV][0-9]{1,4}([.][0-9]{1,4})?");
    private static final List<String> ENDPOINTS =
            List.of("Users", "Groups", "Me", "Bulk", "Schemas", "ResourceTypes", "ServiceProviderConfig");

    ScimPath {
        segments = List.copyOf(segments);
    }

    /** The path of that text, for example {@code v2/Users/2819c223}; without a version it is that of the newest. */
    static ScimPath parse(String text) {
        List<String> segments = new ArrayList<>();
        int from = 0;
        while (from <= text.length()) {
            int slash = text.indexOf('/', from);
            int end = slash < 0 ? text.length() : slash;
            if (end > from) {
                segments.add(text.substring(from, end));
            }
            from = end + 1;
        }
        if (segments.isEmpty() || isEndpoint(segments.get(0))) {
            // who says no version wants the newest (RFC 7644 section 3.13)
            segments.add(0, VERSION);
        }
        if (segments.size() > 1) {
            // Entra's own tests ask for /users
            segments.set(1, endpoint(segments.get(1)));
        }
        return new ScimPath(segments);
    }

    private static boolean isEndpoint(String name) {
        return name.equals(ResourceTypeEndpoint.SEARCH) || ENDPOINTS.contains(endpoint(name));
    }

    private static String endpoint(String name) {
        return ENDPOINTS.stream().filter(name::equalsIgnoreCase).findFirst().orElse(name);
    }

    /** The path that is written like that below the base URI, for example {@code /Users/2819c223}; throws 400 for no URI. */
    static ScimPath ofRelativeUri(String uri) {
        try {
            return parse(VERSION + '/' + URLDecoder.decode(uri.replace("+", "%2B"), StandardCharsets.UTF_8));
        } catch (IllegalArgumentException e) {
            throw ScimException.invalidSyntax("the path " + ScimException.quoted(uri) + " is no URI");
        }
    }

    /** Whether it begins with the version that this service provider speaks. */
    boolean isVersion2() {
        return !segments.isEmpty() && segments.get(0).equals(VERSION);
    }

    /** Refuses with {@code invalidVers} what begins with another version. */
    void requireVersion2() {
        String version = segments.get(0);
        if (!isVersion2() && OTHER_VERSION.matcher(version).matches()) {
            throw ScimException.invalidVersion(
                    "version " + ScimException.quoted(version) + " is not spoken here, want " + VERSION);
        }
    }

    /** The segment at that place behind the version, or the empty string. */
    String at(int index) {
        return index + 1 < segments.size() ? segments.get(index + 1) : "";
    }

    /** How many segments there are behind the version. */
    int length() {
        return Math.max(0, segments.size() - 1);
    }

    /** Everything behind the version. */
    String below() {
        return String.join("/", segments.subList(Math.min(1, segments.size()), segments.size()));
    }
}
