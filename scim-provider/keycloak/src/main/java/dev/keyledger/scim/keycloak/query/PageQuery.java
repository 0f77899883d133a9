package dev.keyledger.scim.keycloak.query;

import dev.keyledger.scim.filter.Filter;
import dev.keyledger.scim.service.Query;
import jakarta.persistence.EntityManager;
import jakarta.persistence.criteria.CommonAbstractCriteria;
import jakarta.persistence.criteria.CriteriaBuilder;
import jakarta.persistence.criteria.CriteriaQuery;
import jakarta.persistence.criteria.Expression;
import jakarta.persistence.criteria.Nulls;
import jakarta.persistence.criteria.Order;
import jakarta.persistence.criteria.Predicate;
import jakarta.persistence.criteria.Root;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One page of the rows of an entity that match a query, and how many match: two statements, however large the table is.
 *
 * @param <E> the entity
 */
public abstract class PageQuery<E> {
    private final EntityManager entities;
    private final Class<E> entity;
    private final String naturalOrder;

    /** A query over that entity; {@code naturalOrder} is the column to sort by when nobody asks for another order. */
    protected PageQuery(EntityManager entities, Class<E> entity, String naturalOrder) {
        this.entities = entities;
        this.entity = entity;
        this.naturalOrder = naturalOrder;
    }

    /** Which rows are there at all for this client, whatever the filter says. */
    protected abstract List<Predicate> scope(CriteriaBuilder builder, CriteriaQuery<?> query, Root<E> root);

    /** Where the attributes are. */
    protected abstract SearchableFields fields(CriteriaBuilder builder, CommonAbstractCriteria query, Root<E> root);

    /** How many match. */
    public long count(Query query) {
        CriteriaBuilder builder = entities.getCriteriaBuilder();
        CriteriaQuery<Long> count = builder.createQuery(Long.class);
        Root<E> root = count.from(entity);
        count.select(builder.count(root)).where(where(builder, count, root, query.filter()));
        return entities.createQuery(count).getSingleResult();
    }

    /** The page; the identifier breaks ties, so that pages neither repeat nor skip. */
    public List<E> page(Query query) {
        CriteriaBuilder builder = entities.getCriteriaBuilder();
        CriteriaQuery<E> page = builder.createQuery(entity);
        Root<E> root = page.from(entity);
        page.select(root)
                .where(where(builder, page, root, query.filter()))
                .orderBy(order(builder, page, root, query.sort()));
        return entities.createQuery(page)
                .setFirstResult(query.startIndex() - 1)
                .setMaxResults(query.count())
                .getResultList();
    }

    private Predicate[] where(CriteriaBuilder builder, CriteriaQuery<?> query, Root<E> root, @Nullable Filter filter) {
        List<Predicate> all = new ArrayList<>(scope(builder, query, root));
        if (filter != null) {
            all.add(filter.accept(new FilterPredicates(builder, fields(builder, query, root))));
        }
        return all.toArray(Predicate[]::new);
    }

    private List<Order> order(
            CriteriaBuilder builder, CriteriaQuery<?> query, Root<E> root, Query.@Nullable Sort sort) {
        if (sort == null) {
            return List.of(builder.asc(root.get(naturalOrder)), builder.asc(root.get("id")));
        }
        Expression<?> key = fields(builder, query, root).sortKey(sort.path());
        Order first = sort.descending() ? builder.desc(key, Nulls.FIRST) : builder.asc(key, Nulls.LAST);
        return List.of(first, builder.asc(root.get("id")));
    }
}
