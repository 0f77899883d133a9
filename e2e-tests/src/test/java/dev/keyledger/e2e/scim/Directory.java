package dev.keyledger.e2e.scim;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.unboundid.ldap.listener.InMemoryDirectoryServer;
import com.unboundid.ldap.listener.InMemoryDirectoryServerConfig;
import com.unboundid.ldap.listener.InMemoryListenerConfig;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.SearchResultEntry;
import com.unboundid.ldif.LDIFException;
import dev.keyledger.e2e.AdminClient;
import dev.keyledger.e2e.Http;
import java.net.InetAddress;
import org.jspecify.annotations.Nullable;

/** An LDAP server on the loopback interface, and its use by realms. */
final class Directory implements AutoCloseable {
    private static final String BASE = "dc=example,dc=com";
    private static final String PEOPLE = "ou=people," + BASE;
    private static final String MANAGER = "cn=manager";
    private static final String SECRET = "manager-secret";

    private final InMemoryDirectoryServer server;

    private Directory(InMemoryDirectoryServer server) {
        this.server = server;
    }

    static Directory start() {
        try {
            InMemoryDirectoryServerConfig config = new InMemoryDirectoryServerConfig(BASE);
            config.addAdditionalBindCredentials(MANAGER, SECRET);
            config.setListenerConfigs(
                    InMemoryListenerConfig.createLDAPConfig("ldap", InetAddress.getLoopbackAddress(), 0, null));
            InMemoryDirectoryServer server = new InMemoryDirectoryServer(config);
            server.add("dn: " + BASE, "objectClass: domain", "dc: example");
            server.add("dn: " + PEOPLE, "objectClass: organizationalUnit", "ou: people");
            server.startListening();
            return new Directory(server);
        } catch (LDAPException | LDIFException e) {
            throw new IllegalStateException("the directory does not start", e);
        }
    }

    /** Adds a person {@code uid} with the password {@code uid-secret}. */
    void add(String uid) {
        try {
            server.add(
                    "dn: " + dn(uid),
                    "objectClass: inetOrgPerson",
                    "uid: " + uid,
                    "cn: Given",
                    "sn: Family",
                    "mail: " + uid + "@example.com",
                    "title: Director",
                    "userPassword: " + uid + "-secret");
        } catch (LDAPException | LDIFException e) {
            throw new IllegalStateException("cannot add " + uid, e);
        }
    }

    /** The value of an attribute of the person, or null if there is no such person or value. */
    @Nullable
    String value(String uid, String attribute) {
        try {
            SearchResultEntry entry = server.getEntry(dn(uid));
            return entry == null ? null : entry.getAttributeValue(attribute);
        } catch (LDAPException e) {
            throw new IllegalStateException("cannot read " + uid, e);
        }
    }

    /** Makes the realm use this directory in that edit mode; {@code title} is mapped beside the names and the address. */
    void serve(Http realm, String editMode) {
        String realmId = realm.get("").expect(200).json().get("id").asText();
        String id = AdminClient.createdId(realm.post(
                        "/components",
                        component(
                                realmId,
                                "ldap",
                                "org.keycloak.storage.UserStorageProvider",
                                "editMode",
                                editMode,
                                "vendor",
                                "other",
                                "connectionUrl",
                                "ldap://127.0.0.1:" + server.getListenPort(),
                                "bindDn",
                                MANAGER,
                                "bindCredential",
                                SECRET,
                                "authType",
                                "simple",
                                "usersDn",
                                PEOPLE,
                                "usernameLDAPAttribute",
                                "uid",
                                "rdnLDAPAttribute",
                                "uid",
                                "uuidLDAPAttribute",
                                "entryUUID",
                                "userObjectClasses",
                                "inetOrgPerson",
                                "importEnabled",
                                "true",
                                "syncRegistrations",
                                "true",
                                "searchScope",
                                "1"))
                .expect(201));
        realm.post(
                        "/components",
                        component(
                                id,
                                "user-attribute-ldap-mapper",
                                "org.keycloak.storage.ldap.mappers.LDAPStorageMapper",
                                "ldap.attribute",
                                "title",
                                "user.model.attribute",
                                "title",
                                "read.only",
                                "false"))
                .expect(201);
    }

    private static ObjectNode component(String parent, String provider, String type, String... config) {
        ObjectNode component = ScimClient.json("{}")
                .put("name", provider + "-1")
                .put("parentId", parent)
                .put("providerId", provider)
                .put("providerType", type);
        ObjectNode values = component.putObject("config");
        for (int i = 0; i < config.length; i += 2) {
            values.putArray(config[i]).add(config[i + 1]);
        }
        return component;
    }

    private static String dn(String uid) {
        return "uid=" + uid + "," + PEOPLE;
    }

    @Override
    public void close() {
        server.shutDown(true);
    }
}
