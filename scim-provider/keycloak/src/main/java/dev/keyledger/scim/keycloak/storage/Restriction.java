package dev.keyledger.scim.keycloak.storage;

import jakarta.persistence.criteria.CommonAbstractCriteria;
import jakarta.persistence.criteria.CriteriaBuilder;
import jakarta.persistence.criteria.Expression;
import jakarta.persistence.criteria.Predicate;

/** A condition that rows of users or groups have to meet, in both languages of queries. */
public interface Restriction {
    /** The condition in JPQL; {@code id} is the path of the row's id, such as {@code u.id}. */
    String jpql(String id);

    /** The same for a criteria query; {@code id} is the row's id. */
    Predicate criteria(CriteriaBuilder builder, CommonAbstractCriteria query, Expression<String> id);
}
