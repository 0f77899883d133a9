package dev.keyledger.scim.keycloak.group;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.keyledger.scim.ScimException;
import dev.keyledger.scim.filter.Filter;
import dev.keyledger.scim.filter.Operator;
import dev.keyledger.scim.keycloak.query.SearchableFields;
import dev.keyledger.scim.keycloak.query.SortKey;
import dev.keyledger.scim.keycloak.query.TextCase;
import dev.keyledger.scim.keycloak.query.TextPredicates;
import dev.keyledger.scim.path.AttributePath;
import dev.keyledger.scim.schema.CoreSchemas;
import dev.keyledger.scim.schema.DateTime;
import jakarta.persistence.criteria.CommonAbstractCriteria;
import jakarta.persistence.criteria.CriteriaBuilder;
import jakarta.persistence.criteria.Expression;
import jakarta.persistence.criteria.Predicate;
import jakarta.persistence.criteria.Root;
import jakarta.persistence.criteria.Subquery;
import java.time.Instant;
import java.util.List;
import org.hibernate.query.criteria.HibernateCriteriaBuilder;
import org.hibernate.query.criteria.JpaExpression;
import org.keycloak.models.jpa.entities.GroupAttributeEntity;
import org.keycloak.models.jpa.entities.GroupEntity;

/** Where Keycloak's tables hold the attributes of groups. For one query. */
final class GroupFields implements SearchableFields {
    private static final int INDEXED = 250;

    private final CriteriaBuilder builder;
    private final CommonAbstractCriteria query;
    private final Root<GroupEntity> group;
    private final TextPredicates texts;
    private final MemberPredicates members;
    private final String externalIdAttribute;

    GroupFields(
            CriteriaBuilder builder,
            CommonAbstractCriteria query,
            Root<GroupEntity> group,
            MemberPredicates members,
            String externalIdAttribute) {
        this.externalIdAttribute = externalIdAttribute;
        this.builder = builder;
        this.query = query;
        this.group = group;
        this.texts = new TextPredicates(builder);
        this.members = members;
    }

    @Override
    public Predicate compare(AttributePath path, Operator operator, JsonNode value) {
        String wanted = value.asText();
        return switch (path.notation()) {
            case "id" -> texts.compare(group.get("id"), TextCase.EXACT, operator, wanted);
            case "displayName" -> texts.compare(group.get("name"), TextCase.IGNORED, operator, wanted);
            case "externalId" -> externalId(operator, wanted);
            case "members.value", "members.type", "members.display", "members.$ref" ->
                members.some(new Filter.Comparison(path, operator, value));
            case "meta.created" -> time(group.get("createdTimestamp"), operator, wanted);
            case "meta.lastModified" -> time(lastModified(), operator, wanted);
            case "schemas" -> constant(path, operator, value, CoreSchemas.GROUP_URN);
            case "meta.resourceType" -> constant(path, operator, value, "Group");
            default -> throw ScimException.invalidFilter(path.notation() + " of groups cannot be searched for");
        };
    }

    @Override
    public Predicate isPresent(AttributePath path) {
        return switch (path.notation()) {
            case "id", "displayName", "schemas", "meta" -> builder.conjunction();
            case "meta.resourceType", "meta.created", "meta.lastModified", "meta.location", "meta.version" ->
                builder.conjunction();
            case "externalId" -> builder.exists(externalIds(query.subquery(Integer.class)));
            case "members", "members.value", "members.type", "members.$ref", "members.display" -> members.any();
            default -> throw ScimException.invalidFilter(path.notation() + " of groups cannot be searched for");
        };
    }

    @Override
    public Predicate someElement(AttributePath path, Filter inner) {
        return members.some(inner);
    }

    @Override
    public SortKey sortKey(AttributePath path) {
        return switch (path.notation()) {
            case "id", "meta.location", "meta.resourceType", "schemas" -> new SortKey(group.get("id"), true, List.of());
            case "externalId" -> SortKey.of(externalId());
            case "displayName" -> SortKey.of(builder.lower(group.get("name")));
            case "meta.created" -> SortKey.of(group.get("createdTimestamp"));
            case "meta.lastModified" -> SortKey.of(lastModified());
            default -> throw ScimException.invalidValue("groups cannot be sorted by " + path.notation());
        };
    }

    private Predicate constant(AttributePath path, Operator operator, JsonNode wanted, String text) {
        AttributePath itself = AttributePath.of(path.target());
        return new Filter.Comparison(itself, operator, wanted).matchesElement(TextNode.valueOf(text))
                ? builder.conjunction()
                : builder.disjunction();
    }

    private Expression<String> externalId() {
        Subquery<String> value = query.subquery(String.class);
        Root<GroupAttributeEntity> row = value.from(GroupAttributeEntity.class);
        return value.select(builder.least(row.<String>get("value")))
                .where(builder.equal(row.get("group"), group), builder.equal(row.get("name"), externalIdAttribute));
    }

    private Expression<Long> lastModified() {
        return builder.coalesce(group.<Long>get("lastModifiedTimestamp"), group.<Long>get("createdTimestamp"));
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

    private Predicate externalId(Operator operator, String wanted) {
        Subquery<String> rows = query.subquery(String.class);
        Root<GroupAttributeEntity> row = rows.from(GroupAttributeEntity.class);
        rows.select(row.get("group").get("id"));
        Predicate named = builder.equal(row.get("name"), externalIdAttribute);
        Predicate matching = texts.compare(row.get("value"), TextCase.EXACT, operator, wanted);
        return group.get("id")
                .in(
                        operator == Operator.EQ
                                ? rows.where(named, matching, indexed(row, wanted))
                                : rows.where(named, matching));
    }

    /** Keycloak's index on PostgreSQL holds the first {@value #INDEXED} characters, and is used for that expression only. */
    private Predicate indexed(Root<GroupAttributeEntity> row, String wanted) {
        HibernateCriteriaBuilder hibernate = (HibernateCriteriaBuilder) builder;
        JpaExpression<String> value = (JpaExpression<String>) row.<String>get("value");
        return builder.equal(
                hibernate.cast(value, hibernate.castTarget(String.class, INDEXED)),
                wanted.substring(
                        0, wanted.offsetByCodePoints(0, Math.min(INDEXED, wanted.codePointCount(0, wanted.length())))));
    }

    private Subquery<Integer> externalIds(Subquery<Integer> rows) {
        Root<GroupAttributeEntity> row = rows.from(GroupAttributeEntity.class);
        return rows.select(builder.literal(1))
                .where(builder.equal(row.get("group"), group), builder.equal(row.get("name"), externalIdAttribute));
    }
}
