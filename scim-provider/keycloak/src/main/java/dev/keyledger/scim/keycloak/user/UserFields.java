package dev.keyledger.scim.keycloak.user;

import com.fasterxml.jackson.databind.JsonNode;
import dev.keyledger.scim.ScimException;
import dev.keyledger.scim.filter.Filter;
import dev.keyledger.scim.filter.Operator;
import dev.keyledger.scim.keycloak.query.ElementPredicates;
import dev.keyledger.scim.keycloak.query.SearchableFields;
import dev.keyledger.scim.keycloak.query.TextCase;
import dev.keyledger.scim.keycloak.query.TextPredicates;
import dev.keyledger.scim.keycloak.schema.RealmSchema;
import dev.keyledger.scim.path.AttributePath;
import dev.keyledger.scim.schema.AttributeDefinition;
import dev.keyledger.scim.schema.AttributeType;
import dev.keyledger.scim.schema.CoreSchemas;
import dev.keyledger.scim.schema.DateTime;
import dev.keyledger.scim.schema.Schema;
import jakarta.persistence.criteria.CommonAbstractCriteria;
import jakarta.persistence.criteria.CriteriaBuilder;
import jakarta.persistence.criteria.Expression;
import jakarta.persistence.criteria.Predicate;
import jakarta.persistence.criteria.Root;
import jakarta.persistence.criteria.Subquery;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.keycloak.models.jpa.entities.UserAttributeEntity;
import org.keycloak.models.jpa.entities.UserEntity;
import org.keycloak.storage.jpa.JpaHashUtils;

/**
 * Where Keycloak's tables hold the attributes of users. For one query.
 *
 * <p>Attributes are rows of their own and are asked for by one EXISTS subquery each, so that terms over different attributes
 * never share a row.
 */
final class UserFields implements SearchableFields {
    /** The longest text that is in the column {@code value}; longer ones are in {@code longValue}, found by their hash. */
    private static final int MAX_SHORT = 255;

    /** As many digits as a number in a request may have. */
    private static final int MAX_DIGITS = 64;

    private static final Map<String, String> COLUMNS = Map.of(
            "id", "id",
            "userName", "username",
            "name.givenName", "firstName",
            "name.familyName", "lastName");

    private final RealmSchema schema;
    private final CriteriaBuilder builder;
    private final CommonAbstractCriteria query;
    private final Root<UserEntity> user;
    private final TextPredicates texts;
    private final EmailPredicates emails;
    private final MembershipPredicates groups;
    private final RolePredicates roles;

    UserFields(
            RealmSchema schema,
            CriteriaBuilder builder,
            CommonAbstractCriteria query,
            Root<UserEntity> user,
            GroupTree tree) {
        this.schema = schema;
        this.builder = builder;
        this.query = query;
        this.user = user;
        this.texts = new TextPredicates(builder);
        this.emails = new EmailPredicates(builder, user, this::someRow);
        this.roles = new RolePredicates(builder, query, user, this::someRow);
        this.groups = new MembershipPredicates(builder, query, user, tree);
    }

    @Override
    public Predicate compare(AttributePath path, Operator operator, JsonNode value) {
        String notation = path.notation();
        String column = COLUMNS.get(notation);
        if (column != null) {
            return texts.compare(user.get(column), columnCase(column), operator, value.asText());
        }
        return switch (notation) {
            case "active" -> builder.equal(user.get("enabled"), value.booleanValue());
            case "meta.created", "meta.lastModified" -> time(path.target(), operator, value.asText());
            case "schemas" -> schema(path, operator, value.asText());
            case "meta.resourceType" -> constant(path, operator, value.asText().equals("User"));
            case "password", "meta.location", "meta.version" -> throw unsearchable(path);
            default ->
                hasElements(path)
                        ? someElement(path, new Filter.Comparison(path, operator, value))
                        : attribute(name(path), path.target(), operator, value.asText());
        };
    }

    @Override
    public Predicate isPresent(AttributePath path) {
        String notation = path.notation();
        String column = COLUMNS.get(notation);
        if (column != null) {
            return hasText(user.get(column));
        }
        return switch (notation) {
            case "password" -> throw unsearchable(path);
            case "active", "meta", "meta.created", "meta.lastModified", "schemas", "meta.resourceType" ->
                builder.conjunction();
            case "meta.location", "meta.version" -> builder.conjunction();
            case "groups", "groups.value", "groups.display", "groups.type", "groups.$ref" -> groups.some();
            case "emails" -> builder.or(hasText(user.get("email")), someRow(Emails.ATTRIBUTE, hasValue(path)));
            default -> presentAttribute(path);
        };
    }

