package dev.keyledger.scim.keycloak.user;

import dev.keyledger.scim.ScimException;
import dev.keyledger.scim.filter.Operator;
import dev.keyledger.scim.keycloak.query.StoredElementFields;
import dev.keyledger.scim.keycloak.query.TextCase;
import dev.keyledger.scim.keycloak.query.TextPredicates;
import dev.keyledger.scim.keycloak.schema.RealmSchema;
import dev.keyledger.scim.schema.AttributeDefinition;
import dev.keyledger.scim.schema.AttributeType;
import jakarta.persistence.criteria.CommonAbstractCriteria;
import jakarta.persistence.criteria.CriteriaBuilder;
import jakarta.persistence.criteria.Expression;
import jakarta.persistence.criteria.Order;
import jakarta.persistence.criteria.Predicate;
import jakarta.persistence.criteria.Root;
import jakarta.persistence.criteria.Subquery;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Function;
import org.hibernate.query.criteria.JpaSubQuery;
import org.keycloak.models.jpa.entities.UserAttributeEntity;
import org.keycloak.models.jpa.entities.UserEntity;
import org.keycloak.storage.jpa.JpaHashUtils;

/**
 * The rows that keep the attributes of the user that a query is about. For one query.
 *
 * <p>Each question is a subquery of its own, so that terms over different attributes never share a row.
 */
final class AttributeRows {
    /** The longest text that is in the column {@code value}; longer ones are in {@code longValue}, found by their hash. */
    static final int MAX_SHORT = 255;

    /** As many digits as a number in a request may have. */
    private static final int MAX_DIGITS = 64;

    private final RealmSchema schema;
    private final CriteriaBuilder builder;
    private final CommonAbstractCriteria query;
    private final Root<UserEntity> user;
    private final TextPredicates texts;

    AttributeRows(RealmSchema schema, CriteriaBuilder builder, CommonAbstractCriteria query, Root<UserEntity> user) {
        this.schema = schema;
        this.builder = builder;
        this.query = query;
        this.user = user;
        this.texts = new TextPredicates(builder);
    }

    /** The user has a row of that attribute. */
    Predicate some(String name) {
        return some(name, row -> builder.conjunction());
    }

    /** The user has a row of an attribute that neither the realm's user profile nor SCIM itself knows. */
    Predicate someUnlisted() {
        return builder.exists(where(row -> {
            Expression<String> name = row.get("name");
            return builder.and(
                    builder.not(builder.lower(name).in(schema.reserved())),
                    builder.notLike(name, "%.%"),
                    builder.notLike(name, "%:%"));
        }));
    }

    /** The user has a row of that attribute that keeps such an element. */
    Predicate someElement(String name, Function<StoredElementFields, Predicate> condition) {
        return some(name, row -> {
            StoredElementFields element = element(row);
            return builder.and(element.isElement(), condition.apply(element));
        });
    }

    /** Some value of the attribute compares as asked. */
    Predicate compare(String name, AttributeDefinition definition, Operator operator, String wanted) {
        if (definition.type().isNumber() && operator != Operator.EQ) {
            return some(name, row -> number(row.get("value"), definition, operator, wanted));
        }
        TextCase textCase = definition.caseExact() ? TextCase.EXACT : TextCase.IGNORED;
        if (operator == Operator.EQ && textCase == TextCase.EXACT && isListed(name)) {
            return user.get("id").in(owners(name, wanted));
        }
        if (operator == Operator.EQ) {
            return wanted.length() > MAX_SHORT
                    ? some(name, row -> isLong(row, textCase, wanted))
                    : some(name, row -> texts.compare(row.get("value"), textCase, operator, wanted));
        }
        return some(
                name,
                row -> builder.or(columns(row).stream()
                        .map(column -> texts.compare(column, textCase, operator, wanted))
                        .toArray(Predicate[]::new)));
    }

    /** Whole numbers compare as texts of one length, so that a stored text that is no number harms no query. */
    private Predicate number(
            Expression<String> column, AttributeDefinition definition, Operator operator, String wanted) {
        if (definition.type() != AttributeType.INTEGER || wanted.startsWith("-")) {
            throw ScimException.invalidFilter(definition.name() + " can be searched for by eq, ne and pr"
                    + (definition.type() == AttributeType.INTEGER
                            ? ", and by other operators for numbers from 0"
                            : ""));
        }
        String padded = "0".repeat(Math.max(0, MAX_DIGITS - wanted.length())) + wanted;
        return builder.and(
                builder.isNotNull(column), texts.compareText(padded(column), TextCase.EXACT, operator, padded));
    }

    private Expression<String> padded(Expression<String> column) {
        return builder.function("lpad", String.class, column, builder.literal(MAX_DIGITS), builder.literal("0"));
    }

