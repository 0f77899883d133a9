package dev.keyledger.audit.sink;

import dev.keyledger.audit.key.KeyRing;
import dev.keyledger.audit.runtime.AuditRuntime;
import dev.keyledger.audit.runtime.SinkSettings;
import dev.keyledger.audit.storage.HeadEntity;
import dev.keyledger.audit.storage.SinkEntity;
import dev.keyledger.audit.storage.Sinks;
import dev.keyledger.log.FormatException;
import dev.keyledger.log.json.JsonLiteral;
import dev.keyledger.log.json.JsonNumber;
import dev.keyledger.log.json.JsonObject;
import dev.keyledger.log.json.JsonValue;
import dev.keyledger.log.siem.WebhookSecret;
import jakarta.persistence.EntityManager;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.keycloak.connections.jpa.JpaConnectionProvider;
import org.keycloak.models.KeycloakSession;

/**
 * The webhooks of one realm's log, as its admins see and change them. Each change is made in the session's transaction, as
 * is the entry that tells of it. Commit point: that transaction's. Before it nothing is changed; after it, whichever node
 * has the next turn follows.
 */
public final class RealmSinks {
    /** Most webhooks of a realm. */
    public static final int MAX = 10;

    static final String WEBHOOK = "webhook";
    private static final int MAX_NAME = 100;
    private static final Set<String> MEMBERS =
            Set.of("url", "kinds", "operations", "outcome", "checkpoints", "paused", "from");

    private final AuditRuntime runtime;
    private final SinkSettings options;
    private final String realmId;
    private final String logId;
    private final SecureRandom random = new SecureRandom();

    /** @param logId of the realm's newest epoch */
    public RealmSinks(AuditRuntime runtime, SinkSettings options, String realmId, String logId) {
        this.runtime = runtime;
        this.options = options;
        this.realmId = realmId;
        this.logId = logId;
    }

    /**
     * A webhook that was put.
     *
     * @param secret what its messages are signed with, if it was made now; this is the only time that it is told
     */
    public record Put(
            Map<String, JsonValue> shown, @Nullable String secret) {}

    /** The webhook of this name: where it goes and what it is told. */
    public Optional<Map<String, JsonValue>> find(KeycloakSession session, String name) {
        return Sinks.find(em(session), realmId, name).map(this::shown);
    }

    /** The id of the webhook of this name. */
    public Optional<String> id(KeycloakSession session, String name) {
        return Sinks.find(em(session), realmId, name).map(row -> row.sinkId);
    }

    /**
     * Makes or replaces the webhook of this name. A new one is told the log from the entry with the index {@code from} on,
     * by default from now on.
     *
     * @throws FormatException when it is not what a webhook has to be; nothing is changed then
     */
    public Put put(KeycloakSession session, String name, JsonObject wanted) {
        wanted.members().keySet().stream()
                .filter(member -> !MEMBERS.contains(member))
                .findFirst()
                .ifPresent(member -> {
                    throw new FormatException("a webhook has no member " + FormatException.quote(member));
                });
        WebhookSettings settings = WebhookSettings.parse(wanted, options.webhookHttp());
        String state = wanted.get("paused") == JsonLiteral.TRUE ? Sinks.PAUSED : Sinks.ACTIVE;
        EntityManager em = em(session);
        Optional<SinkEntity> known = Sinks.find(em, realmId, name);
        return known.isPresent()
                ? new Put(replace(session, known.get(), settings, state), null)
                : make(session, name, settings, state, from(em, wanted));
    }

    private Map<String, JsonValue> replace(
            KeycloakSession session, SinkEntity row, WebhookSettings wanted, String state) {
        Map<String, JsonValue> before = shown(row);
        KeyRing keys = runtime.keyRing();
        List<WebhookSettings.Secret> secrets = secrets(row);
        row.state = state;
        WebhookSettings settings = wanted.with(secrets);
        Map<String, JsonValue> after = shown(settings, state);
        if (!after.equals(before)) {
            row.settings = settings.seal(keys, row);
            runtime.recordSink(session, realmId, row.name, before, after);
        }
        return after;
    }

