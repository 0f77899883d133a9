package dev.keyledger.scim.keycloak.user;

import dev.keyledger.scim.ScimException;
import dev.keyledger.scim.keycloak.query.SortKey;
import dev.keyledger.scim.keycloak.schema.UserAttributeNames;
import dev.keyledger.scim.path.AttributePath;
import jakarta.persistence.criteria.CriteriaBuilder;
import jakarta.persistence.criteria.Expression;
import jakarta.persistence.criteria.Root;
import java.util.List;
import org.keycloak.models.jpa.entities.UserEntity;

/**
 * What users are sorted by: of several values the primary one, else the first; texts by their first
 * {@value AttributeRows#MAX_SHORT} characters, in lower case where the schema does not tell cases apart. RFC 7644 section
 * 3.4.2.3. For one query.
 */
final class UserSortKeys {
    private final UserAttributeNames names;
    private final CriteriaBuilder builder;
    private final Root<UserEntity> user;
    private final AttributeRows rows;
    private final Elsewhere elsewhere;

    /** What is not in the rows of attributes alone. */
    record Elsewhere(EmailFields emails, MembershipFields groups, RoleFields roles) {}

    UserSortKeys(
            UserAttributeNames names,
            CriteriaBuilder builder,
            Root<UserEntity> user,
            AttributeRows rows,
            Elsewhere elsewhere) {
        this.names = names;
        this.builder = builder;
        this.user = user;
        this.rows = rows;
        this.elsewhere = elsewhere;
    }

    /** By user name; Keycloak has an index on the realm and the user name, and no user name twice in a realm. */
    static SortKey byUserName(Root<UserEntity> user) {
        return new SortKey(user.get("username"), true, List.of(user.get("realmId")));
    }

    /** By what is at that path. */
    SortKey of(AttributePath path) {
        return switch (path.notation()) {
            case "userName" -> byUserName(user);
            // all users have the same schema first and the same resource type, and the location ends in the id
            case "id", "meta.location", "meta.resourceType", "schemas" -> new SortKey(user.get("id"), true, List.of());
            case "name.givenName" -> SortKey.of(builder.lower(user.get("firstName")));
            case "name.familyName" -> SortKey.of(builder.lower(user.get("lastName")));
            case "active" ->
                SortKey.of(builder.<Boolean>selectCase()
                        .when(UserFields.lacksActive(builder, user, rows), builder.nullLiteral(Boolean.class))
                        .otherwise(user.get("enabled")));
            case "meta.created" -> SortKey.of(user.get("createdTimestamp"));
            case "meta.lastModified" -> SortKey.of(UserFields.lastModified(builder, user));
            case "meta.version", "password" ->
                throw ScimException.invalidValue("users cannot be sorted by " + path.notation());
            default -> SortKey.of(text(path));
        };
    }

    private Expression<String> text(AttributePath path) {
        if (!path.attribute().multiValued() || !path.attribute().isComplex()) {
            return rows.sortText(names.of(path), path.target());
        }
        if (RoleFields.serve(path)) {
            return elsewhere.roles().first(path);
        }
        return switch (path.attribute().name()) {
            case Emails.ATTRIBUTE -> elsewhere.emails().first(path);
            case "groups" -> elsewhere.groups().first(path.target().name());
            default ->
                rows.first(
                        names.of(path),
                        path.attribute(),
                        element -> builder.conjunction(),
                        element -> element.sortText(path));
        };
    }
}
