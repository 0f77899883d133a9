package dev.keyledger.audit.storage;

import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What an entry refers to. */
public enum Reference {
    /** Id or name of who did it. */
    ACTOR,
    /** Id or name of what it was done to. */
    TARGET,
    /** Id or name of a person or thing in either role. */
    USER,
    /** Id of what it was done to, whatever its name. */
    RESOURCE,
    /** Client id of the application, or of the SCIM connection, that it was done with. */
    CLIENT,
    /** Address that the request came from. */
    IP,
    /** The request's own id, else that of its trace. */
    REQUEST;

    /** The columns of {@link EntryEntity} that say so, each with an index over it, the time and the leaf index. */
    List<String> columns() {
        return switch (this) {
            case ACTOR -> List.of("actorRef", "actorNameRef");
            case TARGET -> List.of("targetRef", "targetNameRef");
            case USER -> List.of("actorRef", "actorNameRef", "targetRef", "targetNameRef");
            case RESOURCE -> List.of("targetRef");
            case CLIENT -> List.of("clientRef");
            case IP -> List.of("ipRef");
            case REQUEST -> List.of("requestRef");
        };
    }

    /** Whether a name leads to the person who has it or had it. */
    boolean leadsToPeople() {
        return this == ACTOR || this == TARGET || this == USER;
    }

    /** Whether an entry refers to one of these. */
    boolean isOneOf(Set<String> wanted, SearchIndex entry) {
        Stream<String> references = switch (this) {
            case ACTOR -> known(entry.actorRef(), entry.actorNameRef());
            case TARGET -> known(entry.targetRef(), entry.targetNameRef());
            case USER -> known(entry.actorRef(), entry.actorNameRef(), entry.targetRef(), entry.targetNameRef());
            case RESOURCE -> known(entry.targetRef());
            case CLIENT -> known(entry.clientRef());
            case IP -> known(entry.ipRef());
            case REQUEST -> known(entry.requestRef());
        };
        return references.anyMatch(wanted::contains);
    }

    private static Stream<String> known(@Nullable String... references) {
        return Stream.of(references).filter(Objects::nonNull);
    }
}
