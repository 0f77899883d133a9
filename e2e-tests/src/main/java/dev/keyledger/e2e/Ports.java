package dev.keyledger.e2e;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;

/** The two loopback ports of one server: HTTP, and management (health, metrics). */
public record Ports(int http, int management) {

    /** Two ports that were free a moment ago. */
    public static Ports free() {
        try (ServerSocket http = open(0);
                ServerSocket management = open(0)) {
            return new Ports(http.getLocalPort(), management.getLocalPort());
        } catch (IOException e) {
            throw new UncheckedIOException("no free loopback port", e);
        }
    }

    /** Whether somebody already listens on {@code port}. */
    public static boolean isTaken(int port) {
        try (ServerSocket probe = open(port)) {
            return !probe.isBound();
        } catch (IOException e) {
            return true;
        }
    }

    private static ServerSocket open(int port) throws IOException {
        ServerSocket socket = new ServerSocket();
        // a port in TIME_WAIT from a server that just stopped is free for us
        socket.setReuseAddress(true);
        socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 1);
        return socket;
    }
}
