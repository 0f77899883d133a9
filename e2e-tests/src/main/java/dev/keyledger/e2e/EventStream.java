package dev.keyledger.e2e;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** Server-sent events as they arrive, read by a thread of its own. */
public final class EventStream implements AutoCloseable {

    private static final long PATIENCE = 60;

    private final InputStream in;
    private final BlockingQueue<Event> events = new LinkedBlockingQueue<>();

    EventStream(InputStream in) {
        this.in = in;
        Thread reader = new Thread(this::read, "events");
        reader.setDaemon(true);
        reader.start();
    }

    /** One event. */
    public record Event(String id, String name, String data) {}

    /**
     * Waits for the next event of this name, and passes over others.
     *
     * @throws IllegalStateException after a minute without one
     */
    public Event await(String name) {
        try {
            while (true) {
                Event event = events.poll(PATIENCE, TimeUnit.SECONDS);
                if (event == null) {
                    throw new IllegalStateException("no event " + name + " within " + PATIENCE + " s");
                }
                if (event.name().equals(name)) {
                    return event;
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while an event was awaited", e);
        }
    }

    @Override
    public void close() {
        try {
            in.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void read() {
        String id = "";
        String name = "message";
        StringBuilder data = new StringBuilder();
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                String value = line.substring(line.indexOf(':') + 1).strip();
                if (line.startsWith("id:")) {
                    id = value;
                } else if (line.startsWith("event:")) {
                    name = value;
                } else if (line.startsWith("data:")) {
                    data.append(value);
                } else if (line.isEmpty() && data.length() > 0) {
                    events.add(new Event(id, name, data.toString()));
                    data.setLength(0);
                }
            }
        } catch (IOException e) {
            events.add(new Event(id, "closed", String.valueOf(e)));
        }
    }
}
