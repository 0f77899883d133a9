package dev.keyledger.demo;

import dev.keyledger.e2e.Ports;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.UnknownHostException;
import java.util.stream.Stream;

/** Whether a port is ours to listen on, under every address that a browser may take for {@code localhost}. */
final class LocalPort {

    private static final int CONNECT_MILLIS = 500;

    private LocalPort() {}

    static boolean isTaken(int port) {
        return Ports.isTaken(port)
                || Stream.of("localhost", "::1")
                        .flatMap(LocalPort::addresses)
                        .distinct()
                        .anyMatch(address -> connects(address, port));
    }

    private static Stream<InetAddress> addresses(String name) {
        try {
            return Stream.of(InetAddress.getAllByName(name));
        } catch (UnknownHostException e) {
            throw new IllegalStateException("this machine does not know the name " + name, e);
        }
    }

    private static boolean connects(InetAddress address, int port) {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(address, port), CONNECT_MILLIS);
            return true;
        } catch (IOException nobodyThere) {
            return false;
        }
    }
}
