package dev.keyledger.scim.keycloak.storage;

import jakarta.persistence.criteria.CommonAbstractCriteria;
import jakarta.persistence.criteria.CriteriaBuilder;
import jakarta.persistence.criteria.Expression;
import jakarta.persistence.criteria.Predicate;

/** No row at all. */
public record Nothing() implements Restriction {
    @Override
    public String jpql(String id) {
        return "1 = 0";
    }

    @Override
    public Predicate criteria(CriteriaBuilder builder, CommonAbstractCriteria query, Expression<String> id) {
        return builder.disjunction();
    }
}
