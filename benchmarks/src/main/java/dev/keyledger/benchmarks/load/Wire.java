package dev.keyledger.benchmarks.load;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * One client's kept-alive connection. It speaks just as much HTTP/1.1 as the servers send, because client and servers share
 * the machine's cores: what the client spends, it takes from what is measured. For one thread.
 */
final class Wire implements AutoCloseable {
    private static final int BUFFER_BYTES = 64 * 1024;
    private static final int ANSWER_LIMIT_MILLIS = 120_000;

    private final int port;
    private final String prefix;
    private final String headers;
    private @Nullable Socket socket;
    private @Nullable InputStream in;

    /** A connection to {@code localhost:port}; every path is below {@code prefix}. */
    Wire(int port, String prefix, String token) {
        this.port = port;
        this.prefix = prefix;
        this.headers = "Host: localhost:" + port + "\r\nAuthorization: Bearer " + token
                + "\r\nAccept: application/scim+json, application/json\r\n";
    }

    /** What came back. */
    record Answer(int status, byte[] body) {
        String text() {
            return new String(body, StandardCharsets.UTF_8);
        }
    }

    /** Sends the request and answers what came back; fails if it is not what the request wants. */
    Answer send(Request request) {
        try {
            Answer answer = exchange(request);
            if (!request.isMetBy(answer)) {
                throw new IllegalStateException(request.method() + " " + request.path() + " of port " + port + " got "
                        + answer.status() + ", want " + request.status() + ": " + answer.text());
            }
            return answer;
        } catch (IOException e) {
            throw new UncheckedIOException(request.method() + " " + request.path() + " of port " + port, e);
        }
    }

    private Answer exchange(Request request) throws IOException {
        Socket open = socket;
        InputStream input = in;
        if (open == null || input == null) {
            open = new Socket(InetAddress.getLoopbackAddress(), port);
            open.setTcpNoDelay(true);
            open.setSoTimeout(ANSWER_LIMIT_MILLIS);
            input = new BufferedInputStream(open.getInputStream(), BUFFER_BYTES);
            socket = open;
            in = input;
        }
        byte[] head = (request.method() + " " + prefix + request.path() + " HTTP/1.1\r\n" + headers + "Content-Type: "
                        + request.type() + "\r\nContent-Length: " + request.body().length + "\r\n\r\n")
                .getBytes(StandardCharsets.US_ASCII);
        byte[] whole = new byte[head.length + request.body().length];
        System.arraycopy(head, 0, whole, 0, head.length);
        System.arraycopy(request.body(), 0, whole, head.length, request.body().length);
        open.getOutputStream().write(whole);
        return read(input);
    }

    private Answer read(InputStream input) throws IOException {
        int status = Integer.parseInt(line(input).split(" ", 3)[1]);
        int length = 0;
        boolean chunked = false;
        boolean last = false;
        for (String header = line(input); !header.isEmpty(); header = line(input)) {
            String lower = header.toLowerCase(Locale.ROOT);
            if (lower.startsWith("content-length:")) {
                length = Integer.parseInt(
                        lower.substring("content-length:".length()).strip());
            }
            chunked |= lower.startsWith("transfer-encoding:") && lower.contains("chunked");
            last |= lower.startsWith("connection:") && lower.contains("close");
        }
        byte[] body = chunked ? chunks(input) : exactly(input, length);
        if (last) {
            close();
        }
        return new Answer(status, body);
    }

    private static byte[] chunks(InputStream input) throws IOException {
        java.io.ByteArrayOutputStream body = new java.io.ByteArrayOutputStream();
        for (int size = size(input); size > 0; size = size(input)) {
            body.write(exactly(input, size));
            line(input);
        }
        line(input);
        return body.toByteArray();
    }

    private static int size(InputStream input) throws IOException {
        return Integer.parseInt(line(input).split(";", 2)[0].strip(), 16);
    }

    private static byte[] exactly(InputStream input, int length) throws IOException {
        byte[] bytes = input.readNBytes(length);
        if (bytes.length < length) {
            throw new EOFException("got " + bytes.length + " bytes of a body, want " + length);
        }
        return bytes;
    }

    private static String line(InputStream input) throws IOException {
        StringBuilder line = new StringBuilder();
        for (int c = input.read(); c != '\n'; c = input.read()) {
            if (c < 0) {
                throw new EOFException("the server closed the connection after: " + line);
            }
            if (c != '\r') {
                line.append((char) c);
            }
        }
        return line.toString();
    }

    @Override
    public void close() {
        try {
            if (socket != null) {
                socket.close();
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot close a connection to port " + port, e);
        } finally {
            socket = null;
            in = null;
        }
    }
}
