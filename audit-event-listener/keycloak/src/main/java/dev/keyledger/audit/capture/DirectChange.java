package dev.keyledger.audit.capture;

import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A change that Keycloak's models tell of, whoever made it: an admin, whose event tells it as well, or an extension, a
 * directory or the server itself, of which no event tells.
 *
 * @param about what changed
 * @param coveredBy an entry about one of these tells this change too; one without id and name stands for all of its type
 * @param operation CREATE, UPDATE or DELETE
 * @param member what was added or taken away, such as {@code roles.granted}; null when the whole thing is meant
 * @param value the name of what was added or taken away, looked up when it is needed
 */
record DirectChange(
        String realmId,
        Target about,
        List<Target> coveredBy,
        String operation,
        @Nullable String member,
        Supplier<String> value) {

    static DirectChange of(String realmId, Target about, String operation, Target... coveredBy) {
        return new DirectChange(realmId, about, List.of(coveredBy), operation, null, () -> "");
    }

    /** Whether it shows in before and after: links to other systems and organizations do not. */
    boolean isPartOfTheState() {
        return member == null || member.startsWith("roles.") || member.startsWith("groups.");
    }

    /** The realm itself comes or goes, and all that is in it with it. */
    boolean isWholeRealm() {
        return about.type().equals(Target.REALM);
    }
}
