package dev.keyledger.audit.sink;

import dev.keyledger.audit.runtime.AuditRuntime;
import dev.keyledger.audit.runtime.SinkSettings;
import dev.keyledger.audit.storage.SinkEntity;
import java.net.URI;
import java.util.Objects;

/** Makes of a row the sink that it stands for. */
final class SinkMaker {
    private final SinkSettings settings;
    private final String node;
    private final Deadlines deadlines;

    private final AuditRuntime runtime;
    private final WebhookClient webhooks;

    SinkMaker(AuditRuntime runtime, SinkSettings settings, String node, Deadlines deadlines) {
        this.runtime = runtime;
        this.settings = settings;
        this.webhooks = new WebhookClient(new ReachableAddresses(settings.webhookLocal()), deadlines);
        this.node = node;
        this.deadlines = deadlines;
    }

    /** Throws an {@link IllegalStateException} when this server's options or keys do not know how to speak to it. */
    Sink make(SinkEntity row) {
        return switch (row.kind) {
            case SinkSettings.SYSLOG -> syslog();
            case SinkSettings.LOG -> new LogSink(settings.entries() == SinkSettings.Entries.FULL);
            case RealmSinks.WEBHOOK -> webhook(row);
            default -> throw new IllegalStateException("this server knows no sinks of kind " + row.kind);
        };
    }

    private Sink webhook(SinkEntity row) {
        WebhookSettings wanted = WebhookSettings.open(runtime.keyRing(), row);
        if (wanted.url().getScheme().equals("http") && !settings.webhookHttp()) {
            throw new IllegalStateException("the URL is http, which the option webhook-http does not allow");
        }
        return new WebhookSink(wanted, webhooks, runtime.clock());
    }

    /** Ends what connections there are. */
    void close() {
        webhooks.close();
    }

    private Sink syslog() {
        URI uri = settings.syslog();
        if (uri == null) {
            throw new IllegalStateException("this server's options name no syslog receiver");
        }
        try {
            return new SyslogSink(
                    new SyslogSink.Receiver(
                            Objects.requireNonNull(uri.getHost()),
                            uri.getPort() < 0 ? SyslogSink.DEFAULT_PORT : uri.getPort(),
                            settings.syslogMaxBytes(),
                            settings.syslogTimeout()),
                    SyslogTls.sockets(
                            settings.syslogCa(), settings.syslogKeystore(), settings.syslogKeystorePassword()),
                    node,
                    deadlines);
        } catch (IllegalArgumentException e) {
            throw new IllegalStateException(e.getMessage(), e);
        }
    }
}
