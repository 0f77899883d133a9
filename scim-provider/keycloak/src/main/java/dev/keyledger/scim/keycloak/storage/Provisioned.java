package dev.keyledger.scim.keycloak.storage;

import jakarta.persistence.EntityManager;
import jakarta.persistence.criteria.CommonAbstractCriteria;
import jakarta.persistence.criteria.CriteriaBuilder;
import jakarta.persistence.criteria.Expression;
import jakarta.persistence.criteria.Predicate;
import jakarta.persistence.criteria.Root;
import jakarta.persistence.criteria.Subquery;
import java.util.List;
import java.util.Optional;
import org.keycloak.connections.jpa.JpaConnectionProvider;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.RealmModel;

/** What one connection has made or taken over in its realm, in the transaction of a request. */
public final class Provisioned {
    private static final int MAX_AT_ONCE = 1000;

    private final EntityManager entities;
    private final RealmModel realm;
    private final String connection;

    /** That of the connection of that name, which is a name by the rules of names. */
    public Provisioned(EntityManager entities, RealmModel realm, String connection) {
        this.entities = entities;
        this.realm = realm;
        this.connection = connection;
    }

    /** The same, in the transaction of that session. */
    public static Provisioned of(KeycloakSession session, RealmModel realm, String connection) {
        return new Provisioned(session.getProvider(JpaConnectionProvider.class).getEntityManager(), realm, connection);
    }

    /** The row of that resource. */
    public Optional<ProvisionedEntity> find(String resourceId) {
        return Optional.ofNullable(
                entities.find(ProvisionedEntity.class, new ProvisionedEntity.Key(resourceId, connection)));
    }

    /** The connection has just made the resource. */
    public void made(String resourceId) {
        entities.persist(row(resourceId));
    }

    /** The resource is the connection's, and not deleted by it, or no longer. */
    public void takenOver(String resourceId) {
        ProvisionedEntity row = findOrMake(resourceId);
        row.deleted = null;
    }

    /** The connection has deleted the resource, which stays. */
    public void deleted(String resourceId, long now) {
        ProvisionedEntity row = findOrMake(resourceId);
        row.deleted = now;
    }

    private ProvisionedEntity findOrMake(String resourceId) {
        return find(resourceId).orElseGet(() -> {
            ProvisionedEntity row = row(resourceId);
            entities.persist(row);
            return row;
        });
    }

    private ProvisionedEntity row(String resourceId) {
        ProvisionedEntity row = new ProvisionedEntity();
        row.resourceId = resourceId;
        row.connection = connection;
        row.realmId = realm.getId();
        return row;
    }

    /** The resource is no longer the connection's. */
    public void released(String resourceId) {
        find(resourceId).ifPresent(entities::remove);
    }

    /**
     * A connection that has deleted something which is still there.
     *
     * @param realmId its realm
     * @param name    its name
     */
    public record Deleter(String realmId, String name) {}

    /** The connections, of whatever realm, that deleted something before that time which is still there. */
    public static List<Deleter> deleters(KeycloakSession session, long epochMillis) {
        return session
                .getProvider(JpaConnectionProvider.class)
                .getEntityManager()
                .createQuery(
                        "select distinct p.realmId, p.connection from ProvisionedEntity p where p.deleted < :time",
                        Object[].class)
                .setParameter("time", epochMillis)
                .getResultList()
                .stream()
                .map(row -> new Deleter((String) row[0], (String) row[1]))
                .toList();
    }

    /** The ids of what the connection deleted before that time, the oldest first, at most a thousand. */
    public List<String> deletedBefore(long epochMillis) {
        return entities.createQuery(
                        "select p.resourceId from ProvisionedEntity p where p.realmId = :realm"
                                + " and p.connection = :connection and p.deleted < :time order by p.deleted",
                        String.class)
                .setParameter("realm", realm.getId())
                .setParameter("connection", connection)
                .setParameter("time", epochMillis)
                .setMaxResults(MAX_AT_ONCE)
                .getResultList();
    }

    /** Forgets all. */
    public void forget() {
        entities.createQuery("delete from ProvisionedEntity p where p.realmId = :realm and p.connection = :connection")
                .setParameter("realm", realm.getId())
                .setParameter("connection", connection)
                .executeUpdate();
    }

    /** What the connection has, and has not deleted. */
    public Restriction kept() {
        return new Rows(false);
    }

    /** Everything but what the connection has deleted. */
    public Restriction notDeleted() {
        return new Rows(true);
    }

    /** There is a row that is not deleted; or, for the deleted ones, there is none. */
    private final class Rows implements Restriction {
        private final boolean noneDeleted;

        Rows(boolean noneDeleted) {
            this.noneDeleted = noneDeleted;
        }

        @Override
        public String jpql(String id) {
            return (noneDeleted ? "not " : "") + "exists (select 1 from ProvisionedEntity p where p.resourceId = " + id
                    + " and p.connection = '" + connection + "' and p.deleted is " + (noneDeleted ? "not " : "")
                    + "null)";
        }

        @Override
        public Predicate criteria(CriteriaBuilder builder, CommonAbstractCriteria query, Expression<String> id) {
            Subquery<Integer> rows = query.subquery(Integer.class);
            Root<ProvisionedEntity> row = rows.from(ProvisionedEntity.class);
            Predicate deleted = builder.isNotNull(row.get("deleted"));
            Predicate exists = builder.exists(rows.select(builder.literal(1))
                    .where(
                            builder.equal(row.get("resourceId"), id),
                            builder.equal(row.get("connection"), connection),
                            noneDeleted ? deleted : builder.not(deleted)));
            return noneDeleted ? builder.not(exists) : exists;
        }
    }
}
