package dev.keyledger.e2e.coverage;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;

/** A mail server that keeps what it is given, on the loopback interface. Thread-safe. */
public final class SmtpSink implements AutoCloseable {
    private static final Duration ARRIVES_WITHIN = Duration.ofSeconds(20);

    private final ServerSocket server;
    private final List<String> mails = new ArrayList<>();

    /** A new one, on a port of its own. */
    public SmtpSink() {
        try {
            server = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException("no port for a mail server", e);
        }
        Thread thread = new Thread(this::serve, "smtp-sink");
        thread.setDaemon(true);
        thread.start();
    }

    /** Where it listens. */
    public int port() {
        return server.getLocalPort();
    }

    /** The newest mail, after at least {@code count} have come, as it was sent but for soft line breaks. */
    public synchronized String newest(int count) {
        Instant limit = Instant.now().plus(ARRIVES_WITHIN);
        try {
            while (mails.size() < count) {
                if (Instant.now().isAfter(limit)) {
                    throw new IllegalStateException("got " + mails.size() + " mails, want " + count);
                }
                TimeUnit.MILLISECONDS.timedWait(this, 200);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while a mail was to come", e);
        }
        return mails.get(mails.size() - 1).replace("=\n", "").replace("=3D", "=");
    }

    /** How many mails have come. */
    public synchronized int count() {
        return mails.size();
    }

    @Override
    public void close() {
        try {
            server.close();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot close the mail server", e);
        }
    }

    private void serve() {
        while (!server.isClosed()) {
            try (Socket client = server.accept()) {
                receive(client);
            } catch (SocketException e) {
                if (!server.isClosed()) {
                    throw new UncheckedIOException("the mail server lost a client", e);
                }
            } catch (IOException e) {
                throw new UncheckedIOException("the mail server cannot read", e);
            }
        }
    }

    private void receive(Socket client) throws IOException {
        BufferedReader in = new BufferedReader(new InputStreamReader(client.getInputStream(), StandardCharsets.UTF_8));
        Writer out = new java.io.OutputStreamWriter(client.getOutputStream(), StandardCharsets.UTF_8);
        say(out, "220 sink");
        for (String line = in.readLine(); line != null; line = in.readLine()) {
            String command = line.toUpperCase(Locale.ROOT);
            if (command.startsWith("DATA")) {
                say(out, "354 go on");
                keep(in);
                say(out, "250 kept");
            } else if (command.startsWith("QUIT")) {
                say(out, "221 bye");
                return;
            } else {
                say(out, "250 sink");
            }
        }
    }

    private void keep(BufferedReader in) throws IOException {
        StringBuilder mail = new StringBuilder();
        for (String line = in.readLine(); line != null && !line.equals("."); line = in.readLine()) {
            mail.append(line).append('\n');
        }
        synchronized (this) {
            mails.add(mail.toString());
            notifyAll();
        }
    }

    private static void say(Writer out, String line) throws IOException {
        out.write(line + "\r\n");
        out.flush();
    }
}
