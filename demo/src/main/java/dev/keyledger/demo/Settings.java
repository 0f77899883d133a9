package dev.keyledger.demo;

import dev.keyledger.e2e.Ports;
import java.nio.file.Path;

/**
 * What {@code -Ddemo.…} may set.
 *
 * @param port {@code demo.port}: where Keycloak listens on the loopback interface, default 8080
 * @param reset {@code demo.reset}: throws away what earlier runs left
 * @param exit {@code demo.exit}: ends after the closing lines instead of staying up
 * @param name {@code demo.name}: the folder of the server
 * @param root the repository's root; printed commands are meant to be run there
 */
record Settings(int port, boolean reset, boolean exit, String name, Path root) {

    private static final int DEFAULT_PORT = 8080;
    private static final int MAX_PORT = 65_535;

    static Settings ofSystemProperties() {
        return new Settings(
                port(System.getProperty("demo.port", Integer.toString(DEFAULT_PORT))),
                flag("demo.reset"),
                flag("demo.exit"),
                System.getProperty("demo.name", "acme"),
                Path.of(System.getProperty("demo.root", ".")).toAbsolutePath().normalize());
    }

    /** The port, and for health and metrics any that is free. */
    Ports ports() {
        return new Ports(port, Ports.free().management());
    }

    /** Throws, with one line for a person, when the port is taken. */
    void requireFreePort() {
        if (LocalPort.isTaken(port)) {
            throw new IllegalStateException(
                    "port " + port + " is taken; stop what listens there, or choose another with -Ddemo.port=9090");
        }
    }

    /** {@code -Ddemo.reset} and {@code -Ddemo.reset=true} are the same. */
    private static boolean flag(String name) {
        String value = System.getProperty(name);
        return value != null && !value.equals("false");
    }

    private static int port(String text) {
        if (text.matches("[0-9]{1,5}")) {
            int port = Integer.parseInt(text);
            if (port >= 1 && port <= MAX_PORT) {
                return port;
            }
        }
        throw new IllegalArgumentException("demo.port is " + text + ", want 1 to " + MAX_PORT);
    }
}
