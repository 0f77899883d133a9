package dev.keyledger.scim.keycloak.contract;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Arrays;
import java.util.Locale;

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
    GENERIC;

    /** The kind of that name in JSON; generic for every other. */
    static Kind named(String name) {
        return Arrays.stream(values())
                .filter(kind -> kind.name().equals(name.toUpperCase(Locale.ROOT)))
                .findFirst()
                .orElse(GENERIC);
    }
}
