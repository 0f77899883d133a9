package dev.keyledger.scim.keycloak.storage;

import jakarta.persistence.EntityManager;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.keycloak.connections.jpa.JpaConnectionProvider;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.utils.KeycloakModelUtils;

/** The provisioning tokens of the session's realm. Every method is part of the session's transaction, unless it says more. */
public final class Tokens {
    private static final SecureRandom RANDOMNESS = new SecureRandom();
    private static final long REVOKED_IS_KEPT = Duration.ofDays(90).toMillis();
    private static final long USE_IS_TOLD_EVERY = Duration.ofMinutes(1).toMillis();

    private final KeycloakSession session;
    private final EntityManager entities;
    private final RealmModel realm;
    private final InstantSource clock;

    /** Those of that realm. */
    public Tokens(KeycloakSession session, RealmModel realm, InstantSource clock) {
        this.session = session;
        this.entities = session.getProvider(JpaConnectionProvider.class).getEntityManager();
        this.realm = realm;
        this.clock = clock;
    }

    /**
     * A token that was just made.
     *
     * @param row  what is kept of it
     * @param text the token itself: this is the only time that it is seen
     */
    public record Issued(TokenEntity row, String text) {
        /** Never the secret. */
        @Override
        public String toString() {
            return "issued token " + row.id;
        }
    }

    /** Makes a token of that connection that is good for so long. */
    public Issued issue(String connection, String name, Duration lifetime) {
        forgetRevokedBefore(clock.millis() - REVOKED_IS_KEPT);
        TokenText token = TokenText.random(RANDOMNESS);
        TokenEntity row = new TokenEntity();
        row.id = token.id();
        row.realmId = realm.getId();
        row.connection = connection;
        row.name = name;
        row.hash = token.hash();
        row.created = clock.millis();
        row.expires = clock.millis() + lifetime.toMillis();
        entities.persist(row);
        return new Issued(row, token.reveal());
    }

    /** The tokens of a connection, the oldest first. */
    public List<TokenEntity> of(String connection) {
        return entities.createQuery(
                        "select t from TokenEntity t where t.realmId = :realm and t.connection = :connection"
                                + " and t.revoked is null order by t.created, t.id",
                        TokenEntity.class)
                .setParameter("realm", realm.getId())
                .setParameter("connection", connection)
                .getResultList();
    }

    /** The token of that id, if it is the connection's. */
    public Optional<TokenEntity> find(String connection, String id) {
        return Optional.ofNullable(entities.find(TokenEntity.class, id))
                .filter(row -> row.realmId.equals(realm.getId()) && row.connection.equals(connection))
                .filter(row -> row.revoked == null);
    }

    /** The row that a token names that a client has sent; empty if none of that id was issued here. It proves nothing yet. */
    public Optional<TokenEntity> find(TokenText token) {
        return Optional.ofNullable(entities.find(TokenEntity.class, token.id()))
                .filter(row -> row.realmId.equals(realm.getId()));
    }

    /** What is wrong with a token that names that row; null if nothing is. Whoever has the right one may know why it is refused. */
    public @Nullable String fault(TokenEntity row, TokenText token) {
        if (!token.hasHash(row.hash)) {
            return "the provisioning token is unknown";
        }
        if (row.revoked != null) {
            return "the provisioning token was revoked";
        }
        return clock.millis() < row.expires ? null : "the provisioning token has expired";
    }

    /**
     * Remembers that the token is in use, to the minute, in a short transaction of its own: requests of one token do not wait
     * for each other.
     */
    public void used(TokenEntity row) {
        long now = clock.millis();
        Long last = row.lastUsed;
        if (last != null && now - last < USE_IS_TOLD_EVERY) {
            return;
        }
        KeycloakModelUtils.runJobInTransaction(
                session.getKeycloakSessionFactory(),
                own -> own.getProvider(JpaConnectionProvider.class)
                        .getEntityManager()
                        .createQuery("update TokenEntity t set t.lastUsed = :now where t.id = :id")
                        .setParameter("now", now)
                        .setParameter("id", row.id)
                        .executeUpdate());
    }

    /** Ends the token at that time, unless it ends before. */
    public void endAt(TokenEntity row, long epochMillis) {
        row.expires = Math.min(row.expires, epochMillis);
    }

    /** Revokes the token. */
    public void revoke(TokenEntity row) {
        row.revoked = clock.millis();
    }

    /** Removes all tokens of a connection. */
    public void removeAll(String connection) {
        entities.createQuery("delete from TokenEntity t where t.realmId = :realm and t.connection = :connection")
                .setParameter("realm", realm.getId())
                .setParameter("connection", connection)
                .executeUpdate();
    }

    private void forgetRevokedBefore(long time) {
        entities.createQuery("delete from TokenEntity t where t.realmId = :realm and t.revoked < :time")
                .setParameter("realm", realm.getId())
                .setParameter("time", time)
                .executeUpdate();
    }
}
