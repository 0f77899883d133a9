package dev.keyledger.e2e.sink;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLServerSocket;

/** A receiver of syslog over TLS with octet counting, RFC 5425, that can stall: it accepts connections and reads nothing. */
final class SyslogReceiver implements AutoCloseable {
    private final SSLServerSocket server;
    private final List<String> messages = new CopyOnWriteArrayList<>();
    private final List<Socket> open = new CopyOnWriteArrayList<>();
    private volatile boolean stalls;

    SyslogReceiver(SSLContext context, int port) throws IOException {
        server = (SSLServerSocket)
                context.getServerSocketFactory().createServerSocket(port, 50, InetAddress.getLoopbackAddress());
        start(this::accept);
    }

    int port() {
        return server.getLocalPort();
    }

    /** What it has read, in the order in which it came. */
    List<String> messages() {
        return List.copyOf(messages);
    }

    void stall(boolean now) {
        stalls = now;
    }

    private void accept() {
        while (!server.isClosed()) {
            try {
                Socket connection = server.accept();
                open.add(connection);
                if (!stalls) {
                    start(() -> read(connection));
                }
            } catch (IOException e) {
                if (!server.isClosed()) {
                    throw new IllegalStateException("the syslog receiver cannot accept", e);
                }
            }
        }
    }

    private void read(Socket connection) {
        try (connection;
                InputStream in = new BufferedInputStream(connection.getInputStream())) {
            int next = in.read();
            while (next >= 0) {
                int length = 0;
                while (next != ' ') {
                    if (next < '0' || next > '9') {
                        throw new EOFException("got " + next + ", want the digits of a message's length");
                    }
                    length = length * 10 + next - '0';
                    next = in.read();
                }
                byte[] message = in.readNBytes(length);
                if (message.length < length) {
                    return;
                }
                messages.add(new String(message, StandardCharsets.UTF_8));
                next = in.read();
            }
        } catch (IOException e) {
            // a sender that breaks off sends again what was not confirmed
            messages.add("BROKEN " + e);
        }
    }

    private static void start(Runnable work) {
        Thread thread = new Thread(work, "syslog-receiver");
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public void close() throws IOException {
        server.close();
        for (Socket each : open) {
            each.close();
        }
    }
}
