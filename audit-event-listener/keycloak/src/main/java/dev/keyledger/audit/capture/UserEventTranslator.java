package dev.keyledger.audit.capture;

import dev.keyledger.log.entry.EntryKind;
import dev.keyledger.log.json.JsonObject;
import dev.keyledger.log.json.JsonValue;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.keycloak.events.Details;
import org.keycloak.events.Event;
import org.keycloak.events.EventType;

/** Translates what people and clients do themselves: logins, logouts, registrations, profile updates. */
final class UserEventTranslator {
    private static final String ERROR_SUFFIX = "_ERROR";
    private static final Set<EventType> CLIENT_CHANGES =
            Set.of(EventType.CLIENT_REGISTER, EventType.CLIENT_UPDATE, EventType.CLIENT_DELETE);
    private static final int MAX_ERROR = 500;
    private static final int MAX_DETAIL = 2_000;

    private final Names names;

    UserEventTranslator(Names names) {
        this.names = names;
    }

    Draft translate(Event event) {
        String type = event.getType().name();
        boolean failed = event.getError() != null || type.endsWith(ERROR_SUFFIX);
        boolean aboutAClient = isAboutAClient(event, failed);
        Map<String, String> details = event.getDetails() == null ? Map.of() : event.getDetails();
        Names.Person person = names.person(event.getRealmId(), event.getUserId());
        String username = person != null ? person.username() : details.get(Details.USERNAME);
        Map<String, JsonValue> before = prefixed(details, Details.PREF_PREVIOUS);
        Map<String, JsonValue> after = prefixed(details, Details.PREF_UPDATED);
        return new Draft(
                event.getRealmId(),
                EntryKind.USER,
                type.endsWith(ERROR_SUFFIX) ? type.substring(0, type.length() - ERROR_SUFFIX.length()) : type,
                aboutAClient ? Target.CLIENT : Target.USER,
                !failed,
                event.getTime(),
                actor(event, details, person, username),
                target(event, aboutAClient, username),
                net(event),
                before.isEmpty() && after.isEmpty() ? Change.NONE : Change.between(before, after),
                details(details),
                error(event.getError(), failed),
                aboutAClient);
    }

    private static @Nullable Target target(Event event, boolean aboutAClient, @Nullable String username) {
        if (aboutAClient) {
            return new Target(Target.CLIENT, null, event.getClientId(), null, null);
        }
        return event.getUserId() == null ? null : Target.user(event.getUserId(), username);
    }

    private JsonObject actor(
            Event event, Map<String, String> details, Names.@Nullable Person person, @Nullable String username) {
        String impersonator = details.get(Details.IMPERSONATOR);
        if (impersonator != null) {
            return new Slots()
                    .with("type", "user")
                    // By the id the slot belongs to the impersonator, and goes when that one is erased.
                    .with("id", names.userId(details.get(Details.IMPERSONATOR_REALM), impersonator))
                    .with("name", impersonator)
                    .with("realm", details.get(Details.IMPERSONATOR_REALM))
                    .with("client", event.getClientId())
                    .value();
        }
        String type = "anonymous";
        if (person != null && person.serviceAccount()) {
            type = "service";
        } else if (event.getUserId() != null) {
            type = "user";
        } else if (event.getType().name().startsWith("CLIENT_")) {
            type = "client";
        }
        return new Slots()
                .with("type", type)
                .with("id", event.getUserId())
                .with("name", username)
                .with("client", event.getClientId())
                .with("impersonator", impersonator(event))
                .value();
    }

    private @Nullable JsonObject net(Event event) {
        return names.net(event.getIpAddress())
                .with("session", event.getSessionId())
                .orNull();
    }

    /**
     * Of what a session's taker does in it: the event is about the session of this request or, when it names none, about
     * its user, as those of the account API do.
     */
    private @Nullable String impersonator(Event event) {
        Names.Person impersonator = names.impersonator();
        if (impersonator == null) {
            return null;
        }
        boolean own = event.getSessionId() == null
                ? event.getUserId() != null && event.getUserId().equals(names.sessionUser())
                : event.getSessionId().equals(names.session());
        return own ? impersonator.username() : null;
    }

    /** Dynamic registration: what changed is the client. */
    private static boolean isAboutAClient(Event event, boolean failed) {
        return !failed && event.getClientId() != null && CLIENT_CHANGES.contains(event.getType());
    }

    private static @Nullable String error(@Nullable String error, boolean failed) {
        if (!failed) {
            return null;
        }
        String known = error == null ? "unknown" : error;
        return known.length() > MAX_ERROR ? known.substring(0, MAX_ERROR) : known;
    }

    private static Map<String, JsonValue> prefixed(Map<String, String> details, String prefix) {
        Map<String, JsonValue> attributes = new TreeMap<>();
        details.forEach((name, value) -> {
            if (name.startsWith(prefix) && value != null) {
                attributes.put(name.substring(prefix.length()), Flattening.text(value));
            }
        });
        return attributes;
    }

    private static Map<String, JsonValue> details(Map<String, String> details) {
        Map<String, JsonValue> kept = new TreeMap<>();
        details.forEach((name, value) -> {
            boolean told = name.startsWith(Details.PREF_PREVIOUS) || name.startsWith(Details.PREF_UPDATED);
            if (!told && value != null) {
                kept.put(name, Redaction.redact(name, Flattening.bounded(value, MAX_DETAIL)));
            }
        });
        return kept;
    }
}
