package dev.keyledger.scim.keycloak.user;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.keyledger.scim.ScimException;
import dev.keyledger.scim.filter.Filter;
import dev.keyledger.scim.filter.FilterVisitor;
import dev.keyledger.scim.filter.Operator;
import dev.keyledger.scim.keycloak.query.ElementPredicates;
import dev.keyledger.scim.keycloak.query.TextCase;
import dev.keyledger.scim.keycloak.query.TextPredicates;
import dev.keyledger.scim.path.AttributePath;
import dev.keyledger.scim.resource.Json;
import dev.keyledger.scim.schema.AttributeDefinition;
import jakarta.persistence.criteria.CriteriaBuilder;
import jakarta.persistence.criteria.Predicate;
import jakarta.persistence.criteria.Root;
import org.jspecify.annotations.Nullable;
import org.keycloak.models.jpa.entities.UserEntity;

/**
 * Predicates over {@code emails}, whose addresses are kept in two places, as {@link Emails} says: the account's address in a
 * column, with its other parts in a stored element without a value or, in the plain case, nowhere; the others in stored
 * elements.
 */
final class EmailPredicates {
    private final CriteriaBuilder builder;
    private final Root<UserEntity> user;
    private final UserFields.SomeRow rows;

    EmailPredicates(CriteriaBuilder builder, Root<UserEntity> user, UserFields.SomeRow rows) {
        this.builder = builder;
        this.user = user;
        this.rows = rows;
    }

    /** Some one address of the user matches the inner filter. */
    Predicate some(AttributePath emails, Filter inner) {
        AttributeDefinition value = emails.attribute().subAttribute("value").orElseThrow();
        Predicate other =
                rows.of(Emails.ATTRIBUTE, (row, elements) -> builder.and(elements.has(value), inner.accept(elements)));
        Predicate marked = rows.of(
                Emails.ATTRIBUTE,
                (row, elements) ->
                        builder.and(builder.not(elements.has(value)), inner.accept(new AccountAddress(elements))));
        Predicate noMark = builder.not(rows.of(Emails.ATTRIBUTE, (row, elements) -> builder.not(elements.has(value))));
        Predicate plain = builder.and(noMark, inner.accept(new AccountAddress(null)));
        return builder.or(other, builder.and(builder.isNotNull(user.get("email")), builder.or(marked, plain)));
    }

    /** The account's address: its value from the column, its other parts from its element, or the plain ones if it has none. */
    private final class AccountAddress implements FilterVisitor<Predicate> {
        private static final String VALUE = "value";

        private final @Nullable ElementPredicates element;
        private final ObjectNode plain = Json.object().put("type", "work").put("primary", true);

        AccountAddress(@Nullable ElementPredicates element) {
            this.element = element;
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
            AttributeDefinition part = comparison.path().target();
            if (part.name().equals(VALUE)) {
                Operator operator = comparison.operator();
                String wanted = comparison.value().asText();
                TextPredicates texts = new TextPredicates(builder);
                return texts.compare(user.get("email"), TextCase.STORED_LOWER, operator, wanted);
            }
            return element != null ? comparison.accept(element) : constant(comparison.matchesElement(plain));
        }

        @Override
        public Predicate visit(Filter.Present present) {
            AttributeDefinition part = present.path().target();
            if (part.name().equals(VALUE)) {
                return builder.conjunction();
            }
            return element != null ? element.has(part) : constant(present.matchesElement(plain));
        }

        @Override
        public Predicate visit(Filter.ValuePath valuePath) {
            throw ScimException.invalidFilter("a value path cannot stand inside another");
        }

        private Predicate constant(boolean truth) {
            return truth ? builder.conjunction() : builder.disjunction();
        }
    }
}
