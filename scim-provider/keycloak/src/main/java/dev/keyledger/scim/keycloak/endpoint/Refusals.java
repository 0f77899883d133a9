package dev.keyledger.scim.keycloak.endpoint;

import dev.keyledger.scim.ScimException;
import dev.keyledger.scim.keycloak.connection.Connection;
import dev.keyledger.scim.keycloak.contract.Contract;
import dev.keyledger.scim.keycloak.event.RefusalEvents;
import dev.keyledger.scim.keycloak.event.RefusalEvents.Refusal;
import dev.keyledger.scim.keycloak.event.Refused;
import dev.keyledger.scim.keycloak.event.RepeatedRefusalEvents;
import dev.keyledger.scim.keycloak.event.RepeatedRefusals;
import dev.keyledger.scim.keycloak.event.RepeatedRefusals.Episode;
import dev.keyledger.scim.keycloak.event.RepeatedRefusals.Reason;
import dev.keyledger.scim.keycloak.event.RequestInfo;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.utils.KeycloakModelUtils;

/**
 * What the log is told of refused requests: each changing one by itself, and those that come in floods as {@link
 * RepeatedRefusals} has it. Reads that found nothing (404) or made no sense (400) are not told.
 *
 * <p>Commit point: what was refused is rolled back before; each record is one transaction.
 */
final class Refusals {
    private static final int FIRST_FAULT_OF_OURS = 500;

    private final KeycloakSession session;
    private final RepeatedRefusals repeated;

    Refusals(KeycloakSession session, RepeatedRefusals repeated) {
        this.session = session;
        this.repeated = repeated;
    }

    /** A request of a connection, or of somebody who named one and proved nothing, or of nobody. */
    void record(RequestInfo info, ScimException why, @Nullable Connection from, @Nullable Contract named) {
        try {
            if (from != null) {
                recordOfConnection(info, why, from);
            } else if (why.status() == 401) {
                String client = named == null ? null : named.client();
                recordRepeated(Reason.SIGN_IN, Refused.ofStranger(session.getContext(), info, why, client));
            }
        } catch (RuntimeException unrecorded) {
            unrecorded.addSuppressed(why);
            throw unrecorded;
        }
    }

    private void recordOfConnection(RequestInfo info, ScimException why, Connection from) {
        Reason reason = repeats(info, why, from.contract());
        if (reason != null) {
            recordRepeated(reason, Refused.of(session.getContext(), info, why, from));
        } else if (info.isChanging()) {
            new RefusalEvents(session, from).record(List.of(new Refusal(info, why)));
        }
    }

    private static @Nullable Reason repeats(RequestInfo info, ScimException why, Contract contract) {
        if (why.status() == 429) {
            return Reason.RATE_LIMIT;
        }
        if (why.status() == 503 && contract.paused()) {
            return Reason.PAUSED;
        }
        boolean told = why.status() == 403 || why.status() >= FIRST_FAULT_OF_OURS;
        return !info.isChanging() && told ? Reason.READ : null;
    }

    private void recordRepeated(Reason reason, Refused refused) {
        if (repeated.isFirst(reason, refused)) {
            inTransaction(events -> events.begins(refused));
        }
    }

    /** The connection is served: what it was refused for is over. */
    void served(String realmId, Connection from) {
        List<Episode> over = repeated.served(realmId, from.name());
        if (!over.isEmpty()) {
            inTransaction(events -> events.end(over));
        }
    }

    private void inTransaction(Consumer<RepeatedRefusalEvents> work) {
        KeycloakModelUtils.runJobInTransaction(
                session.getKeycloakSessionFactory(),
                session.getContext(),
                own -> work.accept(new RepeatedRefusalEvents(own)));
    }
}
