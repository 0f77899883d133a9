package dev.keyledger.audit.admin;

import dev.keyledger.audit.privacy.Hold;
import dev.keyledger.audit.privacy.Subject;
import dev.keyledger.log.json.CanonicalJson;
import dev.keyledger.log.json.JsonArray;
import dev.keyledger.log.json.JsonLiteral;
import dev.keyledger.log.json.JsonNumber;
import dev.keyledger.log.json.JsonObject;
import dev.keyledger.log.json.JsonString;
import dev.keyledger.log.json.JsonValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.UserModel;

/** Finds the people in a log, by whatever name they have or had. */
public final class SubjectsResource {
    private final RealmLog log;
    private final Caller caller;

    SubjectsResource(RealmLog log, Caller caller) {
        this.log = log;
        this.caller = caller;
    }

    /** Those who have or had this id, user name or e-mail address. */
    @GET
    @Produces(MediaType.APPLICATION_JSON)
    public String find(@QueryParam("user") @Nullable String user) {
        if (user == null || user.isBlank()) {
            throw BadRequest.parameter("user", "", "an id, a user name or an e-mail address, present or former");
        }
        String text = user.strip();
        List<JsonValue> subjects = log.privacy().subjects().find(text, livingIds(text)).stream()
                .map(SubjectsResource::json)
                .toList();
        return CanonicalJson.format(new JsonObject(Map.of("subjects", new JsonArray(subjects))));
    }

    /** Of users whom Keycloak knows by this name. */
    private Set<String> livingIds(String text) {
        KeycloakSession session = caller.session();
        RealmModel realm = caller.realm();
        Set<String> ids = new LinkedHashSet<>();
        for (UserModel user : Arrays.asList(
                session.users().getUserByUsername(realm, text), session.users().getUserByEmail(realm, text))) {
            if (user != null) {
                ids.add(Objects.requireNonNull(user.getId()));
            }
        }
        return ids;
    }

    private static JsonValue json(Subject subject) {
        Map<String, JsonValue> json = new TreeMap<>();
        json.put("subject", new JsonString(subject.reference()));
        json.put("userId", subject.userId() == null ? JsonLiteral.NULL : JsonString.of(subject.userId()));
        json.put(
                "names",
                new JsonArray(
                        subject.names().stream().<JsonValue>map(JsonString::of).toList()));
        json.put("entries", JsonNumber.of(subject.entries()));
        json.put("state", new JsonString(subject.state().label()));
        json.put("hold", subject.hold() == null ? JsonLiteral.NULL : new JsonObject(json(subject.hold())));
        return new JsonObject(json);
    }

    /** {@code reason}, {@code since}, {@code until}. */
    static Map<String, JsonValue> json(Hold hold) {
        Map<String, JsonValue> json = new TreeMap<>();
        json.put("reason", JsonString.of(hold.reason()));
        json.put("since", JsonNumber.of(hold.since()));
        json.put("until", hold.until() == null ? JsonLiteral.NULL : JsonNumber.of(hold.until()));
        return json;
    }
}
