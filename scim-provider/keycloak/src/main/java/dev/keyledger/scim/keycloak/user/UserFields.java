package dev.keyledger.scim.keycloak.user;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.keyledger.scim.ScimException;
import dev.keyledger.scim.filter.Filter;
import dev.keyledger.scim.filter.Operator;
import dev.keyledger.scim.keycloak.query.FilterPredicates;
import dev.keyledger.scim.keycloak.query.SearchableFields;
import dev.keyledger.scim.keycloak.query.SortKey;
import dev.keyledger.scim.keycloak.query.TextCase;
import dev.keyledger.scim.keycloak.query.TextPredicates;
import dev.keyledger.scim.keycloak.schema.RealmSchema;
import dev.keyledger.scim.keycloak.schema.UserAttributeNames;
import dev.keyledger.scim.path.AttributePath;
import dev.keyledger.scim.schema.DateTime;
import dev.keyledger.scim.schema.ResourceType;
import jakarta.persistence.criteria.CommonAbstractCriteria;
import jakarta.persistence.criteria.CriteriaBuilder;
import jakarta.persistence.criteria.Expression;
import jakarta.persistence.criteria.Predicate;
import jakarta.persistence.criteria.Root;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.keycloak.models.jpa.entities.UserEntity;

/** Where Keycloak's tables hold the attributes of users. For one query. */
final class UserFields implements SearchableFields {
    /** The columns that may be empty. */
    private static final Map<String, String> COLUMNS =
            Map.of("name.givenName", "firstName", "name.familyName", "lastName");

    private final CriteriaBuilder builder;
    private final Root<UserEntity> user;
    private final RealmSchema schema;
    private final String usersUri;
    private final TextPredicates texts;
    private final AttributeRows rows;
    private final EmailFields emails;
    private final MembershipFields groups;
    private final RoleFields roles;

    /**
     * What is not in the user's own rows.
     *
     * @param tree    the realm's groups
     * @param baseUri what locations start with
     */
    record Elsewhere(GroupTree tree, String baseUri) {}

    /** The attributes that the realm's users have. */
    UserFields(
            RealmSchema schema,
            CriteriaBuilder builder,
            CommonAbstractCriteria query,
            Root<UserEntity> user,
            Elsewhere elsewhere) {
        this.schema = schema;
        this.builder = builder;
        this.user = user;
        this.usersUri = elsewhere.baseUri() + schema.userType().endpoint() + '/';
        this.texts = new TextPredicates(builder);
        this.rows = new AttributeRows(schema, builder, query, user);
        this.emails = new EmailFields(builder, query, user, rows);
        this.groups = new MembershipFields(builder, query, user, elsewhere);
        this.roles = new RoleFields(builder, query, user, rows);
    }

    @Override
    public Predicate compare(AttributePath path, Operator operator, JsonNode value) {
        String notation = path.notation();
        String column = COLUMNS.get(notation);
        if (column != null) {
            return texts.compare(user.get(column), TextCase.IGNORED, operator, value.asText());
        }
        return switch (notation) {
            case "id" -> texts.compareText(user.get("id"), TextCase.EXACT, operator, value.asText());
            case "userName" -> texts.compareText(user.get("username"), TextCase.STORED_LOWER, operator, value.asText());
            case "active" ->
                builder.and(
                        builder.equal(user.get("enabled"), value.booleanValue()),
                        builder.not(lacksActive(builder, user, rows)));
            case "meta.created" -> time(user.get("createdTimestamp"), operator, value.asText());
            case "meta.lastModified" -> time(lastModified(builder, user), operator, value.asText());
            case "meta.location" ->
                texts.compare(builder.concat(usersUri, user.get("id")), TextCase.EXACT, operator, value.asText());
            case "meta.resourceType" ->
                constant(holds(path, operator, value, schema.userType().name()));
            case "schemas" -> schema(path, operator, value);
            case "password", "meta.version" -> throw unsearchable(path);
            default ->
                hasElements(path)
                        ? someElement(path, new Filter.Comparison(path, operator, value))
                        : rows.compare(schema.names().of(path), path.target(), operator, value.asText());
        };
    }

    @Override
    public Predicate isPresent(AttributePath path) {
        String notation = path.notation();
        String column = COLUMNS.get(notation);
        if (column != null) {
            return texts.isPresent(user.get(column));
        }
        return switch (notation) {
            case "password" -> throw unsearchable(path);
            case "meta.created" -> builder.isNotNull(user.get("createdTimestamp"));
            case "meta.lastModified" -> builder.isNotNull(lastModified(builder, user));
            case "active" -> builder.not(lacksActive(builder, user, rows));
            case "id", "userName", "meta", "schemas", "meta.resourceType", "meta.location", "meta.version" ->
                builder.conjunction();
            case "groups", "groups.value", "groups.display", "groups.type", "groups.$ref" -> groups.some();
            case Emails.ATTRIBUTE -> emails.some(path);
            default -> presentAttribute(path);
        };
    }

