package dev.keyledger.scim.keycloak.contract;

import java.util.Collections;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What a realm has agreed with one provisioning client. Immutable; {@link ContractJson} reads and writes it.
 *
 * @param name        what it is called in paths, in the log and for ever: lower case letters, digits and dashes, at most 40
 * @param kind        what is at the other end
 * @param displayName what people call it, at most 255 characters, or null
 * @param client      the id of the realm's OAuth client whose service account the connection acts as; null for the built-in
 *                    connection, which is every client's that has none of its own
 * @param paused      whether nothing is served for now: 503, and whoever is well-behaved comes again
 * @param tokenScope  the scope that an access token of the realm must have, for example {@code scim}; null for any
 * @param issuer      who else issues access tokens for the connection; null for nobody
 * @param organization the alias of the organization whose members are the users that there are; null for the whole realm
 * @param identityProvider by which the users whom the connection makes log in; null for none
 * @param attributes  by SCIM notation, the user attributes that keep what others keep elsewhere
 * @param policy      what its requests mean
 */
public record Contract(
        String name,
        @Nullable Kind kind,
        @Nullable String displayName,
        @Nullable String client,
        boolean paused,
        @Nullable String tokenScope,
        @Nullable Issuer issuer,
        @Nullable String organization,
        @Nullable IdentityLink identityProvider,
        Map<String, String> attributes,
        Policy policy) {

    /** The name of the built-in connection. */
    public static final String BUILT_IN = "default";

    private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9-]{0,39}");
    private static final Pattern SCOPE = Pattern.compile("[\\x21\\x23-\\x5B\\x5D-\\x7E]{1,100}");
    private static final String EXTERNAL_ID = "externalId";
    private static final int MAX_TEXT = 255;

    /** Refuses, with {@link IllegalArgumentException}, what no connection can be. */
    public Contract {
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException(
                    "name is \"" + name + "\", want 1 to 40 lower case letters, digits and dashes, no dash first");
        }
        boolean builtIn = name.equals(BUILT_IN);
        if (builtIn != (client == null)) {
            throw new IllegalArgumentException(
                    builtIn
                            ? "client is set, but the built-in connection is that of every client without one"
                            : "client is missing, want the id of a client of the realm");
        }
        if (builtIn && issuer != null) {
            throw new IllegalArgumentException("issuer is set, but the built-in connection has no client to act as");
        }
        requireText("client", client);
        requireText("displayName", displayName);
        if (tokenScope != null && !SCOPE.matcher(tokenScope).matches()) {
            throw new IllegalArgumentException("tokenScope is \"" + tokenScope + "\", want one OAuth scope");
        }
        if (builtIn && organization != null) {
            throw new IllegalArgumentException("organization is set, but the built-in connection is everybody's");
        }
        if (builtIn && policy.deletion() == Policy.Deletion.DELAYED) {
            throw new IllegalArgumentException(
                    "policy.deletion is \"delayed\", but the built-in connection has no client to act as then");
        }
        requireText("organization", organization);
        if (builtIn && policy.administrators()) {
            throw new IllegalArgumentException(
                    "policy.administrators is set, but the built-in connection is everybody's");
        }
        attributes = attributes == null ? Map.of() : Collections.unmodifiableMap(new TreeMap<>(attributes));
        AttributeMap.require(attributes);
        kind = Objects.requireNonNullElse(kind, Kind.GENERIC);
    }

    /** The built-in connection as it is while nobody has changed it. */
    static Contract builtIn() {
        return new Contract(
                BUILT_IN, Kind.GENERIC, null, null, false, null, null, null, null, Map.of(), Policy.of(Kind.GENERIC));
    }

    /** Whether it is that of every client without one of its own. */
    public boolean catchesAll() {
        return client == null;
    }

    /** Where Keycloak keeps the {@code externalId} that the client gives: every connection has its own. */
    public String externalIdAttribute() {
        return catchesAll() ? EXTERNAL_ID : EXTERNAL_ID + '.' + name;
    }

    /** The places of attributes that differ from those of the realm, by their SCIM notation. */
    public Map<String, String> places() {
        if (catchesAll()) {
            return attributes;
        }
        Map<String, String> places = new TreeMap<>(attributes);
        places.put(EXTERNAL_ID, externalIdAttribute());
        return places;
    }

    /** Whether what the client makes has to be remembered as its. */
    public boolean remembers() {
        return !catchesAll() || policy.visibility() == Policy.Visibility.PROVISIONED || policy.takesOver();
    }

    private static void requireText(String member, @Nullable String text) {
        if (text != null && (text.isBlank() || text.length() > MAX_TEXT)) {
            throw new IllegalArgumentException(member + " has " + text.length() + " characters, want 1 to " + MAX_TEXT);
        }
    }
}