    private Predicate schema(AttributePath path, Operator operator, String urn) {
        Schema extension = schema.userType().extension(urn).orElse(null);
        if (extension == null) {
            return constant(path, operator, urn.equalsIgnoreCase(CoreSchemas.USER_URN));
        }
        List<Predicate> some = new ArrayList<>();
        extension
                .attributes()
                .forEach(attribute -> some.add(isPresent(new AttributePath(extension.id(), attribute, null))));
        if (extension.isOpen()) {
            some.add(exists(row -> unlisted(row.get("name"))));
        }
        return builder.and(constant(path, operator, true), builder.or(some.toArray(Predicate[]::new)));
    }

    private Predicate unlisted(Expression<String> name) {
        return builder.and(
                builder.not(builder.lower(name).in(schema.reserved())),
                builder.notLike(name, "%.%"),
                builder.notLike(name, "%:%"));
    }

    private static boolean hasElements(AttributePath path) {
        return path.attribute().multiValued() && path.attribute().isComplex();
    }

    private Predicate constant(AttributePath path, Operator operator, boolean truth) {
        if (operator != Operator.EQ) {
            throw unsearchable(path);
        }
        return truth ? builder.conjunction() : builder.disjunction();
    }

    private Predicate presentAttribute(AttributePath path) {
        if (RolePredicates.serve(path) && path.subAttribute() == null) {
            return roles.present(path);
        }
        if (hasElements(path)) {
            return path.subAttribute() == null
                    ? someRow(name(path), (row, anything) -> builder.conjunction())
                    : someElement(path, new Filter.Present(path));
        }
        if (path.attribute().isComplex() && path.subAttribute() == null) {
            return builder.or(path.attribute().subAttributes().stream()
                    .map(part -> isPresent(path.child(part)))
                    .toArray(Predicate[]::new));
        }
        return someRow(name(path), (row, columns) -> builder.conjunction());
    }

    @Override
    public Predicate someElement(AttributePath path, Filter inner) {
        AttributePath whole = path.parent();
        if (whole.notation().equals("groups")) {
            return inner.accept(groups);
        }
        if (whole.notation().equals(Emails.ATTRIBUTE)) {
            return emails.some(whole, inner);
        }
        if (RolePredicates.serve(whole)) {
            return roles.some(whole, inner);
        }
        if (!hasElements(whole)) {
            throw ScimException.invalidFilter(whole.notation() + " has no parts, want no value path");
        }
        return someRow(name(whole), (row, elements) -> inner.accept(elements));
    }

    @Override
    public Expression<?> sortKey(AttributePath path) {
        String notation = path.notation();
        String column = COLUMNS.get(notation);
        if (column != null) {
            return columnCase(column) == TextCase.IGNORED ? builder.lower(user.get(column)) : user.get(column);
        }
        return switch (notation) {
            case "active" -> user.get("enabled");
            case "meta.created" -> user.get("createdTimestamp");
            case "meta.lastModified" -> lastModified();
            case "emails", "emails.value" -> user.get("email");
            default -> attributeSortKey(path);
        };
    }

    private Expression<String> attributeSortKey(AttributePath path) {
        if (path.attribute().multiValued()
                || path.target().isComplex()
                || path.attribute().name().equals("meta")) {
            throw ScimException.invalidValue("resources cannot be sorted by " + path.notation());
        }
        Subquery<String> value = query.subquery(String.class);
        Root<UserAttributeEntity> row = value.from(UserAttributeEntity.class);
        Expression<String> text =
                builder.coalesce(row.get("value"), builder.substring(row.get("longValue"), 1, MAX_SHORT));
        if (path.target().type() == AttributeType.INTEGER) {
            text = padded(row.get("value"));
        }
        return value.select(builder.least(path.target().caseExact() ? text : builder.lower(text)))
                .where(builder.equal(row.get("user"), user), builder.equal(row.get("name"), name(path)));
    }

    private static TextCase columnCase(String column) {
        return switch (column) {
            case "id" -> TextCase.EXACT;
            case "username" -> TextCase.STORED_LOWER;
            default -> TextCase.IGNORED;
        };
    }

