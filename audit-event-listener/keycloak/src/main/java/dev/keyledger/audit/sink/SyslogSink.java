package dev.keyledger.audit.sink;

import dev.keyledger.log.siem.SyslogMessage;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.List;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;
import org.jboss.logging.Logger;

/**
 * A syslog receiver behind TLS, RFC 5425. Syslog has no acknowledgements, and what was written to a connection may lie in a
 * buffer when the receiver dies. So each delivery has a connection of its own, which ends as RFC 5425 section 4.4 says:
 * with the sender's close_notify. Only when the receiver has closed as well, and so has read everything before that, the
 * messages count as taken.
 */
final class SyslogSink implements Sink {
    /** The port of syslog over TLS. */
    static final int DEFAULT_PORT = 6514;

    private static final Logger LOG = Logger.getLogger("dev.keyledger.audit");
    private static final int BUFFER = 1 << 16;

    private final Receiver receiver;
    private final SSLSocketFactory sockets;
    private final String node;
    private final Deadlines deadlines;

    /**
     * Where it is.
     *
     * @param maxBytes longest message
     * @param patience for the whole of a delivery, after which the receiver is taken to have stalled
     */
    record Receiver(String host, int port, int maxBytes, Duration patience) {}

    SyslogSink(Receiver receiver, SSLSocketFactory sockets, String node, Deadlines deadlines) {
        this.receiver = receiver;
        this.sockets = sockets;
        this.node = node;
        this.deadlines = deadlines;
    }

    @Override
    public boolean wants(Told told) {
        return true;
    }

    @Override
    public Delivery send(List<Told> told) {
        try (Socket plain = new Socket()) {
            Deadlines.Running limit = deadlines.after(receiver.patience(), () -> close(plain));
            try {
                plain.connect(new InetSocketAddress(receiver.host(), receiver.port()), (int)
                        receiver.patience().toMillis());
                exchange(plain, told);
            } finally {
                limit.cancel();
            }
            return Delivery.all(told.size());
        } catch (IOException | UncheckedIOException e) {
            return Delivery.failed("syslog receiver " + receiver.host() + ":" + receiver.port()
                    + " did not take the messages within " + receiver.patience().toSeconds() + " s: " + e);
        }
    }

    /** A stalled receiver is ended by its plain socket: closing the TLS one would wait for the write that it is in. */
    private void exchange(Socket plain, List<Told> told) throws IOException {
        SSLSocket socket = (SSLSocket) sockets.createSocket(plain, receiver.host(), receiver.port(), false);
        SSLParameters parameters = socket.getSSLParameters();
        parameters.setEndpointIdentificationAlgorithm("HTTPS");
        socket.setSSLParameters(parameters);
        socket.startHandshake();
        write(socket, told);
        socket.shutdownOutput();
        while (socket.getInputStream().read() >= 0) {
            // a receiver has nothing to say; its end is what is waited for
            LOG.trace("the syslog receiver says something");
        }
        if (plain.isClosed()) {
            throw new IOException("closed");
        }
    }

    private void write(SSLSocket socket, List<Told> told) throws IOException {
        OutputStream out = new BufferedOutputStream(socket.getOutputStream(), BUFFER);
        for (Told each : told) {
            out.write(SyslogMessage.frame(each.syslog(node, receiver.maxBytes())));
        }
        out.flush();
    }

    private static void close(Socket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            LOG.debug("a connection to a syslog receiver could not be closed", e);
        }
    }
}
