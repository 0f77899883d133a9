package dev.keyledger.e2e;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;

/** The two loopback ports of one server: HTTP, and management (health, metrics). */
public record Ports(int http, int management) {

    /**
     * The ports that are handed out: none that a system gives to whoever connects, which would be taken again before the server
     * is up. Processes that test at the same time begin at places of their own.
     */
    private static final int FIRST = 10_000;

    private static final int COUNT = 20_000;

    private static final AtomicInteger NEXT =
            new AtomicInteger(ThreadLocalRandom.current().nextInt(COUNT));

    /** Two ports that are free, and that this process has not handed out for 20,000 ports. */
    public static Ports free() {
        return new Ports(next(), next());
    }

    private static int next() {
        for (int tries = 0; tries < COUNT; tries++) {
            int port = FIRST + Math.floorMod(NEXT.getAndIncrement(), COUNT);
            if (!isTaken(port)) {
                return port;
            }
        }
        throw new IllegalStateException("no free loopback port from " + FIRST + " to " + (FIRST + COUNT - 1));
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
