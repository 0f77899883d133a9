package dev.keyledger.scim.keycloak.contract;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What the requests of a connection mean. Immutable.
 *
 * @param visibility        which users and groups there are for the client
 * @param existing          what becomes of a new user whose user name is somebody's already
 * @param deletion          what DELETE does to a user
 * @param deleteAfterDays   of {@link Deletion#DELAYED}, after how many days the user is deleted; null else
 * @param endSessions       whether a user who is switched off or deleted loses his sessions and tokens
 * @param passwords         whether the client may set passwords
 * @param requiredActions   what a new user has to do at the first login: ids of Keycloak's required actions
 * @param invite            whether a new user is asked for these by a mail
 * @param administrators    whether the client may change users and groups with rights of Keycloak's administration
 * @param requestsPerMinute how many requests are served, on each node; null for as many as come
 * @param logReads          whether what the client reads and searches is recorded, too
 */
public record Policy(
        Visibility visibility,
        Existing existing,
        Deletion deletion,
        @Nullable Integer deleteAfterDays,
        boolean endSessions,
        Passwords passwords,
        List<String> requiredActions,
        boolean invite,
        boolean administrators,
        @Nullable Integer requestsPerMinute,
        boolean logReads) {

    private static final int DEFAULT_DAYS = 30;
    private static final int MAX_DAYS = 3650;
    private static final int MAX_RATE = 1_000_000;

    /** Which users and groups there are for the client. */
    public enum Visibility {
        /** All that its rights let it see. */
        @JsonProperty("all")
        ALL,
        /** Those that it has made or taken over. */
        @JsonProperty("provisioned")
        PROVISIONED
    }

    /** What becomes of a new user whose user name is somebody's already. */
    public enum Existing {
        /** 409, as the RFC says. */
        @JsonProperty("refuse")
        REFUSE,
        /** The user who is there becomes what was sent. */
        @JsonProperty("adopt")
        ADOPT
    }

    /** What DELETE does to a user. */
    public enum Deletion {
        /** The user is gone. */
        @JsonProperty("delete")
        DELETE,
        /** The user is switched off, and gone for the client, until it makes him again. */
        @JsonProperty("disable")
        DISABLE,
        /** The same, and some days later he is gone for everybody. */
        @JsonProperty("delayed")
        DELAYED
    }

    /** Whether the client may set passwords. */
    public enum Passwords {
        /** They are set, under the realm's password policy. */
        @JsonProperty("accept")
        ACCEPT,
        /** They are taken and forgotten. */
        @JsonProperty("ignore")
        IGNORE
    }

    /** Refuses, with {@link IllegalArgumentException}, what no policy can be. */
    public Policy {
        Objects.requireNonNull(visibility, "visibility");
        Objects.requireNonNull(existing, "existing");
        Objects.requireNonNull(deletion, "deletion");
        Objects.requireNonNull(passwords, "passwords");
        if (requestsPerMinute != null) {
            requireRange("requestsPerMinute", requestsPerMinute, MAX_RATE);
        }
        if (deletion == Deletion.DELAYED) {
            deleteAfterDays = Objects.requireNonNullElse(deleteAfterDays, DEFAULT_DAYS);
            requireRange("deleteAfterDays", deleteAfterDays, MAX_DAYS);
        } else if (deleteAfterDays != null) {
            throw new IllegalArgumentException("policy.deleteAfterDays is set, but policy.deletion is not \"delayed\"");
        }
        requiredActions = List.copyOf(requiredActions);
        if (invite && requiredActions.isEmpty()) {
            throw new IllegalArgumentException(
                    "policy.invite is set, but policy.requiredActions is empty: the mail asks for these");
        }
    }

    /** What holds where nothing is said. */
    static Policy of(Kind kind) {
        return new Policy(
                Visibility.ALL,
                Existing.REFUSE,
                Deletion.DELETE,
                null,
                true,
                // both send passwords that nobody knows
                kind == Kind.GENERIC ? Passwords.ACCEPT : Passwords.IGNORE,
                List.of(),
                false,
                false,
                null,
                false);
    }

    /** Whether a deleted user is still there for others than the client. */
    public boolean keepsDeleted() {
        return deletion != Deletion.DELETE;
    }

    /** How long a deleted user is kept; null for ever, or not at all. */
    public @Nullable Duration daysUntilDeletion() {
        return deleteAfterDays == null ? null : Duration.ofDays(deleteAfterDays);
    }

    /** Whether a new user may turn out to be one who is there already. */
    public boolean takesOver() {
        return existing == Existing.ADOPT || keepsDeleted();
    }

    private static void requireRange(String member, int value, int max) {
        if (value < 1 || value > max) {
            throw new IllegalArgumentException("policy." + member + " is " + value + ", want 1 to " + max);
        }
    }
}
