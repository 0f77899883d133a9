package dev.keyledger.audit.capture;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.keyledger.log.entry.EntryKind;
import dev.keyledger.log.json.JsonObject;
import dev.keyledger.log.json.JsonValue;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.keycloak.events.admin.AdminEvent;
import org.keycloak.events.admin.AuthDetails;
import org.keycloak.events.admin.OperationType;

/** Translates changes made through the admin API, and SCIM's, which come as admin events with {@code scim.} details. */
final class AdminEventTranslator {
    private static final String SCIM = "scim.";
    private static final String SCIM_REQUEST = "SCIM_REQUEST";
    private static final Set<String> TOLD_ELSEWHERE =
            Set.of("scim.change", "scim.target", "scim.connection", "scim.requestId", "scim.detail");
    private static final int MAX_DETAIL = 2_000;

    private final Names names;
    private final ObjectMapper mapper;

    AdminEventTranslator(Names names, ObjectMapper mapper) {
        this.names = names;
        this.mapper = mapper;
    }

    Draft translate(AdminEvent event) {
        Map<String, String> details = event.getDetails() == null ? Map.of() : event.getDetails();
        boolean scim = details.keySet().stream().anyMatch(name -> name.startsWith(SCIM));
        String told = Objects.requireNonNullElse(event.getResourceTypeAsString(), "UNKNOWN");
        Target target = target(event, told, details);
        String resourceType = told.equals(Target.REALM) ? target.type() : told;
        boolean observed = !scim && ModelSnapshots.reads(target.type());
        return new Draft(
                event.getRealmId(),
                scim ? EntryKind.SCIM : EntryKind.ADMIN,
                operation(event, resourceType, details),
                resourceType,
                event.getError() == null && !resourceType.equals(SCIM_REQUEST),
                event.getTime(),
                actor(event, details),
                target,
                net(event, details),
                change(event, details),
                details(details),
                error(event, resourceType, details),
                observed);
    }

    /** Keycloak knows a refused SCIM request as an action; it is told as the operation that was refused. */
    private static String operation(AdminEvent event, String resourceType, Map<String, String> details) {
        String told = event.getOperationType().name();
        if (!resourceType.equals(SCIM_REQUEST)) {
            return told;
        }
        return switch (details.getOrDefault("scim.method", "")) {
            case "POST" -> OperationType.CREATE.name();
            case "PUT", "PATCH" -> OperationType.UPDATE.name();
            case "DELETE" -> OperationType.DELETE.name();
            default -> told;
        };
    }

    private Target target(AdminEvent event, String resourceType, Map<String, String> details) {
        Target target = resourceType.equals(SCIM_REQUEST)
                ? ResourcePath.scim(event.getResourcePath())
                : ResourcePath.target(resourceType, event.getResourcePath());
        if (target.type().equals(Target.REALM)) {
            target = realm(event, target);
        }
        if (target.id() == null && event.getRepresentation() != null) {
            target = identified(target, parse(event.getRepresentation()));
        }
        String name = details.get("scim.target");
        return name == null ? target : target.named(name);
    }

    /** Where the path stops at what all of a type have in common, the representation says which is meant. */
    private static Target identified(Target target, JsonNode told) {
        String id = told.path("id").textValue();
        String path = target.path();
        return switch (target.type()) {
            case Target.GROUP -> new Target(Target.GROUP, id, null, null, path);
            case Target.AUTH_FLOW -> {
                String copy = told.path("newName").textValue();
                boolean execution = id != null && told.has("requirement");
                yield execution ? new Target(Target.AUTH_EXECUTION, id, null, null, path) : copied(target, copy);
            }
            case Target.REQUIRED_ACTION ->
                copied(target, told.path("providerId").textValue());
            default -> target;
        };
    }

    private static Target copied(Target target, @Nullable String name) {
        return name == null || ResourcePath.isOfOne(target.path()) ? target : target.named(name);
    }

