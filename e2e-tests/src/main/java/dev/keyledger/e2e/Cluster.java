package dev.keyledger.e2e;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Several Keycloaks on one PostgreSQL, in one Infinispan cluster on the loopback interface, each in a folder and with ports of
 * its own. Keycloak's default stack, {@code jdbc-ping}, lets them find each other in their database.
 *
 * @param nodes at least one, in the order in which they were started
 */
public record Cluster(List<KeycloakServer> nodes) implements AutoCloseable {

    /** Keycloak's default; the failure detector listens 50,000 above. Two processes hardly begin at the same port. */
    private static final int FIRST_BIND_PORT = 7_800;

    private static final int LAST_BIND_PORT = 9_799;

    public Cluster {
        nodes = List.copyOf(nodes);
    }

    /** Starts the nodes one after the other: the first one makes the tables. */
    public static Cluster startAfresh(DistLauncher launcher, String name, int size) {
        List<KeycloakServer> nodes = new ArrayList<>();
        int port = ThreadLocalRandom.current().nextInt(FIRST_BIND_PORT, LAST_BIND_PORT - 100);
        for (int i = 1; i <= size; i++) {
            while (Ports.isTaken(port) || Ports.isTaken(port + 50_000)) {
                port++;
                if (port > LAST_BIND_PORT) {
                    throw new IllegalStateException("no free port for a cluster's node up to " + LAST_BIND_PORT);
                }
            }
            nodes.add(launcher.withPorts(Ports.free())
                    .withOptions(
                            "--cache=ispn",
                            "--cache-embedded-network-bind-address=127.0.0.1",
                            "--cache-embedded-network-bind-port=" + port)
                    .startAfresh(name + "-" + i));
            port++;
        }
        return new Cluster(nodes);
    }

    /** Stops all of them, the last one first. */
    @Override
    public void close() {
        for (int i = nodes.size() - 1; i >= 0; i--) {
            nodes.get(i).close();
        }
    }
}