    private Put make(KeycloakSession session, String name, WebhookSettings wanted, String state, @Nullable Long from) {
        if (!name.matches("[A-Za-z0-9._-]{1," + MAX_NAME + "}")) {
            throw new FormatException("a webhook's name is 1 to " + MAX_NAME + " of the characters A-Z a-z 0-9 . _ -");
        }
        EntityManager em = em(session);
        if (Sinks.rows(em, realmId).size() >= MAX) {
            throw new FormatException("the realm has " + MAX + " webhooks, which is as many as it can have");
        }
        WebhookSecret secret = WebhookSecret.generate(random);
        WebhookSettings settings = wanted.with(List.of(new WebhookSettings.Secret(secret, Long.MAX_VALUE)));
        SinkEntity row = new SinkEntity();
        row.sinkId = UUID.randomUUID().toString();
        row.realmId = realmId;
        row.name = name;
        row.kind = WEBHOOK;
        row.state = state;
        row.createdTime = runtime.clock().millis();
        row.settings = settings.seal(runtime.keyRing(), row);
        Sinks.add(em, row);
        Sinks.beginAtEnd(em, row);
        if (from != null) {
            replay(row, from);
        }
        Map<String, JsonValue> shown = shown(settings, state);
        runtime.recordSink(session, realmId, name, null, shown);
        return new Put(shown, secret.text());
    }

    /** Removes the webhook of this name; false when there is none. */
    public boolean delete(KeycloakSession session, String name) {
        EntityManager em = em(session);
        Optional<SinkEntity> known = Sinks.find(em, realmId, name);
        known.ifPresent(row -> {
            runtime.recordSink(session, realmId, name, shown(row), null);
            em.remove(row);
        });
        return known.isPresent();
    }

    /** Gives the webhook a new secret, and answers it; the older ones sign beside it for so long. Empty when there is none. */
    public Optional<String> rotate(KeycloakSession session, String name, Duration overlap) {
        return Sinks.find(em(session), realmId, name).map(row -> {
            long now = runtime.clock().millis();
            WebhookSecret fresh = WebhookSecret.generate(random);
            List<WebhookSettings.Secret> secrets = new ArrayList<>();
            secrets.add(new WebhookSettings.Secret(fresh, Long.MAX_VALUE));
            for (WebhookSettings.Secret each : secrets(row)) {
                long until = Math.min(each.until(), now + overlap.toMillis());
                if (until > now) {
                    secrets.add(new WebhookSettings.Secret(each.secret(), until));
                }
            }
            row.settings =
                    WebhookSettings.open(runtime.keyRing(), row).with(secrets).seal(runtime.keyRing(), row);
            runtime.recordSink(
                    session,
                    realmId,
                    name,
                    null,
                    Map.of("secretRotated", JsonNumber.of(now), "overlapMinutes", minutes(overlap)));
            return fresh.text();
        });
    }

    private static JsonValue minutes(Duration length) {
        return JsonNumber.of(length.toMinutes());
    }

    /**
     * Lets the webhook be told the newest log from an index on: anew if it has been told them, and without those before it
     * if not. False when there is no such webhook.
     *
     * @throws FormatException when the log has no such index
     */
    public boolean redeliver(KeycloakSession session, String name, long from) {
        EntityManager em = em(session);
        checkIndex(em, from);
        Optional<SinkEntity> known = Sinks.find(em, realmId, name);
        known.ifPresent(row -> {
            replay(row, from);
            runtime.recordSink(session, realmId, name, null, Map.of("redeliverFrom", JsonNumber.of(from)));
        });
        return known.isPresent();
    }

    private void replay(SinkEntity row, long from) {
        row.replayNumber++;
        row.replayLog = logId;
        row.replayFrom = from;
    }

    private @Nullable Long from(EntityManager em, JsonObject wanted) {
        if (wanted.get("from") == null) {
            return null;
        }
        long from = wanted.integer("from");
        checkIndex(em, from);
        return from;
    }

    private void checkIndex(EntityManager em, long from) {
        HeadEntity head = em.find(HeadEntity.class, logId);
        long size = head == null ? 0 : head.signedSize;
        if (from < 0 || from > size) {
            throw new FormatException("from is " + from + ", want 0 to " + size);
        }
    }

    private List<WebhookSettings.Secret> secrets(SinkEntity row) {
        return WebhookSettings.open(runtime.keyRing(), row).secrets();
    }

    private Map<String, JsonValue> shown(SinkEntity row) {
        return shown(WebhookSettings.open(runtime.keyRing(), row), row.state);
    }

    private static Map<String, JsonValue> shown(WebhookSettings settings, String state) {
        Map<String, JsonValue> json = new TreeMap<>(settings.shown());
        json.put("paused", JsonLiteral.of(state.equals(Sinks.PAUSED)));
        return json;
    }

    private static EntityManager em(KeycloakSession session) {
        return session.getProvider(JpaConnectionProvider.class).getEntityManager();
    }
}
