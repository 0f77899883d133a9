package dev.keyledger.e2e.audit;

import dev.keyledger.e2e.AuditLog;
import dev.keyledger.e2e.EventStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/** All that a log tells to whoever asks: lists, single entries, the stream from its beginning, every kind of export. */
final class Told {
    private static final int EVERY = 100;

    private final Supplier<AuditLog> log;
    private final Path bundle;
    private final List<String> texts = new ArrayList<>();

    /**
     * @param log with a fresh token each time, as all of it may take longer than one lives
     * @param bundle where the evidence bundle is to be
     */
    Told(Supplier<AuditLog> log, Path bundle) {
        this.log = log;
        this.bundle = bundle;
    }

    void collect(long size) throws IOException {
        log.get().entries("").forEach(entry -> texts.add(entry.toString()));
        AuditLog single = log.get();
        for (long index = 0; index < size; index += EVERY) {
            texts.add(single.http().get("/entries/" + index).expect(200).text());
        }
        try (EventStream stream = log.get().http().with("Last-Event-ID", "1.0").events("/stream")) {
            for (long index = 0; index < size; index++) {
                texts.add(stream.await("entry").data());
            }
        }
        for (String path : List.of("/export?format=csv", "/export?format=jsonl", "/erasures", "/status", "/sinks")) {
            texts.add(log.get().http().get(path).expect(200).text());
        }
        texts.addAll(Evidence.files(log.get().bundle(bundle), ""));
    }

    List<String> texts() {
        return texts;
    }

    Path bundle() {
        return bundle;
    }
}
