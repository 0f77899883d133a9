package dev.keyledger.scim.keycloak.user;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.keyledger.scim.filter.Filter;
import dev.keyledger.scim.filter.Operator;
import dev.keyledger.scim.keycloak.query.FilterPredicates;
import dev.keyledger.scim.keycloak.query.Searchable;
import dev.keyledger.scim.keycloak.query.StoredElementFields;
import dev.keyledger.scim.keycloak.query.TextCase;
import dev.keyledger.scim.keycloak.query.TextPredicates;
import dev.keyledger.scim.path.AttributePath;
import dev.keyledger.scim.schema.AttributeDefinition;
import jakarta.persistence.criteria.CommonAbstractCriteria;
import jakarta.persistence.criteria.CriteriaBuilder;
import jakarta.persistence.criteria.Expression;
import jakarta.persistence.criteria.Predicate;
import jakarta.persistence.criteria.Root;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Set;
import org.hibernate.query.criteria.HibernateCriteriaBuilder;
import org.hibernate.query.criteria.JpaSubQuery;
import org.jspecify.annotations.Nullable;
import org.keycloak.models.jpa.entities.UserEntity;

/**
 * A user's {@code emails}, which are kept in two places, as {@link Emails} says: the account's address in a column, with its
 * other parts in a stored element without a value or, in the plain case, nowhere; the others in stored elements. For one query.
 *
 * <p>A filter that can only be true of certain addresses first finds the users who may have them by indexes: on the account's
 * address, and on the attribute in which the other addresses stand in lower case. The rest of the filter is asked of these few.
 */
final class EmailFields {
    private static final String VALUE = "value";
    private static final String EMAIL = "email";

    private final CriteriaBuilder builder;
    private final CommonAbstractCriteria query;
    private final Root<UserEntity> user;
    private final AttributeRows rows;

    EmailFields(CriteriaBuilder builder, CommonAbstractCriteria query, Root<UserEntity> user, AttributeRows rows) {
        this.builder = builder;
        this.query = query;
        this.user = user;
        this.rows = rows;
    }

    /** The user has an address. */
    Predicate some(AttributePath emails) {
        AttributeDefinition value = value(emails);
        return builder.or(
                new TextPredicates(builder).isPresent(user.get(EMAIL)),
                rows.someElement(Emails.ATTRIBUTE, element -> element.has(value)));
    }

    /** Some one address of the user matches the inner filter. */
    Predicate some(AttributePath emails, Filter inner) {
        Set<String> addresses = addresses(inner);
        return addresses.isEmpty()
                ? matches(emails, inner)
                : builder.and(user.get("id").in(owners(addresses)), matches(emails, inner));
    }

    /** That part of the primary address, else of the first one, in the form by which it sorts, or null. */
    Expression<String> first(AttributePath path) {
        AttributeDefinition part = path.target();
        AttributeDefinition value = value(path);
        boolean isValue = part.name().equals(VALUE);
        Expression<String> stored = rows.first(
                Emails.ATTRIBUTE,
                path.attribute(),
                element -> builder.or(element.has(value), builder.isNotNull(user.get(EMAIL))),
                element ->
                        isValue ? builder.coalesce(element.sortText(path), user.get(EMAIL)) : element.sortText(path));
        if (isValue) {
            return builder.coalesce(stored, user.get(EMAIL));
        }
        JsonNode plain = Emails.plainParts().get(part.name());
        return plain == null
                ? stored
                : builder.<String>selectCase()
                        .when(rows.some(Emails.ATTRIBUTE), stored)
                        .when(builder.isNotNull(user.get(EMAIL)), plain.asText())
                        .otherwise(builder.nullLiteral(String.class));
    }

    private Predicate matches(AttributePath emails, Filter inner) {
        AttributeDefinition value = value(emails);
        Predicate other =
                rows.someElement(Emails.ATTRIBUTE, element -> builder.and(element.has(value), matches(inner, element)));
        Predicate marked = rows.someElement(
                Emails.ATTRIBUTE,
                element -> builder.and(builder.not(element.has(value)), matches(inner, new AccountAddress(element))));
        Predicate noMark = builder.not(rows.someElement(Emails.ATTRIBUTE, element -> builder.not(element.has(value))));
        Predicate plain = builder.and(noMark, matches(inner, new AccountAddress(null)));
        return builder.or(other, builder.and(builder.isNotNull(user.get(EMAIL)), builder.or(marked, plain)));
    }

    private Predicate matches(Filter inner, Searchable address) {
        return inner.accept(new FilterPredicates(builder, address));
    }

    /** The ids of all users, of any realm, who have one of them. One union, because databases scan for an OR of the two. */
    private JpaSubQuery<String> owners(Set<String> addresses) {
        JpaSubQuery<String> byAccount = (JpaSubQuery<String>) query.subquery(String.class);
        Root<UserEntity> owner = byAccount.from(UserEntity.class);
        byAccount.select(owner.get("id")).where(new TextPredicates(builder).isOneOf(owner.get(EMAIL), addresses));
        return ((HibernateCriteriaBuilder) builder).union(false, byAccount, rows.owners(Emails.LOOKUP, addresses));
    }

    /** The addresses in lower case of which an element must have one for the filter to be true of it; none if nobody can say. */
    private static Set<String> addresses(Filter inner) {
        if (inner instanceof Filter.Comparison comparison) {
            String wanted = comparison.value().asText().toLowerCase(Locale.ROOT);
            boolean named = comparison.operator() == Operator.EQ
                    && comparison.path().target().name().equals(VALUE);
            return named && wanted.length() <= Emails.MAX_LOOKUP ? Set.of(wanted) : Set.of();
        }
        if (inner instanceof Filter.And and) {
            return and.operands().stream()
                    .map(EmailFields::addresses)
                    .filter(addresses -> !addresses.isEmpty())
                    .findFirst()
                    .orElse(Set.of());
        }
        if (inner instanceof Filter.Or or) {
            Set<String> all = new LinkedHashSet<>();
            for (Filter operand : or.operands()) {
                Set<String> addresses = addresses(operand);
                if (addresses.isEmpty()) {
                    return Set.of();
                }
                all.addAll(addresses);
            }
            return all;
        }
        return Set.of();
    }

    private static AttributeDefinition value(AttributePath emails) {
        return emails.attribute().subAttribute(VALUE).orElseThrow();
    }

    /** The account's address: its value from the column, its other parts from its element, or the plain ones if it has none. */
    private final class AccountAddress implements Searchable {
        private final @Nullable StoredElementFields element;
        private final ObjectNode plain = Emails.plainParts();

        AccountAddress(@Nullable StoredElementFields element) {
            this.element = element;
        }

        @Override
        public Predicate compare(AttributePath path, Operator operator, JsonNode value) {
            if (path.target().name().equals(VALUE)) {
                return new TextPredicates(builder)
                        .compare(user.get(EMAIL), TextCase.STORED_LOWER, operator, value.asText());
            }
            return element != null
                    ? element.compare(path, operator, value)
                    : constant(new Filter.Comparison(path, operator, value).matchesElement(plain));
        }

        @Override
        public Predicate isPresent(AttributePath path) {
            if (path.target().name().equals(VALUE)) {
                return builder.conjunction();
            }
            return element != null ? element.isPresent(path) : constant(new Filter.Present(path).matchesElement(plain));
        }

        private Predicate constant(boolean truth) {
            return truth ? builder.conjunction() : builder.disjunction();
        }
    }
}
