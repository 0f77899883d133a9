package dev.keyledger.scim.keycloak.query;

import dev.keyledger.scim.filter.Filter;
import dev.keyledger.scim.filter.FilterVisitor;
import dev.keyledger.scim.filter.Operator;
import jakarta.persistence.criteria.CriteriaBuilder;
import jakarta.persistence.criteria.Predicate;

/** Builds the predicate of a filter: the logic here, the attributes by {@link SearchableFields}. For one query. */
public final class FilterPredicates implements FilterVisitor<Predicate> {
    private final CriteriaBuilder builder;
    private final SearchableFields fields;

    /** A translator into predicates over those fields. */
    public FilterPredicates(CriteriaBuilder builder, SearchableFields fields) {
        this.builder = builder;
        this.fields = fields;
    }

    @Override
    public Predicate visit(Filter.And and) {
        return builder.and(and.operands().stream().map(f -> f.accept(this)).toArray(Predicate[]::new));
    }

    @Override
    public Predicate visit(Filter.Or or) {
        return builder.or(or.operands().stream().map(f -> f.accept(this)).toArray(Predicate[]::new));
    }

    @Override
    public Predicate visit(Filter.Not not) {
        return builder.not(not.operand().accept(this));
    }

    @Override
    public Predicate visit(Filter.Comparison comparison) {
        if (comparison.operator() == Operator.NE) {
            return builder.not(fields.compare(comparison.path(), Operator.EQ, comparison.value()));
        }
        return fields.compare(comparison.path(), comparison.operator(), comparison.value());
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
