package dev.keyledger.log.bundle;

import dev.keyledger.log.FormatException;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Reads lines that each end in a newline and are bounded in length, whatever the file holds. */
public final class BoundedLines implements Closeable {
    // Four slots of 1 MiB, each byte of which may have become an escape of six characters.
    private static final int MAX_LINE = 25 << 20;

    private final InputStream in;
    private long number;

    /** Takes the stream over; {@link #close} closes it. */
    public BoundedLines(InputStream in) {
        this.in = new BufferedInputStream(in, 65_536);
    }

    /** Returns the next line without its newline, null at the end of the file. */
    public @Nullable String next() throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream(512);
        int b = in.read();
        if (b < 0) {
            return null;
        }
        number++;
        while (b != '\n') {
            if (b < 0) {
                throw new FormatException("has no newline at its end");
            }
            if (line.size() == MAX_LINE) {
                throw new IOException("line " + number + " has more than " + MAX_LINE + " bytes");
            }
            line.write(b);
            b = in.read();
        }
        return line.toString(StandardCharsets.UTF_8);
    }

    /** Number of the line that was read last, from 1. */
    public long number() {
        return number;
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}