    /** The event of a realm that comes or goes is raised in the admin's realm, and its path is the other one's name. */
    private static Target realm(AdminEvent event, Target target) {
        OperationType operation = event.getOperationType();
        boolean another = operation == OperationType.CREATE || operation == OperationType.DELETE;
        return another && target.path() != null && !target.path().contains("/")
                ? new Target(Target.REALM, null, target.path(), null, target.path())
                : new Target(Target.REALM, event.getRealmId(), null, null, target.path());
    }

    private @Nullable JsonObject actor(AdminEvent event, Map<String, String> details) {
        AuthDetails auth = event.getAuthDetails();
        if (auth == null) {
            return new Slots().with("type", "system").value();
        }
        Names.Person person = names.person(auth.getRealmId(), auth.getUserId());
        Names.Person impersonator = names.impersonator();
        String connection = details.get("scim.connection");
        boolean foreign = auth.getRealmId() != null && !auth.getRealmId().equals(event.getRealmId());
        return new Slots()
                .with("type", person != null && person.serviceAccount() ? "service" : "user")
                .with("id", auth.getUserId())
                .with("name", person == null ? null : person.username())
                .with("realm", foreign ? names.realmName(auth.getRealmId()) : null)
                .with("impersonator", impersonator == null ? null : impersonator.username())
                .with("client", connection != null ? connection : names.clientId(auth.getRealmId(), auth.getClientId()))
                .value();
    }

    private @Nullable JsonObject net(AdminEvent event, Map<String, String> details) {
        AuthDetails auth = event.getAuthDetails();
        String told = details.get("scim.requestId");
        if (told != null) {
            names.requestIs(told);
        }
        return names.net(auth == null ? null : auth.getIpAddress())
                .with("session", names.session())
                .orNull();
    }

    /** What SCIM says changed; of what cannot be observed, the representation that the event carries. */
    private Change change(AdminEvent event, Map<String, String> details) {
        String told = details.get("scim.change");
        if (told != null) {
            JsonNode json = parse(told);
            OperationType operation = event.getOperationType();
            return new Change(
                    operation == OperationType.CREATE ? null : side(json, "before"),
                    operation == OperationType.DELETE ? null : side(json, "after"));
        }
        if (event.getRepresentation() == null || details.containsKey("scim.method")) {
            return Change.NONE;
        }
        Map<String, JsonValue> state = Flattening.flatten(parse(event.getRepresentation()));
        return event.getOperationType() == OperationType.DELETE
                ? Change.between(state, null)
                : Change.between(null, state);
    }

    /** SCIM's attribute names hold dots of their own, so the sides are taken member by member. */
    private static @Nullable Map<String, JsonValue> side(JsonNode json, String name) {
        if (!json.path(name).isObject()) {
            return null;
        }
        Map<String, JsonValue> attributes = new TreeMap<>();
        json.get(name).properties().forEach(member -> {
            JsonValue value = Flattening.toJson(member.getValue());
            attributes.put(member.getKey(), Redaction.redact(member.getKey(), value));
        });
        return attributes;
    }

    private JsonNode parse(String json) {
        try {
            return mapper.readTree(json);
        } catch (JsonProcessingException e) {
            // A representation need not be JSON; what is not is one text.
            return mapper.getNodeFactory().textNode(json);
        }
    }

    private static @Nullable String error(AdminEvent event, String resourceType, Map<String, String> details) {
        if (!resourceType.equals(SCIM_REQUEST)) {
            return event.getError();
        }
        String detail = details.getOrDefault("scim.detail", "");
        String type = details.getOrDefault("scim.scimType", "");
        String status = details.getOrDefault("scim.status", "refused");
        return (status + " " + type).strip() + (detail.isEmpty() ? "" : ": " + detail);
    }

    private static Map<String, JsonValue> details(Map<String, String> details) {
        Map<String, JsonValue> kept = new TreeMap<>();
        details.forEach((name, value) -> {
            if (!TOLD_ELSEWHERE.contains(name) && value != null) {
                kept.put(name, Redaction.redact(name, Flattening.bounded(value, MAX_DETAIL)));
            }
        });
        return kept;
    }
}
