package dev.keyledger.scim.keycloak.query;

import dev.keyledger.scim.filter.Filter;
import dev.keyledger.scim.filter.FilterVisitor;
import dev.keyledger.scim.filter.Operator;
import jakarta.persistence.criteria.CriteriaBuilder;
import jakarta.persistence.criteria.Predicate;

/** Builds the predicate of a filter: the logic here, the attributes by {@link Searchable}. For one query. */
public final class FilterPredicates implements FilterVisitor<Predicate> {
    /** As many tables as PostgreSQL itself plans the joins of, unless it is told otherwise. */
    private static final int JOINED = 8;

    private final CriteriaBuilder builder;
    private final Searchable fields;

    /** A translator into predicates over those fields. */
    public FilterPredicates(CriteriaBuilder builder, Searchable fields) {
        this.builder = builder;
        this.fields = fields;
    }

    /**
     * PostgreSQL makes a join of each subquery that has to be true beside others, and plans joins of hundreds for minutes. It
     * leaves alone, and asks row by row, what stands in an {@code or}.
     */
    @Override
    public Predicate visit(Filter.And and) {
        boolean many = and.operands().size() > JOINED;
        return builder.and(and.operands().stream()
                .map(f -> f.accept(this))
                .map(term -> many ? builder.or(term, builder.disjunction()) : term)
                .toArray(Predicate[]::new));
    }

    @Override
    public Predicate visit(Filter.Or or) {
        return builder.or(or.operands().stream().map(f -> f.accept(this)).toArray(Predicate[]::new));
    }

    /** Two negations are never handed on: Hibernate 7.2 makes one of them. */
    @Override
    public Predicate visit(Filter.Not not) {
        if (not.operand() instanceof Filter.Not inner) {
            return inner.operand().accept(this);
        }
        if (not.operand() instanceof Filter.Comparison comparison && comparison.operator() == Operator.NE) {
            return fields.compare(comparison.path(), Operator.EQ, comparison.value());
        }
        return builder.not(not.operand().accept(this));
    }

    @Override
    public Predicate visit(Filter.Comparison comparison) {
        return comparison.operator() == Operator.NE
                ? builder.not(fields.compare(comparison.path(), Operator.EQ, comparison.value()))
                : fields.compare(comparison.path(), comparison.operator(), comparison.value());
    }

    @Override
    public Predicate visit(Filter.Present present) {
        return fields.isPresent(present.path());
    }

    @Override
    public Predicate visit(Filter.ValuePath valuePath) {
        return fields.someElement(valuePath.path(), valuePath.filter());
    }
}
