package dev.keyledger.scim.keycloak.storage;

import jakarta.persistence.EntityManager;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.keycloak.connections.jpa.JpaConnectionProvider;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;
import org.keycloak.models.utils.KeycloakModelUtils;

/** The provisioning tokens of the session's realm. Every method is part of the session's transaction, unless it says more. */
public final class Tokens {
    private static final SecureRandom RANDOMNESS = new SecureRandom();
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
                                + " order by t.created, t.id",
                        TokenEntity.class)
                .setParameter("realm", realm.getId())
                .setParameter("connection", connection)
                .getResultList();
    }

    /** The token of that id, if it is the connection's. */
    public Optional<TokenEntity> find(String connection, String id) {
        return Optional.ofNullable(entities.find(TokenEntity.class, id))
                .filter(row -> row.realmId.equals(realm.getId()) && row.connection.equals(connection));
    }

    /** The row of a token that a client has sent; empty if it was never issued here, was revoked, or has expired. */
    public Optional<TokenEntity> verify(TokenText token) {
        return Optional.ofNullable(entities.find(TokenEntity.class, token.id()))
                .filter(row -> token.hasHash(row.hash))
                .filter(row -> row.realmId.equals(realm.getId()) && clock.millis() < row.expires);
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
        entities.remove(row);
    }

    /** Revokes all tokens of a connection. */
    public void revokeAll(String connection) {
        of(connection).forEach(this::revoke);
    }
}
