package dev.keyledger.scim.keycloak.query;

import dev.keyledger.scim.filter.Filter;
import dev.keyledger.scim.filter.ValuePaths;
import dev.keyledger.scim.service.Position;
import dev.keyledger.scim.service.Query;
import jakarta.persistence.EntityManager;
import jakarta.persistence.Tuple;
import jakarta.persistence.TypedQuery;
import jakarta.persistence.criteria.CommonAbstractCriteria;
import jakarta.persistence.criteria.CriteriaBuilder;
import jakarta.persistence.criteria.CriteriaQuery;
import jakarta.persistence.criteria.Predicate;
import jakarta.persistence.criteria.Root;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.Function;
import org.hibernate.Session;
import org.jspecify.annotations.Nullable;

/**
 * One page of the rows of an entity that match a query, and how many match: two statements at most, however large the table is,
 * and one where the page itself tells the number.
 *
 * @param <E> the entity
 */
public abstract class PageQuery<E> {
    private static final String TIMEOUT = "jakarta.persistence.query.timeout";

    private final EntityManager entities;
    private final Class<E> entity;
    private final Duration limit;

    /**
     * A query over that entity.
     *
     * @param limit after how long the database gives up each of its statements, whatever the filter asks
     */
    protected PageQuery(EntityManager entities, Class<E> entity, Duration limit) {
        this.entities = entities;
        this.entity = entity;
        this.limit = limit;
    }

    /** Which rows are there at all for this client, whatever the filter says. */
    protected abstract List<Predicate> scope(CriteriaBuilder builder, CriteriaQuery<?> query, Root<E> root);

    /** Where the attributes are. */
    protected abstract SearchableFields fields(CriteriaBuilder builder, CommonAbstractCriteria query, Root<E> root);

    /** What to sort by when nobody asks for another order. */
    protected abstract SortKey naturalOrder(CriteriaBuilder builder, Root<E> root);

    /** The identifier of a row. */
    protected abstract String id(E row);

    /** The page that the query asks for. */
    public Page<E> find(Query query) {
        Query.Seek seek = query.seek();
        if (query.count() == 0) {
            return Page.of(List.of(), count(query));
        }
        return seek == null ? byIndex(query) : bySeek(query, seek);
    }

    private Page<E> byIndex(Query query) {
        int start = query.startIndex() - 1;
        List<E> rows = read(query, start, query.count()).stream().map(this::row).toList();
        boolean isLast = rows.size() < query.count() && (start == 0 || !rows.isEmpty());
        return Page.of(rows, isLast ? start + rows.size() : count(query));
    }

    private Page<E> bySeek(Query query, Query.Seek seek) {
        List<Tuple> found = new ArrayList<>(read(query, 0, query.count() + 1));
        boolean more = found.size() > query.count();
        if (more) {
            found.remove(query.count());
        }
        if (seek.backwards()) {
            Collections.reverse(found);
        }
        List<E> rows = found.stream().map(this::row).toList();
        long total = more && query.wantsTotal() ? count(query) : rows.size();
        return rows.isEmpty()
                ? Page.of(rows, total)
                : new Page<>(rows, total, position(found.get(0)), position(found.get(rows.size() - 1)), more);
    }

    private long count(Query query) {
        CriteriaBuilder builder = entities.getCriteriaBuilder();
        CriteriaQuery<Long> count = builder.createQuery(Long.class);
        Root<E> root = count.from(entity);
        count.select(builder.count(root)).where(where(builder, count, root, query.filter()));
        return bounded(entities.createQuery(count), TypedQuery::getSingleResult);
    }

    /** Rows, with their sort keys where a seek will need them. */
    private List<Tuple> read(Query query, int first, int max) {
        CriteriaBuilder builder = entities.getCriteriaBuilder();
        CriteriaQuery<Tuple> page = builder.createTupleQuery();
        Root<E> root = page.from(entity);
        Query.Sort sort = query.sort();
        Query.Seek seek = query.seek();
        SortKey key = sort == null
                ? naturalOrder(builder, root)
                : fields(builder, page, root).sortKey(sort.path());
        if (query.filter() != null) {
            // a filter may have a better index than the order has, which H2 would not look at
            key = new SortKey(key.expression(), key.unique(), List.of());
        }
        Ordering ordering = new Ordering(
                builder, key, root.get("id"), sort != null && sort.descending(), seek != null && seek.backwards());
        List<Predicate> where = new ArrayList<>(List.of(where(builder, page, root, query.filter())));
        if (seek != null && seek.from() != null) {
            where.add(ordering.beyond(seek.from()));
        }
        page.select(seek == null ? builder.tuple(root) : builder.tuple(root, key.expression()))
                .where(where.toArray(Predicate[]::new))
                .orderBy(ordering.orders());
        return bounded(entities.createQuery(page).setFirstResult(first).setMaxResults(max), TypedQuery::getResultList);
    }

    private <T, R> R bounded(TypedQuery<T> query, Function<TypedQuery<T>, R> run) {
        query.setHint(TIMEOUT, Math.toIntExact(limit.toMillis()));
        try {
            return run.apply(query);
        } finally {
            // H2 keeps the limit for all that comes after on the connection, whoever gets it next
            entities.unwrap(Session.class).doWork(PageQuery::unbound);
        }
    }

    private static void unbound(Connection connection) throws SQLException {
        try (Statement any = connection.createStatement()) {
            any.setQueryTimeout(0);
        }
    }

    private E row(Tuple found) {
        return entity.cast(found.get(0));
    }

    private Position position(Tuple found) {
        return new Position(Ordering.json(found.get(1)), id(row(found)));
    }

    private Predicate[] where(CriteriaBuilder builder, CriteriaQuery<?> query, Root<E> root, @Nullable Filter filter) {
        List<Predicate> all = new ArrayList<>(scope(builder, query, root));
        if (filter != null) {
            all.add(ValuePaths.together(filter).accept(new FilterPredicates(builder, fields(builder, query, root))));
        }
        return all.toArray(Predicate[]::new);
    }
}
