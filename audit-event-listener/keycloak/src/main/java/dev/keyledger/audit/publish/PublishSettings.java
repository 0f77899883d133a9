package dev.keyledger.audit.publish;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.keycloak.Config;

/**
 * What of the log anybody may see, from the options of {@code keyledger-audit}:
 *
 * <ul>
 *   <li>{@code public-tiles}: the names of the realms whose signed log is served, without a login, at {@code
 *       /realms/<realm>/audit-log}, separated by commas; {@code _server} is the server's own log; {@code all}, or {@code
 *       none}, the default
 *   <li>{@code tiles-folder}: where the signed logs of all realms are kept as files, one folder each. Default: nowhere
 * </ul>
 *
 * @param realms as in {@code public-tiles}
 */
public record PublishSettings(Set<String> realms, @Nullable Path folder) {
    private static final String ALL = "all";
    private static final String NONE = "none";

    public PublishSettings {
        realms = Set.copyOf(realms);
        if (realms.size() > 1 && (realms.contains(ALL) || realms.contains(NONE))) {
            throw new IllegalArgumentException(
                    "option public-tiles of keyledger-audit wants none, all, or names of realms, got " + realms);
        }
        if (folder != null && !folder.isAbsolute()) {
            throw new IllegalArgumentException(
                    "option tiles-folder of keyledger-audit is " + folder + ", want an absolute path");
        }
    }

    /** Reads the options; throws when they contradict each other. */
    public static PublishSettings read(Config.Scope options) {
        String folder = options.get("tiles-folder", "").strip();
        return new PublishSettings(
                Arrays.stream(options.get("public-tiles", NONE).split(",", -1))
                        .map(String::strip)
                        .filter(name -> !name.isEmpty())
                        .collect(Collectors.toSet()),
                folder.isEmpty() ? null : Path.of(folder));
    }

    /** Whether anybody may read the log of this realm, or of {@code _server}. */
    public boolean isPublic(String realm) {
        return realms.contains(ALL) || (realms.contains(realm) && !realm.equals(NONE));
    }
}