    /**
     * The ids of all users, of any realm, who have exactly that value. It does not depend on the user that the query is about,
     * so every database can begin with it, and find it in Keycloak's index on the name and the value or the hash of a long one.
     */
    private JpaSubQuery<String> owners(String name, String value) {
        return value.length() > MAX_SHORT
                ? owners(name, row -> isLong(row, TextCase.EXACT, value))
                : owners(name, Set.of(value));
    }

    /** As above, of users who have one of some values, none of which is long. */
    JpaSubQuery<String> owners(String name, Set<String> values) {
        return owners(name, row -> texts.isOneOf(row.get("value"), values));
    }

    private JpaSubQuery<String> owners(String name, Function<Root<UserAttributeEntity>, Predicate> has) {
        JpaSubQuery<String> owners = subquery(String.class);
        Root<UserAttributeEntity> row = owners.from(UserAttributeEntity.class);
        return owners.select(row.get("user").get("id")).where(builder.equal(row.get("name"), name), has.apply(row));
    }

    /** The attribute's value in the form by which it sorts, or null; of several values the least, as they have no order. */
    Expression<String> sortText(String name, AttributeDefinition definition) {
        JpaSubQuery<String> text = subquery(String.class);
        Root<UserAttributeEntity> row = text.from(UserAttributeEntity.class);
        Expression<String> key = definition.type() == AttributeType.INTEGER ? padded(row.get("value")) : beginning(row);
        return text.select(builder.least(definition.caseExact() ? key : builder.lower(key)))
                .where(isOf(row, name));
    }

    /**
     * What the primary element says, else the first one, or null. RFC 7644 section 3.4.2.3.
     *
     * @param name      the attribute that keeps the elements
     * @param attribute whose elements they are
     * @param among     which of them
     * @param what      a text of one of them
     */
    Expression<String> first(
            String name,
            AttributeDefinition attribute,
            Function<StoredElementFields, Predicate> among,
            Function<StoredElementFields, Expression<String>> what) {
        JpaSubQuery<String> first = subquery(String.class);
        Root<UserAttributeEntity> row = first.from(UserAttributeEntity.class);
        StoredElementFields element = element(row);
        List<Order> order = new ArrayList<>();
        attribute
                .subAttribute("primary")
                .ifPresent(primary -> order.add(builder.asc(builder.<Integer>selectCase()
                        .when(element.isTrue(primary), 0)
                        .otherwise(1))));
        element.position(beginning(row)).forEach(position -> order.add(builder.asc(position)));
        return first.select(what.apply(element))
                .where(isOf(row, name), element.isElement(), among.apply(element))
                .orderBy(order)
                .fetch(1);
    }

    private Predicate some(String name, Function<Root<UserAttributeEntity>, Predicate> condition) {
        return builder.exists(where(row -> builder.and(isNamed(row, name), condition.apply(row))));
    }

    private Subquery<Integer> where(Function<Root<UserAttributeEntity>, Predicate> condition) {
        Subquery<Integer> rows = query.subquery(Integer.class);
        Root<UserAttributeEntity> row = rows.from(UserAttributeEntity.class);
        return rows.select(builder.literal(1)).where(builder.equal(row.get("user"), user), condition.apply(row));
    }

    private Predicate isOf(Root<UserAttributeEntity> row, String name) {
        return builder.and(builder.equal(row.get("user"), user), isNamed(row, name));
    }

    /** What the realm does not list may have been stored under a name in any case. */
    private Predicate isNamed(Root<UserAttributeEntity> row, String name) {
        return isListed(name)
                ? builder.equal(row.get("name"), name)
                : builder.equal(builder.lower(row.get("name")), name.toLowerCase(Locale.ROOT));
    }

    private boolean isListed(String name) {
        return schema.reserved().contains(name.toLowerCase(Locale.ROOT));
    }

    private Predicate isLong(Root<UserAttributeEntity> row, TextCase textCase, String value) {
        return textCase == TextCase.EXACT
                ? builder.equal(row.get("longValueHash"), JpaHashUtils.hashForAttributeValue(value))
                : builder.equal(row.get("longValueHashLowerCase"), JpaHashUtils.hashForAttributeValueLowerCase(value));
    }

    private Expression<String> beginning(Root<UserAttributeEntity> row) {
        return builder.coalesce(row.get("value"), builder.substring(row.get("longValue"), 1, MAX_SHORT));
    }

    private StoredElementFields element(Root<UserAttributeEntity> row) {
        return new StoredElementFields(builder, columns(row));
    }

    private static List<Expression<String>> columns(Root<UserAttributeEntity> row) {
        return List.of(row.get("value"), row.get("longValue"));
    }

    private <T> JpaSubQuery<T> subquery(Class<T> type) {
        return (JpaSubQuery<T>) query.subquery(type);
    }
}