    /** The user is disabled because {@code active} was removed. */
    static Predicate lacksActive(CriteriaBuilder builder, Root<UserEntity> user, AttributeRows rows) {
        return builder.and(builder.equal(user.get("enabled"), false), rows.some(UserAttributeNames.ACTIVE_UNASSIGNED));
    }

    private Predicate presentAttribute(AttributePath path) {
        if (RoleFields.serve(path) && path.subAttribute() == null) {
            return roles.some(path);
        }
        if (hasElements(path) && path.subAttribute() != null) {
            return someElement(path, new Filter.Present(path));
        }
        if (!path.attribute().multiValued() && path.target().isComplex()) {
            return builder.or(path.attribute().subAttributes().stream()
                    .map(part -> isPresent(path.child(part)))
                    .toArray(Predicate[]::new));
        }
        return rows.some(schema.names().of(path));
    }

    private static boolean hasElements(AttributePath path) {
        return path.attribute().multiValued() && path.attribute().isComplex();
    }

    @Override
    public Predicate someElement(AttributePath path, Filter inner) {
        AttributePath whole = path.parent();
        if (!hasElements(whole)) {
            throw ScimException.invalidFilter(whole.notation() + " has no parts, want no value path");
        }
        if (RoleFields.serve(whole)) {
            return roles.some(whole, inner);
        }
        return switch (whole.notation()) {
            case "groups" -> groups.some(inner);
            case Emails.ATTRIBUTE -> emails.some(whole, inner);
            default ->
                rows.someElement(
                        schema.names().of(whole), element -> inner.accept(new FilterPredicates(builder, element)));
        };
    }

    @Override
    public SortKey sortKey(AttributePath path) {
        return new UserSortKeys(schema.names(), builder, user, rows, new UserSortKeys.Elsewhere(emails, groups, roles))
                .of(path);
    }

    /** When the user last changed, in epoch milliseconds. */
    static Expression<Long> lastModified(CriteriaBuilder builder, Root<UserEntity> user) {
        return builder.coalesce(user.<Long>get("lastModifiedTimestamp"), user.<Long>get("createdTimestamp"));
    }

    /** Every user has the type's own schema, and an extension's if some attribute of it has a value. */
    private Predicate schema(AttributePath path, Operator operator, JsonNode value) {
        List<Predicate> some = new ArrayList<>();
        some.add(
                constant(holds(path, operator, value, schema.userType().schema().id())));
        schema.userType().extensions().stream()
                .map(ResourceType.Extension::schema)
                .filter(extension -> holds(path, operator, value, extension.id()))
                .forEach(extension -> {
                    extension.attributes().stream()
                            .map(attribute -> isPresent(new AttributePath(extension.id(), attribute, null)))
                            .forEach(some::add);
                    if (extension.isOpen()) {
                        some.add(rows.someUnlisted());
                    }
                });
        return builder.or(some.toArray(Predicate[]::new));
    }

    private static boolean holds(AttributePath path, Operator operator, JsonNode wanted, String text) {
        AttributePath itself = AttributePath.of(path.target());
        return new Filter.Comparison(itself, operator, wanted).matchesElement(TextNode.valueOf(text));
    }

    private Predicate constant(boolean truth) {
        return truth ? builder.conjunction() : builder.disjunction();
    }

    private Predicate time(Expression<Long> column, Operator operator, String wanted) {
        long millis = DateTime.parse(wanted)
                .map(Instant::toEpochMilli)
                .orElseThrow(() -> ScimException.invalidFilter(ScimException.quoted(wanted) + " is no dateTime"));
        Predicate compared = switch (operator) {
            case EQ -> builder.equal(column, millis);
            case GT -> builder.gt(column, millis);
            case GE -> builder.ge(column, millis);
            case LT -> builder.lt(column, millis);
            case LE -> builder.le(column, millis);
            default -> throw ScimException.invalidFilter("operator " + operator.keyword() + " has no sense for a time");
        };
        return builder.and(builder.isNotNull(column), compared);
    }

    private static ScimException unsearchable(AttributePath path) {
        return ScimException.invalidFilter(path.notation() + " cannot be searched for");
    }
}
