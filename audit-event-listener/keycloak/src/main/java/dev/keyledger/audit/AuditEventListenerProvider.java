package dev.keyledger.audit;

import dev.keyledger.audit.capture.Recorder;
import org.keycloak.events.Event;
import org.keycloak.events.EventListenerProvider;
import org.keycloak.events.admin.AdminEvent;
import org.keycloak.models.KeycloakSession;

/** Hands Keycloak's events to the recorder. Cheap to make: Keycloak makes one per builder of admin events. */
final class AuditEventListenerProvider implements EventListenerProvider {
    private final KeycloakSession session;
    private final Recorder recorder;

    AuditEventListenerProvider(KeycloakSession session, Recorder recorder) {
        this.session = session;
        this.recorder = recorder;
    }

    @Override
    public void onEvent(Event event) {
        recorder.record(session, event);
    }

    /** The log shows what changed whether or not the realm's own event store is to keep representations. */
    @Override
    public void onEvent(AdminEvent event, boolean includeRepresentation) {
        recorder.record(session, event);
    }

    @Override
    public void close() {}
}
