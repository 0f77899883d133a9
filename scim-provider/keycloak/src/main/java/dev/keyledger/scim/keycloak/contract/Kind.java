package dev.keyledger.scim.keycloak.contract;

import com.fasterxml.jackson.annotation.JsonProperty;

/** What is at the other end of a connection. */
public enum Kind {
    /** Okta. */
    @JsonProperty("okta")
    OKTA,
    /** Microsoft Entra ID. */
    @JsonProperty("entra")
    ENTRA,
    /** Anything else that speaks SCIM. */
    @JsonProperty("generic")
    GENERIC
}
