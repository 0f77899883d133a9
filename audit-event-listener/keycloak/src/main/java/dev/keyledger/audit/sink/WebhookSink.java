package dev.keyledger.audit.sink;

import dev.keyledger.audit.storage.SinkTurn;
import dev.keyledger.log.entry.Entry;
import dev.keyledger.log.json.CanonicalJson;
import dev.keyledger.log.siem.CloudEvent;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/**
 * A webhook of a realm: one POST of a CloudEvent for each message, signed as Standard Webhooks has it. Any status of 200 to
 * 299 means that it was taken.
 */
final class WebhookSink implements Sink {
    private static final Duration TURN = Duration.ofSeconds(5);
    private static final int OK = 200;
    private static final int NOT_OK = 300;

    private final WebhookSettings settings;
    private final WebhookClient client;
    private final InstantSource clock;

    WebhookSink(WebhookSettings settings, WebhookClient client, InstantSource clock) {
        this.settings = settings;
        this.client = client;
        this.clock = clock;
    }

    @Override
    public boolean wants(Told told) {
        if (told instanceof Told.OfCheckpoint) {
            return settings.checkpoints();
        }
        return !(told instanceof Told.OfEntry logged) || wants(logged.entry().entry());
    }

    private boolean wants(Entry entry) {
        return (settings.kinds().isEmpty()
                        || settings.kinds().contains(entry.kind().label()))
                && (settings.operations().isEmpty() || settings.operations().contains(entry.operation()))
                && (settings.outcome() == null || entry.success() == "success".equals(settings.outcome()));
    }

    @Override
    public Delivery send(List<Told> told) {
        List<SinkTurn.Attempt> attempts = new ArrayList<>();
        long end = System.nanoTime() + TURN.toNanos();
        int taken = 0;
        for (Told each : told) {
            SinkTurn.Attempt attempt = post(each);
            attempts.add(attempt);
            if (attempt.error() != null) {
                return new Delivery(taken, attempt.error(), attempts);
            }
            taken++;
            if (System.nanoTime() > end) {
                break;
            }
        }
        return new Delivery(taken, null, attempts);
    }

    private SinkTurn.Attempt post(Told told) {
        CloudEvent event = told.cloudEvent();
        byte[] body = CanonicalJson.encode(event.json());
        long now = clock.millis();
        long seconds = TimeUnit.MILLISECONDS.toSeconds(now);
        Map<String, String> headers = Map.of(
                "Content-Type",
                CloudEvent.MEDIA_TYPE,
                "webhook-id",
                event.id(),
                "webhook-timestamp",
                Long.toString(seconds),
                "webhook-signature",
                settings.signing(now).stream()
                        .map(secret -> secret.sign(event.id(), seconds, body))
                        .collect(Collectors.joining(" ")));
        long start = System.nanoTime();
        Integer status = null;
        String error = null;
        try {
            status = client.post(settings.url(), headers, body);
            error = status >= OK && status < NOT_OK ? null : "the receiver answered with status " + status;
        } catch (IOException e) {
            error = e.getClass().getSimpleName() + ": " + e.getMessage();
        }
        return new SinkTurn.Attempt(now, event.id(), told.logId(), told.index(), status, error, millisSince(start));
    }

    private static long millisSince(long start) {
        return TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start);
    }
}
