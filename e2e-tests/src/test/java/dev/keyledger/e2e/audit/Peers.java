package dev.keyledger.e2e.audit;

import dev.keyledger.e2e.AdminClient;
import dev.keyledger.e2e.AuditLog;
import dev.keyledger.e2e.Database;
import dev.keyledger.e2e.DistLauncher;
import dev.keyledger.e2e.Http;
import dev.keyledger.e2e.KeycloakServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/** Two Keycloaks, {@code left} and {@code right}, each with a database of its own, that witness each other. */
final class Peers implements AutoCloseable {
    static final String OPTION = "--spi-events-listener--keyledger-audit--";
    private static final String LEFT = "left";
    private static final String RIGHT = "right";

    private final Path folder;
    private final Map<String, Peer> peers = new ConcurrentHashMap<>();

    /** A server, and what it is configured with. */
    record Peer(String name, KeycloakServer server) {
        AdminClient admin() {
            return new AdminClient(server);
        }

        Http witness() {
            return new Http(server.baseUrl() + "/realms/master/audit-witness");
        }

        Http management() {
            return new Http(server.managementUrl());
        }

        /** A token lasts for a minute, so each call gets one. */
        AuditLog serversLog() {
            return new AuditLog(admin().realm("master").below("/audit-log/server"));
        }
    }

    /** @param folder where their lists and policies are */
    Peers(Path folder) {
        this.folder = folder;
    }

    /**
     * Each has to know the key of the other: they are started once to make it, and then with what they have told. Answers
     * what the database of {@code left} was in between.
     *
     * @param options of {@code left} alone
     */
    DatabaseBackup introduceToEachOther(String... options) throws Exception {
        for (String name : new String[] {LEFT, RIGHT}) {
            Files.writeString(folder.resolve(name + ".logs"), "");
            Files.writeString(folder.resolve(name + ".policy"), "quorum none\n");
        }
        inParallel(() -> start(LEFT, options), () -> start(RIGHT));
        introduce(left(), right());
        introduce(right(), left());
        CompletableFuture<DatabaseBackup> backup = new CompletableFuture<>();
        inParallel(
                () -> {
                    left().server().stop();
                    backup.complete(DatabaseBackup.take(left().server(), new Database.H2()));
                    left().server().start();
                },
                right().server()::restart);
        return backup.join();
    }

    Peer left() {
        return Objects.requireNonNull(peers.get(LEFT), LEFT);
    }

    Peer right() {
        return Objects.requireNonNull(peers.get(RIGHT), RIGHT);
    }

    /** The logs that {@code right} cosigns. */
    Path known() {
        return folder.resolve(RIGHT + ".logs");
    }

    /** Whom {@code left} asks. */
    Path policy() {
        return folder.resolve(LEFT + ".policy");
    }

    @Override
    public void close() {
        peers.values().forEach(peer -> peer.server().close());
    }

    private void start(String name, String... options) {
        KeycloakServer server = DistLauncher.ofSystemProperties()
                .withOptions(
                        OPTION + "origin=" + name + ".example",
                        OPTION + "witness-logs=" + folder.resolve(name + ".logs"),
                        OPTION + "witness-policy=" + folder.resolve(name + ".policy"),
                        OPTION + "witness-interval=1",
                        OPTION + "witness-alarm=2")
                .withOptions(options)
                .startAfresh("witness-" + name);
        peers.put(name, new Peer(name, server));
    }

    /** Lets {@code one} ask {@code other}, and {@code other} know the logs of {@code one}. */
    private void introduce(Peer one, Peer other) throws IOException {
        String vkey = other.witness().get("/vkey").expect(200).text().strip();
        Files.writeString(
                folder.resolve(one.name() + ".policy"),
                "witness " + other.name() + " " + vkey + " " + other.witness().base() + "\nquorum " + other.name()
                        + "\n");
        String log = one.serversLog().status().get("vkey").asText();
        Files.writeString(folder.resolve(other.name() + ".logs"), "logs " + log + "\n");
    }

    private static void inParallel(Runnable one, Runnable other) throws Exception {
        CompletableFuture<Void> started = CompletableFuture.runAsync(other);
        one.run();
        started.get(4, TimeUnit.MINUTES);
    }
}
