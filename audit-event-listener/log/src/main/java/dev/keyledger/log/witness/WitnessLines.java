package dev.keyledger.log.witness;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;

/** Cuts a stream of bytes into the lines that have ended; what has not ended waits for the next reading. */
final class WitnessLines {
    private final int maxLine;
    private final Consumer<String> consumer;
    private final ByteArrayOutputStream line = new ByteArrayOutputStream(512);
    private long consumed;
    private long fed;

    /** @param maxLine bytes of the longest line; a longer one is no record and is passed over */
    WitnessLines(int maxLine, Consumer<String> consumer) {
        this.maxLine = maxLine;
        this.consumer = consumer;
    }

    void feed(byte[] bytes, int count) {
        int start = 0;
        for (int i = 0; i < count; i++) {
            if (bytes[i] == '\n') {
                keep(bytes, start, i);
                end();
                start = i + 1;
                consumed = fed + start;
            }
        }
        keep(bytes, start, count);
        fed += count;
    }

    /** Bytes up to the end of the last line that has ended. */
    long consumed() {
        return consumed;
    }

    private void keep(byte[] bytes, int from, int to) {
        line.write(bytes, from, Math.min(to - from, Math.max(0, maxLine - line.size())));
    }

    private void end() {
        if (line.size() > 0) {
            consumer.accept(line.toString(StandardCharsets.UTF_8));
        }
        line.reset();
    }
}