    private String name(AttributePath path) {
        return schema.names().of(path.attribute().multiValued() ? path.attribute() : path.target());
    }

    private Predicate time(AttributeDefinition part, Operator operator, String wanted) {
        Expression<Long> column = part.name().equals("created") ? user.get("createdTimestamp") : lastModified();
        long millis = DateTime.parse(wanted)
                .map(Instant::toEpochMilli)
                .orElseThrow(() -> ScimException.invalidFilter(ScimException.quoted(wanted) + " is no dateTime"));
        return switch (operator) {
            case EQ -> builder.equal(column, millis);
            case GT -> builder.gt(column, millis);
            case GE -> builder.ge(column, millis);
            case LT -> builder.lt(column, millis);
            case LE -> builder.le(column, millis);
            default -> throw ScimException.invalidFilter("operator " + operator.keyword() + " has no sense for a time");
        };
    }

    private Expression<Long> lastModified() {
        return builder.coalesce(user.<Long>get("lastModifiedTimestamp"), user.<Long>get("createdTimestamp"));
    }

    private Predicate attribute(String name, AttributeDefinition definition, Operator operator, String wanted) {
        if (definition.type().isNumber() && operator != Operator.EQ) {
            return exists(name, row -> number(row.get("value"), definition, operator, wanted));
        }
        TextCase textCase = definition.caseExact() ? TextCase.EXACT : TextCase.IGNORED;
        if (wanted.length() > MAX_SHORT && operator == Operator.EQ) {
            return exists(
                    name,
                    row -> textCase == TextCase.EXACT
                            ? builder.equal(row.get("longValueHash"), JpaHashUtils.hashForAttributeValue(wanted))
                            : builder.equal(
                                    row.get("longValueHashLowerCase"),
                                    JpaHashUtils.hashForAttributeValueLowerCase(wanted)));
        }
        if (operator == Operator.EQ) {
            return exists(name, row -> texts.compare(row.get("value"), textCase, operator, wanted));
        }
        return exists(
                name,
                row -> builder.or(
                        texts.compare(row.get("value"), textCase, operator, wanted),
                        texts.compare(row.get("longValue"), textCase, operator, wanted)));
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
        return texts.compare(padded(column), TextCase.EXACT, operator, padded);
    }

    private Expression<String> padded(Expression<String> column) {
        return builder.function("lpad", String.class, column, builder.literal(MAX_DIGITS), builder.literal("0"));
    }

    private Predicate someRow(
            String name, BiFunction<Root<UserAttributeEntity>, ElementPredicates, Predicate> condition) {
        return exists(
                name,
                row -> condition.apply(
                        row, new ElementPredicates(builder, List.of(row.get("value"), row.get("longValue")))));
    }

    private Predicate exists(String name, Function<Root<UserAttributeEntity>, Predicate> condition) {
        boolean listed = schema.reserved().contains(name.toLowerCase(Locale.ROOT));
        return exists(row -> builder.and(
                listed
                        ? builder.equal(row.get("name"), name)
                        : builder.equal(builder.lower(row.get("name")), name.toLowerCase(Locale.ROOT)),
                condition.apply(row)));
    }

    private Predicate exists(Function<Root<UserAttributeEntity>, Predicate> condition) {
        Subquery<Integer> rows = query.subquery(Integer.class);
        Root<UserAttributeEntity> row = rows.from(UserAttributeEntity.class);
        rows.select(builder.literal(1)).where(builder.equal(row.get("user"), user), condition.apply(row));
        return builder.exists(rows);
    }

    private BiFunction<Root<UserAttributeEntity>, ElementPredicates, Predicate> hasValue(AttributePath path) {
        AttributeDefinition value = path.attribute().subAttribute("value").orElseThrow();
        return (row, elements) -> elements.has(value);
    }

    private Predicate hasText(Expression<String> column) {
        return builder.and(builder.isNotNull(column), builder.notEqual(column, ""));
    }

    private static ScimException unsearchable(AttributePath path) {
        return ScimException.invalidFilter(path.notation() + " cannot be searched for");
    }

    /** One EXISTS over the rows of an attribute. */
    interface SomeRow {
        Predicate of(String name, BiFunction<Root<UserAttributeEntity>, ElementPredicates, Predicate> condition);
    }
}
