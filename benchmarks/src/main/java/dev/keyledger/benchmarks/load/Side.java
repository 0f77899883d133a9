package dev.keyledger.benchmarks.load;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.keyledger.e2e.AdminClient;
import dev.keyledger.e2e.AuditLog;
import dev.keyledger.e2e.Http;
import dev.keyledger.e2e.KeycloakServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A server with its realm, and what the load needs to know of it. */
final class Side implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String REALM = "bench";
    private static final String CLIENT = "provisioning";
    private static final String SECRET = "provisioning-secret";
    private static final int TOKEN_SECONDS = 36_000;

    private final String name;
    private final KeycloakServer server;
    private final Supplier<Duration> databaseCpu;
    private final @Nullable Clones clones;
    private final String token;
    private final AuditLog sealing;
    private final AtomicInteger created = new AtomicInteger();
    private final Map<String, String> known = new ConcurrentHashMap<>();
    private List<String> userIds = List.of();

    private Side(String name, KeycloakServer server, Supplier<Duration> databaseCpu, @Nullable Clones clones) {
        this.name = name;
        this.server = server;
        this.databaseCpu = databaseCpu;
        this.clones = clones;
        AdminClient admin = new AdminClient(server);
        admin.createRealm(realm(server.baseUrl() + base(), clones == null));
        if (clones == null) {
            keepExternalId(admin);
        }
        this.token = admin.serviceAccountToken(REALM, CLIENT, SECRET);
        // by the long token: logging in would hash a password at the expense of what is measured
        this.sealing =
                new AuditLog(new Http(server.baseUrl()).bearer(token).below("/admin/realms/" + REALM + "/audit-log"));
    }

    /** A server with our jar: its audit log is always on. {@code databaseCpu} is what a database of its own has used. */
    static Side keyledger(KeycloakServer server, Supplier<Duration> databaseCpu, Clones clones) {
        return new Side("keyledger", server, databaseCpu, clones);
    }

    /** A server with Keycloak's own SCIM, keeping its admin events with their representations. */
    static Side peer(KeycloakServer server, Supplier<Duration> databaseCpu) {
        return new Side("native", server, databaseCpu, null);
    }

    /** A realm with one confidential client that may manage users; native wants to be the token's audience. */
    private static ObjectNode realm(String audience, boolean peer) {
        ObjectNode realm = JSON.createObjectNode().put("realm", REALM).put("enabled", true);
        if (peer) {
            realm.put("scimApiEnabled", true).put("adminEventsEnabled", true).put("adminEventsDetailsEnabled", true);
        }
        ObjectNode client = realm.putArray("clients")
                .addObject()
                .put("clientId", CLIENT)
                .put("secret", SECRET)
                .put("publicClient", false)
                .put("serviceAccountsEnabled", true)
                .put("standardFlowEnabled", false);
        client.putObject("attributes").put("access.token.lifespan", Integer.toString(TOKEN_SECONDS));
        ObjectNode mapper = client.putArray("protocolMappers")
                .addObject()
                .put("name", "scim audience")
                .put("protocol", "openid-connect")
                .put("protocolMapper", "oidc-audience-mapper");
        mapper.putObject("config").put("included.custom.audience", audience).put("access.token.claim", "true");
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
    private static void keepExternalId(AdminClient admin) {
        ObjectNode profile = (ObjectNode)
                admin.realm(REALM).get("/users/profile").expect(200).json();
        ObjectNode attribute = profile.withArray("attributes").addObject().put("name", "externalId");
        attribute.putObject("annotations").put("kc.scim.schema.attribute", "externalId");
        ObjectNode permissions = attribute.putObject("permissions");
        permissions.putArray("view").add("admin");
        permissions.putArray("edit").add("admin");
        admin.realm(REALM).put("/users/profile", profile).expect(200);
    }

    private static String base() {
        return "/realms/" + REALM + "/scim/v2";
    }

    String name() {
        return name;
    }

    /** A new connection of a client. */
    Wire connect() {
        return new Wire(URI.create(server.baseUrl()).getPort(), base(), token);
    }

    /** A user name that no user of this server has had. */
    String freshUserName() {
        return userName(created.getAndIncrement());
    }

    /** The name of the user with that index in {@link #userIds}. */
    String userName(int user) {
        return "user-" + user;
    }

    /** Ids of the users that stay, in the order of their creation. */
    List<String> userIds() {
        return userIds;
    }

    void userIds(List<String> ids) {
        userIds = List.copyOf(ids);
    }

    /** Fills our server with clones of one user, which is a matter of seconds; {@code members} of them are in one group. */
    void multiply(int users, int members) {
        Population population = new Population(this);
        userIds = population.users(List.of(freshUserName()));
        once("group of " + members, () -> population.group("group of " + members, 1));
        settle();
        server.stop();
        Objects.requireNonNull(clones, "only our server is filled like this")
                .make(userIds.get(0), userName(0).replaceAll("0$", ""), users - 1, members);
        server.start();
        userIds =
                Stream.concat(userIds.stream(), Clones.ids(users - 1).stream()).toList();
        created.set(users);
    }

    /** Something of this server that is made once, for example a group's id, by its name. */
    String once(String what, Supplier<String> make) {
        return known.computeIfAbsent(what, any -> make.get());
    }

    /** CPU time that server and database have used so far. */
    Duration cpuTime() {
        return server.cpuTime().plus(databaseCpu.get());
    }

    /** Waits until nothing is left to do from earlier requests: the other side's rounds shall not pay for it. */
    void settle() {
        if (clones != null) {
            sealing.awaitSealed();
        }
    }

    static JsonNode json(Wire.Answer answer) {
        try {
            return JSON.readTree(answer.body());
        } catch (IOException e) {
            throw new UncheckedIOException("want JSON, got: " + answer.text(), e);
        }
    }

    @Override
    public void close() {
        server.close();
    }
}
