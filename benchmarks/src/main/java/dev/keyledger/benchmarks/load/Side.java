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
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A server with its realm, and what the load needs to know of it. */
final class Side {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String SCIM_REALM = "bench";

    private final String name;
    private final KeycloakServer server;
    private final Supplier<Duration> databaseCpu;
    private final @Nullable Clones clones;
    private final String realm;
    private final String base;
    private final String token;
    private final @Nullable AuditLog sealing;
    private final AtomicInteger created = new AtomicInteger();
    private final Map<String, String> known = new ConcurrentHashMap<>();
    private List<String> userIds = List.of();

    /** {@code sealed}: whether the server has our jar, and each round waits for its log. */
    private Side(String name, Running running, String realm, String base, boolean sealed, @Nullable Clones clones) {
        this.name = name;
        this.server = running.server();
        this.databaseCpu = running.databaseCpu();
        this.clones = clones;
        this.realm = realm;
        this.base = base;
        this.token = new AdminClient(server).serviceAccountToken(realm, Realms.CLIENT, Realms.SECRET);
        // by the long token: logging in would hash a password at the expense of what is measured
        this.sealing = sealed
                ? new AuditLog(new Http(server.baseUrl()).bearer(token).below("/admin/realms/" + realm + "/audit-log"))
                : null;
    }

    /** A server, and what a database of its own has used. */
    record Running(KeycloakServer server, Supplier<Duration> databaseCpu) {}

    /** SCIM on a server with our jar: its audit log is always on. */
    static Side keyledger(Running running, Clones clones) {
        new AdminClient(running.server()).createRealm(scim(running, false));
        return new Side("keyledger", running, SCIM_REALM, scimBase(), true, clones);
    }

    /** A server with Keycloak's own SCIM, keeping its admin events with their representations. */
    static Side peer(Running running) {
        AdminClient admin = new AdminClient(running.server());
        admin.createRealm(scim(running, true));
        Realms.keepExternalId(admin, SCIM_REALM);
        return new Side("native", running, SCIM_REALM, scimBase(), false, null);
    }

    /** A realm for logins and an admin's work; paths are below the server's. {@code sealed}: the server has our jar. */
    static Side recorded(String name, Running running, Realms.Hash hash, boolean stores, boolean sealed) {
        String realm = hash.name().toLowerCase(Locale.ROOT) + (stores ? "-stores" : "");
        new AdminClient(running.server()).createRealm(Realms.recorded(realm, hash, stores));
        return new Side(name, running, realm, "", sealed, null);
    }

    /** The same on a server with our jar, where a user event does not wait for the disk, as none of Keycloak's does. */
    static Side asynchronous(Running running, Realms.Hash hash) {
        String realm = hash.name().toLowerCase(Locale.ROOT) + "-async";
        AdminClient admin = new AdminClient(running.server());
        admin.createRealm(Realms.recorded(realm, hash, false));
        Http policies = admin.realm(realm).below("/audit-log/policy");
        ObjectNode policy = policies.get("").expect(200).json().deepCopy();
        policy.remove("mayWeaken");
        policy.putArray("asynchronous").add("user");
        policies.put("", policy).expect(200);
        return new Side("keyledger-async", running, realm, "", true, null);
    }

    private static ObjectNode scim(Running running, boolean peer) {
        return Realms.scim(SCIM_REALM, running.server().baseUrl() + scimBase(), peer);
    }

    private static String scimBase() {
        return "/realms/" + SCIM_REALM + "/scim/v2";
    }

    String name() {
        return name;
    }

    String realm() {
        return realm;
    }

    /** A new connection of a client. */
    Wire connect() {
        return new Wire(URI.create(server.baseUrl()).getPort(), base, token);
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

    /** What the server's compilers have used so far. */
    Duration compilerTime() {
        return server.compilerTime();
    }

    /** CPU time that server and database have used so far. */
    Duration cpuTime() {
        return server.cpuTime().plus(databaseCpu.get());
    }

    /** Waits until nothing is left to do from earlier requests: the other side's rounds shall not pay for it. */
    void settle() {
        if (sealing != null) {
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
}
