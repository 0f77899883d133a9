package dev.keyledger.scim.keycloak.contract;

import com.fasterxml.jackson.annotation.JsonProperty;
import org.jspecify.annotations.Nullable;

/**
 * The identity provider by which the users of a connection log in: who is provisioned is linked to it, and so his first login
 * asks him nothing.
 *
 * @param alias   the identity provider's alias in the realm
 * @param subject which attribute of the User is what the identity provider calls him
 */
public record IdentityLink(String alias, Subject subject) {
    /** An attribute that can be a subject. */
    public enum Subject {
        /** {@code externalId}. */
        @JsonProperty("externalId")
        EXTERNAL_ID("externalId"),
        /** {@code userName}. */
        @JsonProperty("userName")
        USER_NAME("userName");

        private final String attribute;

        Subject(String attribute) {
            this.attribute = attribute;
        }

        /** Its name in SCIM. */
        public String attribute() {
            return attribute;
        }
    }

    /** Refuses, with {@link IllegalArgumentException}, what lacks a part. */
    public IdentityLink {
        requirePart("alias", alias == null || alias.isBlank() ? null : alias);
        requirePart("subject", subject);
    }

    private static void requirePart(String member, @Nullable Object value) {
        if (value == null) {
            throw new IllegalArgumentException("identityProvider." + member + " is missing");
        }
    }
}
