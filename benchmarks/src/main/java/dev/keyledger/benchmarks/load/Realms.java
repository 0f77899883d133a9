package dev.keyledger.benchmarks.load;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.keyledger.e2e.AdminClient;

/** The realms of the sides, each with one confidential client that may manage users. */
final class Realms {
    static final String CLIENT = "provisioning";
    static final String SECRET = "provisioning-secret";

    /** A public client for direct grants, and the people who log in with it. */
    static final String LOGIN_CLIENT = "logins";

    static final int PEOPLE = 64;
    static final String PASSWORD = "correct horse";

    private static final int TOKEN_SECONDS = 36_000;

    private Realms() {}

    /** How a realm hashes passwords, in the order of the contests: the many requests of the first leave both servers warm. */
    enum Hash {
        /** One round of a fast hash: what logging in costs beside the hash. */
        CHEAP,
        /** Keycloak's default. */
        ARGON2
    }

    /** For SCIM. Native wants to be the token's audience, and keeps its admin events with their representations. */
    static ObjectNode scim(String name, String audience, boolean peer) {
        ObjectNode realm = realm(name);
        if (peer) {
            realm.put("scimApiEnabled", true).put("adminEventsEnabled", true).put("adminEventsDetailsEnabled", true);
        }
        ObjectNode mapper = ((ObjectNode) realm.at("/clients/0"))
                .putArray("protocolMappers")
                .addObject()
                .put("name", "scim audience")
                .put("protocol", "openid-connect")
                .put("protocolMapper", "oidc-audience-mapper");
        mapper.putObject("config").put("included.custom.audience", audience).put("access.token.claim", "true");
        return realm;
    }

    /** For logins and for an admin's work. {@code stores}: whether Keycloak keeps its events in tables of its own. */
    static ObjectNode recorded(String name, Hash hash, boolean stores) {
        ObjectNode realm = realm(name)
                .put("eventsEnabled", stores)
                .put("adminEventsEnabled", stores)
                .put("adminEventsDetailsEnabled", stores);
        if (hash == Hash.CHEAP) {
            realm.put("passwordPolicy", "hashAlgorithm(pbkdf2-sha256) and hashIterations(1)");
        }
        realm.withArray("clients")
                .addObject()
                .put("clientId", LOGIN_CLIENT)
                .put("publicClient", true)
                .put("directAccessGrantsEnabled", true);
        for (int i = 0; i < PEOPLE; i++) {
            ObjectNode person = realm.withArray("users")
                    .addObject()
                    .put("username", person(i))
                    .put("email", Bodies.email(person(i)))
                    .put("firstName", "Given")
                    .put("lastName", "Benchmark")
                    .put("enabled", true);
            person.putArray("credentials").addObject().put("type", "password").put("value", PASSWORD);
        }
        return realm;
    }

    /** The name of one of the {@link #PEOPLE}. */
    static String person(int index) {
        return "person-" + index;
    }

    private static ObjectNode realm(String name) {
        ObjectNode realm =
                JsonNodeFactory.instance.objectNode().put("realm", name).put("enabled", true);
        ObjectNode client = realm.putArray("clients")
                .addObject()
                .put("clientId", CLIENT)
                .put("secret", SECRET)
                .put("publicClient", false)
                .put("serviceAccountsEnabled", true)
                .put("standardFlowEnabled", false);
        client.putObject("attributes").put("access.token.lifespan", Integer.toString(TOKEN_SECONDS));
        ObjectNode account = realm.putArray("users")
                .addObject()
                .put("username", "service-account-" + CLIENT)
                .put("enabled", true)
                .put("serviceAccountClientId", CLIENT);
        account.putObject("clientRoles")
                .putArray("realm-management")
                .add("manage-users")
                .add("view-events");
        return realm;
    }

    /** Native drops attributes that the realm's user profile does not name; both servers shall keep the same data. */
    static void keepExternalId(AdminClient admin, String realm) {
        ObjectNode profile = (ObjectNode)
                admin.realm(realm).get("/users/profile").expect(200).json();
        ObjectNode attribute = profile.withArray("attributes").addObject().put("name", "externalId");
        attribute.putObject("annotations").put("kc.scim.schema.attribute", "externalId");
        ObjectNode permissions = attribute.putObject("permissions");
        permissions.putArray("view").add("admin");
        permissions.putArray("edit").add("admin");
        admin.realm(realm).put("/users/profile", profile).expect(200);
    }
}
